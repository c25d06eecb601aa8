package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.t5j.core.checkpoint.TensorEntry;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.checkpoint.TensorStatistics;

/** Tensors with what their values amount to: for people, for programs line by line, and as JSON. */
record TensorTable(List<Row> rows) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * A tensor.
     *
     * @param statistics null where the values were not read or are not of floating point
     */
    record Row(TensorEntry entry, TensorStatistics statistics) {
        private String norm() {
            return statistics == null ? "-" : String.format("%.6g", statistics.norm());
        }

        private String largest() {
            return statistics == null ? "-" : String.format("%.6g", statistics.largest());
        }

        private String nonFinite() {
            return statistics == null ? "-" : Long.toString(statistics.nonFinite());
        }
    }

    /** The tensors of {@code source}; reads their values if {@code withValues}. */
    static TensorTable of(TensorSource source, boolean withValues) {
        return new TensorTable(source.names().stream()
                .map(source::entry)
                .map(entry -> new Row(
                        entry,
                        withValues && entry.dtype().readableAsFloat()
                                ? TensorStatistics.of(source, entry.name())
                                : null))
                .toList());
    }

    List<TensorEntry> entries() {
        return rows.stream().map(Row::entry).toList();
    }

    /** All tensors of floating point as one; none where no values were read. */
    TensorStatistics total() {
        return rows.stream()
                .map(Row::statistics)
                .filter(Objects::nonNull)
                .reduce(TensorStatistics.NONE, TensorStatistics::plus);
    }

    /** Columns under a heading. */
    void print(PrintWriter out) {
        int name = rows.stream().mapToInt(r -> r.entry().name().length()).max().orElse(0);
        int shape = rows.stream().mapToInt(r -> shape(r).length()).max().orElse(0);
        String format = "%-" + Math.max(6, name) + "s  %-4s  %-" + Math.max(5, shape) + "s  %12s  %12s  %10s%n";
        out.printf(format, "tensor", "type", "shape", "norm", "largest", "non-finite");
        rows.forEach(row -> out.printf(
                format,
                row.entry().name(),
                row.entry().dtype(),
                shape(row),
                row.norm(),
                row.largest(),
                row.nonFinite()));
    }

    private static String shape(Row row) {
        return row.entry().shape().toString();
    }

    /** The columns separated by tabs, without a heading. */
    void printTabbed(PrintWriter out) {
        rows.forEach(row -> out.println(String.join(
                "\t",
                row.entry().name(),
                row.entry().dtype().name(),
                shape(row),
                row.norm(),
                row.largest(),
                row.nonFinite())));
    }

    ArrayNode toJson() {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Row row : rows) {
            ObjectNode node = list.addObject();
            node.put("name", row.entry().name());
            node.put("dtype", row.entry().dtype().name());
            node.set("shape", JSON.valueToTree(row.entry().shape()));
            if (row.statistics() != null) {
                putStatistics(node, row.statistics());
            }
        }
        return list;
    }

    static void putStatistics(ObjectNode node, TensorStatistics statistics) {
        node.put("norm", statistics.norm());
        node.put("largest", statistics.largest());
        node.put("non_finite", statistics.nonFinite());
    }
}
