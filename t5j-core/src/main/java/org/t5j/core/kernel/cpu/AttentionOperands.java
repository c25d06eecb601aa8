package org.t5j.core.kernel.cpu;

import static org.t5j.core.tensor.Nd4jBackend.hostMemory;

import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.AttentionShape;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.tensor.HostMemory;
import org.t5j.core.tensor.Tensor;

/** What the passes of an attention read, and the order of the work: a unit is one head of one sequence. */
final class AttentionOperands {
    /** Rows of scores are laid out for whole vectors. */
    static final int ALIGNMENT = 16;

    AttentionShape shape;
    HostMemory q;
    HostMemory k;
    HostMemory v;
    /** Null for none. */
    HostMemory bias;

    AttentionMask mask;
    /** Null for none. */
    HostMemory additive;

    Dropout dropout;
    HostMemory statistics;

    void set(
            AttentionShape newShape,
            Tensor newQ,
            Tensor newK,
            Tensor newV,
            Tensor newBias,
            AttentionMask newMask,
            Dropout newDropout,
            Tensor newStatistics) {
        shape = newShape;
        q = hostMemory(newQ);
        k = hostMemory(newK);
        v = newV == null ? null : hostMemory(newV);
        bias = newBias == null ? null : hostMemory(newBias);
        mask = newMask;
        additive = newMask.additive() == null ? null : hostMemory(newMask.additive());
        dropout = newDropout;
        statistics = newStatistics == null ? null : hostMemory(newStatistics);
    }

    int units() {
        return shape.batch() * shape.heads();
    }

    int sequence(int unit) {
        return unit / shape.heads();
    }

    int head(int unit) {
        return unit % shape.heads();
    }

    /** First float of a head in a row of queries, or of anything of their shape. */
    long queryAt(int unit, int query) {
        return (shape.queries().start(sequence(unit)) + (long) query) * shape.inner() + head(unit) * shape.dKv();
    }

    /** First float of a head in a row of keys, or of anything of their shape. */
    long keyAt(int unit, int key) {
        return (shape.keys().start(sequence(unit)) + (long) key) * shape.inner() + head(unit) * shape.dKv();
    }

    /** Where the maximum and the inverse sum of a row of scores stand. */
    long statisticsAt(int unit, int query) {
        return ((shape.queries().start(sequence(unit)) + (long) query) * shape.heads() + head(unit)) * 2;
    }

    /** Number of keys that query {@code query} has, all others being weightless. */
    int keysOf(int unit, int query) {
        int keys = shape.keys().length(sequence(unit));
        return mask.skipsFuture(sequence(unit)) ? mask.visible(sequence(unit), query, keys) : keys;
    }

    /** The future of a query that is forbidden but not left out begins here. */
    int futureOf(int unit, int query) {
        return mask.visible(sequence(unit), query, keysOf(unit, query));
    }

    static int aligned(int n) {
        return (n + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
