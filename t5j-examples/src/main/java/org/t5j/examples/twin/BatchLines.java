package org.t5j.examples.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.t5j.core.T5Exception;
import org.t5j.data.batch.Batch;

/**
 * Batches as lines of JSON, one a line: {@code {"input_ids": [[…]], "attention_mask": [[…]], "labels": [[…]]}}, rows of
 * equal length, -100 in labels where there is no target. The mask is 0 where the input is padding.
 */
final class BatchLines {
    private static final String INPUTS = "input_ids";
    private static final String MASK = "attention_mask";
    private static final String LABELS = "labels";
    private static final String CONTENT = "a batch {\"input_ids\": [[...]], \"labels\": [[...]]}";
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private BatchLines() {}

    /** Writes batches that are not packed. */
    static void write(Path file, List<Batch> batches) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (Batch batch : batches) {
                out.write(line(batch).toString());
                out.write('\n');
            }
        }
    }

    private static ObjectNode line(Batch batch) {
        ObjectNode line = NODES.objectNode();
        ArrayNode inputs = line.putArray(INPUTS);
        ArrayNode masks = line.putArray(MASK);
        ArrayNode labels = line.putArray(LABELS);
        for (int row = 0; row < batch.size(); row++) {
            ArrayNode ids = inputs.addArray();
            ArrayNode mask = masks.addArray();
            ArrayNode targets = labels.addArray();
            for (int i = row * batch.inputLength(); i < (row + 1) * batch.inputLength(); i++) {
                ids.add(batch.inputIds()[i]);
                mask.add(batch.inputIds()[i] == Batch.PAD ? 0 : 1);
            }
            for (int i = row * batch.targetLength(); i < (row + 1) * batch.targetLength(); i++) {
                targets.add(batch.labels()[i]);
            }
        }
        return line;
    }

    /**
     * Reads a file.
     *
     * @throws T5Exception naming file, line and rule where it holds something else
     */
    static List<Batch> read(Path file) {
        return JsonLines.read(file, CONTENT, BatchLines::batch);
    }

    private static Batch batch(JsonNode line, String place) {
        int[][] inputs = rows(line, INPUTS, 0, place);
        int[][] labels = rows(line, LABELS, Batch.IGNORED, place);
        require(
                inputs.length == labels.length,
                place,
                "has " + inputs.length + " rows of inputs and " + labels.length + " of labels; they must be as many");
        if (line.has(MASK)) {
            requireMaskOfPadding(inputs, rows(line, MASK, 0, place), place);
        }
        Batch batch = new Batch(inputs.length, inputs[0].length, labels[0].length, flat(inputs), flat(labels));
        require(batch.targetTokens() > 0, place, "has no target: all labels are " + Batch.IGNORED);
        return batch;
    }

    private static int[][] rows(JsonNode line, String key, int least, String place) {
        JsonNode rows = line.path(key);
        require(
                rows.size() > 0 && rows.path(0).size() > 0,
                place,
                "has no rows of ids in " + key + "; it is to hold " + CONTENT);
        int[][] values = new int[rows.size()][rows.path(0).size()];
        for (int i = 0; i < values.length; i++) {
            require(
                    rows.get(i).size() == values[0].length,
                    place,
                    key + " has rows of " + values[0].length + " and of "
                            + rows.get(i).size() + "; fill them up");
            for (int j = 0; j < values[i].length; j++) {
                values[i][j] = value(rows.get(i).path(j), key, least, place);
            }
        }
        return values;
    }

    private static int value(JsonNode node, String key, int least, String place) {
        boolean id = node.isInt() && (node.intValue() >= 0 || node.intValue() == least);
        require(
                id,
                place,
                key + " must hold whole numbers" + (least < 0 ? ", " + least + " for no target" : "")
                        + ", none other below 0; found " + node);
        return node.intValue();
    }

    private static void requireMaskOfPadding(int[][] inputs, int[][] mask, String place) {
        boolean fits = inputs.length == mask.length && inputs[0].length == mask[0].length;
        for (int i = 0; fits && i < inputs.length; i++) {
            for (int j = 0; fits && j < inputs[i].length; j++) {
                fits = mask[i][j] == (inputs[i][j] == Batch.PAD ? 0 : 1);
            }
        }
        require(
                fits,
                place,
                MASK + " must be as large as input_ids, 0 where the id is " + Batch.PAD
                        + ", which is padding, and 1 elsewhere");
    }

    private static int[] flat(int[][] rows) {
        return Arrays.stream(rows).flatMapToInt(Arrays::stream).toArray();
    }

    private static void require(boolean holds, String place, String problem) {
        if (!holds) {
            throw new T5Exception(place + ": " + problem);
        }
    }
}
