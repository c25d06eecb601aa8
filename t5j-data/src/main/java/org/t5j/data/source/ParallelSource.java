package org.t5j.data.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/**
 * Sentences and their translations in files of the same number of lines: line n of the one and of the other make an
 * example with one field for each side. Pairs with a blank side are passed over, as in TFDS.
 *
 * @param left files of the one side, read one after the other
 * @param leftField the name of its field
 * @param right as many files of the other side, in the same order
 * @param rightField the name of its field
 */
public record ParallelSource(List<Path> left, String leftField, List<Path> right, String rightField)
        implements Source {

    public ParallelSource {
        left = List.copyOf(left);
        right = List.copyOf(right);
        DataException.check(
                left.size() == right.size() && !left.isEmpty(),
                "There are %d files of '%s' (%s) and %d of '%s' (%s). Give one for each other, in the same order.",
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
    public static ParallelSource byLanguage(List<Path> files, String left, String right) {
        List<Path> lefts = new ArrayList<>();
        List<Path> rights = new ArrayList<>();
        for (Path file : files) {
            String name = file.getFileName().toString().replaceFirst("\\.(gz|zst)$", "");
            DataException.check(
                    name.endsWith("." + left) || name.endsWith("." + right),
                    "%s is neither of '%s' nor of '%s'. Parallel files end with their language, as in train.%s.",
                    file,
                    left,
                    right,
                    left);
            (name.endsWith("." + left) ? lefts : rights).add(file);
        }
        return new ParallelSource(lefts, left, rights, right);
    }

    @Override
    public List<Path> files() {
        List<Path> files = new ArrayList<>(left);
        files.addAll(right);
        return files;
    }

    @Override
    public ExampleReader open(long position) {
        return new Pairs(position);
    }

    private final class Pairs implements ExampleReader {
        private final List<LineReader> readers = new ArrayList<>();
        private int file;
        private long position;

        Pairs(long start) {
        }
    }
}
