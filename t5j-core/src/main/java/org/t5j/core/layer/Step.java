package org.t5j.core.layer;

import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.CounterRandom;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Tensor;

/**
 * One pass through a model: the arithmetic, the memory, and the dropout masks, which are numbered in the order in which
 * the forward pass meets them and so are the same whenever the same step is computed again.
 */
public final class Step {
    private static final long DROPOUT = 1;

    private final Kernels kernels;
    private final Arena arena;
    private final float dropoutRate;
    private final boolean dropoutOverLength;
    private final boolean recompute;
    private final long dropoutKey;
    private int dropouts;

    private Step(
            Kernels kernels,
            Arena arena,
            float dropoutRate,
            boolean dropoutOverLength,
            boolean recompute,
            long dropoutKey) {
        this.kernels = kernels;
        this.arena = arena;
        this.dropoutRate = dropoutRate;
        this.dropoutOverLength = dropoutOverLength;
        this.recompute = recompute;
        this.dropoutKey = dropoutKey;
    }

    /** A pass without dropout. */
    public static Step evaluating(Kernels kernels, Arena arena) {
        return new Step(kernels, arena, 0f, false, false, 0);
    }

    /**
     * A pass with dropout.
     *
     * @param overLength whether all positions of a sequence share a mask (Mesh TensorFlow, T5X) or each has its own
     *     (Hugging Face)
     * @param recompute whether blocks are computed again in the backward pass instead of being kept
     * @param coordinates what makes this pass's masks its own: step, micro-batch
     */
    public static Step training(
            Kernels kernels,
            Arena arena,
            float dropoutRate,
            boolean overLength,
            boolean recompute,
            long seed,
            long... coordinates) {
        long key = CounterRandom.key(CounterRandom.key(seed, DROPOUT), coordinates);
        return new Step(kernels, arena, dropoutRate, overLength, recompute, key);
    }

    /** What computes in this pass. */
    public Kernels kernels() {
        return kernels;
    }

    /** The memory of this pass. */
    public Arena arena() {
        return arena;
    }

    /** Whether blocks are computed again in the backward pass instead of being kept. */
    boolean recompute() {
        return recompute;
    }

    Tensor take(int... shape) {
        return arena.take(shape);
    }

    /** Zeros of that shape in the memory of this pass. */
    public Tensor zeros(int... shape) {
        Tensor tensor = take(shape);
        kernels.fill(tensor, 0f);
        return tensor;
    }

    IntTensor ints(int[] values) {
        return arena.takeInts(values);
    }

    /** The mask of the keys of an attention, see {@link AttentionMask#of}; {@code prefixes} and {@code keyMask} may be null. */
    public AttentionMask mask(Sequences keys, boolean causal, int[] prefixes, int[] keyMask) {
        return AttentionMask.of(arena, kernels.backend(), keys, causal, prefixes, keyMask);
    }

    /**
     * The next dropout of this pass.
     *
     * @param sequences whose rows share a mask where dropout is over the length
     */
    Dropout nextDropout(Sequences sequences) {
        if (dropoutRate == 0) {
            return Dropout.NONE;
        }
        int[] sequenceOfRow = dropoutOverLength ? sequences.sequenceOfRow() : null;
        return new Dropout(CounterRandom.key(dropoutKey, dropouts++), dropoutRate, sequenceOfRow);
    }

    /** Dropouts met so far: what {@link #rewindDropouts} takes to meet the same ones again. */
    int dropouts() {
        return dropouts;
    }

    /** Goes back to where {@link #dropouts} was {@code met}, so that a part of the pass can be computed again. */
    void rewindDropouts(int met) {
        dropouts = met;
    }

    /** {@code mask x} in new memory, or {@code x} itself where nothing is dropped. */
    Tensor dropped(Tensor x, Dropout dropout) {
        if (!dropout.active()) {
            return x;
        }
        Tensor out = take(x.shape());
        kernels.dropout(x, dropout, out);
        return out;
    }
}
