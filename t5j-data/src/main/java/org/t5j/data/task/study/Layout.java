package org.t5j.data.task.study;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.CsvSource;
import org.t5j.data.source.DocumentSource;
import org.t5j.data.source.JsonlSource;
import org.t5j.data.source.ParquetSource;
import org.t5j.data.source.RowRules;
import org.t5j.data.source.Source;
import org.t5j.data.source.TsvSource;

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

        /** @param split such as {@code train}; test sets of some distributions are laid out differently */
        Source source(String split, List<Path> files, RowRules rules);
    }

    /** Rows whose columns are read under their own names, all that there are. */
    public static Layout of(String format) {
        return of(format, List.of(), List::of);
    }

    /** Rows of which some columns are read, under their own names; of JSON, paths such as {@code answers.text}. */
    public static Layout of(String format, String... columns) {
        return of(format, List.of(columns), List::of);
    }

    /**
     * Rows of which some columns are read, then made the study's fields.
     *
     * @param format {@code tsv}, {@code csv}, {@code jsonl}, {@code parquet} or {@code documents}; the tables have a header
     *     unless the columns are named
     * @param columns every row has all of them; empty for all columns of the file
     */
    public static Layout of(String format, List<String> columns, Preprocessor fields) {
        Reading reading =
                switch (format) {
                    case "tsv" -> (split, files, rules) -> new TsvSource(files, columns, columns.isEmpty(), rules);
                    case "csv" -> (split, files, rules) -> new CsvSource(files, columns, columns.isEmpty(), rules);
                    case "jsonl" -> (split, files, rules) -> new JsonlSource(files, columns, rules);
                    case "parquet" -> (split, files, rules) -> new ParquetSource(files, columns, rules);
                    case "documents" -> (split, files, rules) -> new DocumentSource(files, rules);
                    default ->
                        throw new DataException("There is no layout of format '" + format
                                + "'. Give tsv, csv, jsonl, parquet or documents, or read the files yourself.");
                };
        return new Layout(reading, fields);
    }

    /**
     * Rows whose columns get other names. A column that is missing, such as the label of a test set, is passed over; a
     * task that needs it says so.
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
