package org.t5j.train.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.t5j.core.tensor.RehearsalBackend;

/**
 * How much tensor memory a run takes at most, and what for. The JVM's heap comes on top, as do a few dozen megabytes of
 * the JVM and of OpenBLAS.
 *
 * @param items in the order in which they are taken
 */
public record MemoryPlan(List<Item> items) {
    public MemoryPlan {
        items = List.copyOf(items);
    }

    /**
     * A part of the memory.
     *
     * @param what it is, a word
     * @param bytes it takes
     * @param why it is so large
     */
    public record Item(String what, long bytes, String why) {}

    /** The plan of a run. */
    public static MemoryPlan of(Workload workload) {
        return workload.plan();
    }

    /** Bytes of all items together. */
    public long total() {
        return items.stream().mapToLong(Item::bytes).sum();
    }

    /** The large items in a line: {@code 1.21 GB: weights 0.24, gradients 0.24, …}. */
    public String summary() {
        return summary(item -> "");
    }

    /** {@link #summary()} with the reasons: {@code 1.21 GB: weights 0.24 (60,506,624 numbers of 4 bytes), …}. */
    public String explanation() {
        return summary(item -> " (" + item.why() + ")");
    }

    private String summary(Function<Item, String> remark) {
        Unit unit = Unit.of(total());
        return size(total()) + ": "
                + items.stream()
                        .filter(item -> item.bytes() >= total() / 100)
                        .map(item -> item.what() + " " + unit.number(item.bytes()) + remark.apply(item))
                        .collect(Collectors.joining(", "));
    }

    /** {@code 1.2 GB}. */
    static String size(long bytes) {
        Unit unit = Unit.of(bytes);
        return unit.number(bytes) + " " + unit;
    }

    private enum Unit {
        MB(1e6),
        GB(1e9);

        private final double bytes;

        Unit(double bytes) {
            this.bytes = bytes;
        }

        static Unit of(long bytes) {
            return bytes < GB.bytes ? MB : GB;
        }

        String number(long count) {
            double size = count / bytes;
            return String.format(Locale.ROOT, size < 10 ? "%.2f" : "%.1f", size);
        }
    }

    /** Adds up a rehearsal, item by item. */
    static final class Builder {
        private final RehearsalBackend memory;
        private final List<Item> items = new ArrayList<>();
        private long before;

        Builder(RehearsalBackend memory) {
            this.memory = memory;
        }

        /** What was taken since the last item, where it is anything. */
        void add(String what, String why, Object... values) {
            long now = memory.allocatedBytes();
            add(what, now - before, why, values);
            before = now;
        }

        void add(String what, long bytes, String why, Object... values) {
            if (bytes > 0) {
                items.add(new Item(what, bytes, String.format(Locale.ROOT, why, values)));
            }
        }

        /** The memory of a step grows in pieces, until the largest step was met, by up to a quarter too much. */
        void addActivations(String why, Object... values) {
            long bytes = memory.allocatedBytes() - before;
            add("activations", why, values);
            add("growth", bytes / 4, "for the time that activations grow");
        }

        MemoryPlan build() {
            return new MemoryPlan(items);
        }
    }
}
