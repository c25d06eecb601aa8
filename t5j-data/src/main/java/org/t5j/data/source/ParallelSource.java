package org.t5j.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.data.DataException;

/**
 * Sentences and their translations in files with as many lines: line n of the one and of the other make an example with a
 * field for each side. Pairs with a blank side are passed over, as in TFDS.
 *
 * @param left files of the one side, plain, gzip or zstd, read one after the other
 * @param leftField the name of its field
 * @param right as many files of the other side, in the same order
 * @param rightField the name of its field
 * @param rules how lines are judged
 */
public record ParallelSource(List<Path> left, String leftField, List<Path> right, String rightField, RowRules rules)
        implements Source {

    public ParallelSource {
        left = List.copyOf(left);
        right = List.copyOf(right);
        DataException.check(
                left.size() == right.size(),
                "There are %d files of '%s', %s, and %d of '%s', %s. Give one for each other, in the same order.",
                left.size(),
                leftField,
                left,
                right.size(),
                rightField,
                right);
        DataException.check(
                !leftField.equals(rightField),
                "Both sides of parallel files are called '%s'. Give them different names.",
                leftField);
    }

    /**
     * Sorts files to the sides by their endings, such as {@code newstest2013.en} and {@code newstest2013.de.gz}.
     *
     * @throws DataException if a file ends with neither language, or one has no partner
     */
    public static ParallelSource byLanguage(List<Path> files, String left, String right, RowRules rules) {
        List<Path> lefts = new ArrayList<>();
        List<Path> rights = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString().replaceFirst("\\.(gz|zst)$", "");
            DataException.check(
                    name.endsWith("." + left) || name.endsWith("." + right),
                    "%s is neither in '%s' nor in '%s': the names of parallel files end with their language, as in "
                            + "train.%s and train.%s. Rename it.",
                    file,
                    left,
                    right,
                    left,
                    right);
            (name.endsWith("." + left) ? lefts : rights).add(file);
        }
        return new ParallelSource(lefts, left, rights, right, rules);
    }

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>(left);
        files.addAll(right);
        return files;
    }

    @Override
    public ExampleReader open(long position) {
        return FileExamples.open(files(), () -> new ParallelRows(this), rules.onBadRow(), position);
    }
}
