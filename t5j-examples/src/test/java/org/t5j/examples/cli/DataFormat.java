package org.t5j.examples.cli;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Formats of text whose files tests damage; each row has a text and, but for lines, a label. */
enum DataFormat {
    lines("txt", "columns: []", "text", "text"),
    tsv("tsv", "columns: [text, label]", "text", "label"),
    csv("csv", "columns: [text, label]", "text", "label"),
    jsonl("jsonl", "columns: [text, label]", "text", "label");

    final String ending;
    private final String columns;
    private final String input;
    private final String target;

    DataFormat(String ending, String columns, String input, String target) {
        this.ending = ending;
        this.columns = columns;
        this.input = input;
        this.target = target;
    }

    /** A row whose text has the given mark in it. */
    String row(String mark) {
        return switch (this) {
            case lines -> "the king " + mark + " of a house";
            case tsv -> "the king " + mark + " of a house\tking";
            case csv -> "\"the king " + mark + " of a house\",king";
            case jsonl -> "{\"text\": \"the king " + mark + " of a house\", \"label\": \"king\"}";
        };
    }

    /** A row without its label. */
    String rowWithoutLabel() {
        return this == jsonl ? "{\"text\": \"the king\"}" : "the king";
    }

    String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> row(Integer.toString(i * 7919, Character.MAX_RADIX)))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    /** Settings under {@code data} for pre-training on files. */
    String corpus(String files) {
        return "{format: " + this + ", files: [" + files + "], " + columns + ", maxRowBytes: 1000}";
    }

    /** Settings under {@code data} for a task with a split of files. */
    String task(String split, String files) {
        return "{tasks: [{name: t, format: " + this + ", " + split + ": [" + files + "], " + columns + ", input: "
                + input + ", target: " + target + ", maxRowBytes: 1000}]}";
    }
}
