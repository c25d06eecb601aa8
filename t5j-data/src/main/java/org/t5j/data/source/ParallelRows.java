package org.t5j.data.source;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.Example;

/** The pairs of lines of parallel files, a pair of files at a time. */
final class ParallelRows implements Rows {
    private final ParallelSource source;
    private int pair = -1;
    private LineReader left;
    private LineReader right;

    ParallelRows(ParallelSource source) {
        this.source = source;
    }

    @Override
    public boolean advance() {
        while (advanceLines()) {
            if (!left.row().isBlank() && !right.row().isBlank()) {
                return true;
            }
        }
        return false;
    }

    private boolean advanceLines() {
        while (left == null || !advanceInPair()) {
            close();
            if (pair + 1 == source.left().size()) {
                return false;
            }
            pair++;
            left = reader(source.left());
            right = reader(source.right());
        }
        return true;
    }

    private LineReader reader(List<Path> files) {
        return new LineReader(List.of(files.get(pair)), source.rules().maxBytes());
    }

    /** Goes on in both files; false at the end of both. */
    private boolean advanceInPair() {
        boolean more = left.advance();
        if (more != right.advance()) {
            throw new DataException(String.format(
                    "%s has no partner: %s ends before it. Line n of the one file must translate line n of the other; "
                            + "give files that belong together, whole.",
                    (more ? left : right).row().where(), (more ? source.right() : source.left()).get(pair)));
        }
        return more;
    }

    @Override
    public Example read() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(source.leftField(), left.row().text());
        fields.put(source.rightField(), right.row().text());
        return new Example(fields, left.row().where());
    }

    @Override
    public void close() {
        try {
            if (left != null) {
                left.close();
            }
        } finally {
            if (right != null) {
                right.close();
            }
        }
        left = null;
        right = null;
    }
}
