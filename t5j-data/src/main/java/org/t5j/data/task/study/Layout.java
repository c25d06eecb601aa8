package org.t5j.data.task.study;

import java.util.List;
import java.util.Map;
import org.t5j.data.Example;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.Source;

/**
 * How a data set's files are laid out in one of the formats it is distributed in.
 *
 * @param reading what reads a split's files
 * @param fields makes the fields that the study's task expects of what is read
 */
public record Layout(Reading reading, Preprocessor fields) {

    /** Opens the files of a split. */
    @FunctionalInterface
    public interface Reading {
        Source open(SplitFiles files);
    }

    /**
     * Rows of which some columns are read, under their own names.
     *
     * @param format one that {@link SplitFiles#open} knows
     * @param columns every row has all of them; none for all columns of the file
     */
    public static Layout of(String format, String... columns) {
        return of(format, List.of(columns), List::of);
    }

    /** Rows of which some columns are read and then made the study's fields; see {@link #of(String, String...)}. */
    public static Layout of(String format, List<String> columns, Preprocessor fields) {
        return new Layout(files -> files.open(format, columns), fields);
    }

    /**
     * Rows whose columns get other names. A column that the file does not have, such as the label of a test set, is passed
     * over; a task that needs it says so.
     *
     * @param columns field of the study → column of the file
     */
    public static Layout renamed(String format, Map<String, String> columns) {
        return of(format, List.of(), Preprocessors.map(example -> {
            Example result = example;
            for (Map.Entry<String, String> each : columns.entrySet()) {
                String value = example.fields().get(each.getValue());
                result = value == null ? result : result.with(each.getKey(), value);
            }
            return result;
        }));
    }
}
