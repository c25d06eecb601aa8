package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.Tensor;

/** What decoding keeps of a {@link Stack} between tokens: the caches of every block and where each hypothesis stands. */
public final class StackCache {
    private final HypothesisRows hypotheses;
    private final List<Block.Cache> blocks;
    private final Memory memory;
    private final Tensor mask;

    private StackCache(HypothesisRows hypotheses, List<Block.Cache> blocks, Memory memory, Tensor mask) {
        this.hypotheses = hypotheses;
        this.blocks = blocks;
        this.memory = memory;
        this.mask = mask;
    }

    /**
     * The encoder's output as every block attends to it.
     *
     * @param rows of the input of each hypothesis
     * @param mask one value a row, added to scores; null for none
     */
    record Memory(KeyRows rows, Tensor mask) {}

    /**
     * A cache for hypotheses that attend to an encoder's output.
     *
     * @param step a pass on an arena that lives as long as the cache
     * @param hypotheses those of one input together: a multiple of the inputs
     * @param capacity tokens that a hypothesis can have
     * @param inner width of keys and values
     * @param memory whose mask is in the same arena; its output need not live on
     */
    static StackCache of(Step step, List<Block> blocks, int hypotheses, int capacity, int inner, Stack.Memory memory) {
        HypothesisRows rows = new HypothesisRows(hypotheses, null, capacity);
        List<Block.Cache> caches = new ArrayList<>();
        blocks.forEach(block -> caches.add(block.newCache(step, rows.cacheRows(), inner, memory.encoded())));
        KeyRows memoryRows = memoryRows(memory.sequences(), hypotheses);
        return new StackCache(rows, caches, new Memory(memoryRows, memory.mask().additive()), null);
    }

    /**
     * A cache for hypotheses that go on from prompts, which are still to be read.
     *
     * @param step a pass on an arena that lives as long as the cache
     * @param hypotheses those of one prompt together: a multiple of the prompts
     * @param capacity tokens that a hypothesis can have after its prompt
     * @param inner width of keys and values
     */
    static StackCache afterPrompts(
            Step step, List<Block> blocks, int hypotheses, int capacity, int inner, Stack.Input prompts) {
        HypothesisRows rows = new HypothesisRows(hypotheses, prompts.sequences(), capacity);
        List<Block.Cache> caches = new ArrayList<>();
        blocks.forEach(block -> caches.add(block.newCache(step, rows.cacheRows(), inner, null)));
        return new StackCache(rows, caches, null, wholeMask(step, prompts, rows.cacheRows()));
    }

    /** The mask of prompts, with nothing masked behind them; null where they have none. */
    private static Tensor wholeMask(Step step, Stack.Input prompts, int cacheRows) {
        Tensor ofPrompts = prompts.mask().additive();
        if (ofPrompts == null) {
            return null;
        }
        Tensor mask = step.zeros(cacheRows);
        step.kernels().copy(ofPrompts, mask.rowsView(0, ofPrompts.size(0)));
        return mask;
    }

    private static KeyRows memoryRows(Sequences sequences, int hypotheses) {
        int[] starts = new int[hypotheses];
        int[] lengths = new int[hypotheses];
        int[] rows = new int[sequences.rows()];
        Arrays.setAll(rows, row -> row);
        for (int i = 0; i < hypotheses; i++) {
            int input = i / (hypotheses / sequences.count());
            starts[i] = sequences.start(input);
            lengths[i] = sequences.length(input);
        }
        return new KeyRows(starts, lengths, rows);
    }

    HypothesisRows hypotheses() {
        return hypotheses;
    }

    Block.Cache block(int i) {
        return blocks.get(i);
    }

    /** Null where there is no encoder. */
    Memory memory() {
        return memory;
    }

    /** One value a row of the caches, added to scores; null for none. */
    Tensor mask() {
        return mask;
    }

    /** Hypothesis {@code i} becomes a continuation of hypothesis {@code parents[i]}. */
    public void reorder(int[] parents) {
        hypotheses.reorder(parents);
    }
}
