package org.t5j.core;

import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.layer.LanguageModelHead;
import org.t5j.core.layer.Stack;
import org.t5j.core.layer.StackCache;
import org.t5j.core.layer.Step;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Tensor;

/** Decoding with a model: the encoder has read the inputs, and every token is one pass through the decoder. */
final class ModelDecoderState implements DecoderState {
    private final Kernels kernels;
    private final Stack decoder;
    private final LanguageModelHead head;
    private final Arena memory;
    private final Arena scratch;
    private final StackCache cache;
    private final int rows;
    private final float[] logits;

    /** @param maxLength tokens that a hypothesis can be fed, the start token included */
    ModelDecoderState(
            Kernels kernels,
            Stack encoder,
            Stack decoder,
            LanguageModelHead head,
            int vocabSize,
            RaggedBatch inputs,
            int beams,
            int maxLength) {
        this.kernels = kernels;
        this.decoder = decoder;
        this.head = head;
        this.rows = inputs.inputs().count() * beams;
        this.logits = new float[Math.multiplyExact(rows, vocabSize)];
        this.memory = new Arena(kernels.backend());
        this.scratch = new Arena(kernels.backend());
        Step keeping = step(memory);
        AttentionMask mask = keeping.mask(inputs.inputs(), false, inputs.inputMask());
        Tensor encoded = encoder.output(step(scratch), new Stack.Input(inputs.inputs(), inputs.inputIds(), mask, null));
        this.cache = decoder.newCache(keeping, rows, maxLength, new Stack.Memory(inputs.inputs(), encoded, mask));
        scratch.close();
    }

    private Step step(Arena arena) {
        return Step.evaluating(kernels, arena);
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int vocabSize() {
        return logits.length / rows;
    }

    @Override
    public float[] step(int[] tokens) {
        scratch.reset();
        Step step = step(scratch);
        Tensor next = head.logits(step, decoder.decode(step, tokens, cache));
        kernels.backend().read(next, logits, 0);
        return logits;
    }

    @Override
    public void reorder(int[] parents) {
        cache.reorder(parents);
    }

    @Override
    public void close() {
        scratch.close();
        memory.close();
    }
}
