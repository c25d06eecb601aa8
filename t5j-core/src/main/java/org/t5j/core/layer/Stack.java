package org.t5j.core.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.core.Architecture;
import org.t5j.core.T5Config;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.Dropout;
import org.t5j.core.kernel.KeyRows;
import org.t5j.core.kernel.Sequences;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** An encoder or a decoder: embedding, blocks, and a last norm, with dropout at both ends. */
public final class Stack {
    private final T5Config config;
    private final Embedding embedding;
    private final List<Block> blocks;
    /** One for every block, or one for all. */
    private final List<RelativePositionBias> positions;

    private final RmsNorm finalNorm;

    private Stack(T5Config config, Embedding embedding, List<Block> blocks, boolean bidirectional, RmsNorm finalNorm) {
        this.config = config;
        this.embedding = embedding;
        this.blocks = blocks;
        this.positions = blocks.stream()
                .filter(block -> block.relativePositions() != null)
                .map(block -> new RelativePositionBias(block.relativePositions(), config, bidirectional))
                .toList();
        this.finalNorm = finalNorm;
    }

    /** A stack whose blocks read in both directions. */
    public static Stack encoder(ParameterSet parameters, T5Config config, Additions additions, Embedding embedding) {
        return ofOwnWeights(parameters, "encoder", config, additions, embedding, config.numLayers(), false, true);
    }

    /** A stack whose blocks read the past and the encoder's output. */
    public static Stack decoder(ParameterSet parameters, T5Config config, Additions additions, Embedding embedding) {
        int count = config.numDecoderLayers();
        return ofOwnWeights(parameters, "decoder", config, additions, embedding, count, true, false);
    }

    /** A stack that is the whole model; distances to the future are told apart where a prefix is seen whole. */
    public static Stack decoderOnly(
            ParameterSet parameters, T5Config config, Additions additions, Embedding embedding) {
        int count = config.numDecoderLayers();
        boolean bidirectional = config.architecture() == Architecture.DECODER_PREFIX_LM;
        return ofOwnWeights(parameters, "decoder", config, additions, embedding, count, false, bidirectional);
    }

    private static Stack ofOwnWeights(
            ParameterSet parameters,
            String name,
            T5Config config,
            Additions additions,
            Embedding embedding,
            int count,
            boolean cross,
            boolean bidirectional) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean positions = i == 0 || config.relativeBiasPerLayer();
            blocks.add(Block.of(parameters, name + ".block." + i, config, additions, cross, positions));
        }
        RmsNorm norm = new RmsNorm(parameters, name + ".final_layer_norm", config.dModel(), config.layerNormEpsilon());
        return new Stack(config, embedding, blocks, bidirectional, norm);
    }

    /** A decoder with the weights of {@code encoder} and, of its own, those of the attention to the encoder's output. */
    public static Stack decoderSharing(Stack encoder, ParameterSet parameters, T5Config config, Additions additions) {
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < encoder.blocks.size(); i++) {
            String name = "decoder.block." + i;
            blocks.add(Block.sharing(encoder.blocks.get(i), parameters, name, config, additions));
        }
        return new Stack(config, encoder.embedding, blocks, false, encoder.finalNorm);
    }

    /**
     * What a stack reads.
     *
     * @param ids {@code [sequences.rows()]}, checked by the caller
     * @param mask of these sequences
     * @param memory what a decoder attends to; null where there is no encoder
     */
    public record Input(Sequences sequences, int[] ids, AttentionMask mask, Memory memory) {}

    /**
     * An encoder's output {@code [sequences.rows(), dModel]}.
     *
     * @param mask of the encoder's input
     */
    public record Memory(Sequences sequences, Tensor encoded, AttentionMask mask) {}

    /** A pass that keeps what {@link #backward} needs. */
    public StackPass forward(Step step, Input input) {
        StackPass.Start start = start(step, input.sequences, input.ids);
        List<RelativePositionBias.Pass> biases = new ArrayList<>();
        positions.forEach(table -> biases.add(table.forward(step, input.sequences)));
        List<BlockPass> passes = new ArrayList<>();
        Tensor x = start.out();
        for (int i = 0; i < blocks.size(); i++) {
            Tensor bias = biases.get(tableOf(i)).bias();
            passes.add(BlockPass.forward(step, blocks.get(i), input, x, bias));
            x = passes.get(i).out();
        }
        return new StackPass(start, biases, passes, end(step, input.sequences, x));
    }

    /**
     * The output {@code [rows, dModel]} alone, in memory of a few layers instead of all: what a block needs is given back
     * after it.
     */
    public Tensor output(Step step, Input input) {
        return output(step, input, (block, pass) -> {});
    }

    /** What is told of a block's pass before its memory is given back. */
    private interface BlockListener {
        void passed(int block, Block.Pass pass);
    }

    private Tensor output(Step step, Input input, BlockListener listener) {
        Tensor x = start(step, input.sequences, input.ids).out();
        for (int i = 0; i < blocks.size(); i++) {
            Arena.Mark mark = step.arena().mark();
            Tensor bias =
                    positions.get(tableOf(i)).forward(step, input.sequences).bias();
            Block.Pass pass = blocks.get(i).forward(step, input, x, bias);
            listener.passed(i, pass);
            step.kernels().copy(pass.out(), x);
            step.arena().release(mark);
        }
        return end(step, input.sequences, x).out();
    }

    /** Whether a weight of this stack is trained, the embedding included. */
    public boolean trains() {
        return embedding.trains() || finalNorm.trains() || blocks.stream().anyMatch(Block::trains);
    }

    /** The lowest block that the backward pass must reach; the number of blocks where it need reach none. */
    private int lowest(boolean memoryWanted) {
        int lowest = 0;
        while (!memoryWanted
                && !embedding.trains()
                && lowest < blocks.size()
                && !blocks.get(lowest).trains()) {
            lowest++;
        }
        return lowest;
    }

    /**
     * Accumulates the gradients of the parameters that are trained from {@code dOut}, the gradient of the output, and adds
     * the gradient of the encoder's output to {@code dMemory}, null where there is no encoder or its gradient is not wanted.
     * Goes down no further than the lowest that wants a gradient.
     */
    public void backward(Step step, StackPass pass, Tensor dOut, Tensor dMemory) {
        int lowest = lowest(dMemory != null);
        Tensor dX = step.zeros(dOut.shape());
        finalNorm.backward(
                step, pass.end().norm(), step.dropped(dOut, pass.end().dropout()), dX);
        for (int table = positions.size() - 1; table >= 0; table--) {
            Arena.Mark mark = step.arena().mark();
            RelativePositionBias bias = positions.get(table);
            Tensor dBias = bias.newGradient(step, pass.biases().get(table));
            for (int i = blocks.size() - 1; i >= lowest; i--) {
                if (tableOf(i) == table) {
                    boolean inputWanted = i > lowest || embedding.trains();
                    pass.blocks().get(i).backward(step, dX, dBias, dMemory, inputWanted);
                }
            }
            bias.backward(step, pass.biases().get(table), dBias);
            step.arena().release(mark);
        }
        if (embedding.trains()) {
            embedding.backward(
                    step, pass.start().ids(), step.dropped(dX, pass.start().dropout()));
        }
    }

    /** The number of the position table that block {@code i} uses. */
    private int tableOf(int i) {
        return Math.min(i, positions.size() - 1);
    }

    private StackPass.Start start(Step step, Sequences sequences, int[] ids) {
        IntTensor rows = step.ints(ids);
        Dropout dropout = step.nextDropout(sequences);
        return new StackPass.Start(rows, dropout, step.dropped(embedding.forward(step, rows), dropout));
    }

    private StackPass.End end(Step step, Sequences sequences, Tensor x) {
        RmsNorm.Pass norm = finalNorm.forward(step, x);
        Dropout dropout = step.nextDropout(sequences);
        return new StackPass.End(norm, dropout, step.dropped(norm.out(), dropout));
    }

    /** What decoding keeps, see {@link StackCache#of}. */
    public StackCache newCache(Step step, int hypotheses, int capacity, Memory memory) {
        return StackCache.of(step, blocks, hypotheses, capacity, config.inner(), memory);
    }

    /** What decoding keeps after prompts, see {@link StackCache#afterPrompts}. */
    public StackCache newCache(Step step, int hypotheses, int capacity, Input prompts) {
        return StackCache.afterPrompts(step, blocks, hypotheses, capacity, config.inner(), prompts);
    }

    /**
     * Reads prompts whole, in memory of a few layers, and puts their keys and values where the cache has room for them.
     *
     * @param cache made for these prompts
     * @return {@code [prompts, dModel]}: the output for the last token of each
     */
    public Tensor readPrompts(Step step, Input prompts, StackCache cache) {
        Sequences sequences = prompts.sequences;
        Tensor out = output(step, prompts, (block, pass) -> pass.keysAndValuesInto(step, cache.block(block)));
        int[] last = new int[sequences.count()];
        Arrays.setAll(last, i -> sequences.start(i) + sequences.length(i) - 1);
        Tensor ends = step.take(last.length, out.size(1));
        step.kernels().gatherRows(out, step.ints(last), ends);
        return ends;
    }

    /** The output {@code [hypotheses, dModel]} for one more token of every hypothesis. */
    public Tensor decode(Step step, int[] tokens, StackCache cache) {
        int newRow = cache.hypotheses().append();
        KeyRows rows = cache.hypotheses().rows();
        int keys = rows.maxLength();
        Tensor x = start(step, null, tokens).out();
        List<Tensor> biases =
                positions.stream().map(table -> table.decode(step, keys)).toList();
        for (int i = 0; i < blocks.size(); i++) {
            x = blocks.get(i).decode(step, x, cache, i, newRow, biases.get(tableOf(i)));
        }
        return end(step, null, x).out();
    }
}
