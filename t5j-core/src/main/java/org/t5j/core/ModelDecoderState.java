package org.t5j.core;

import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.layer.LanguageModelHead;
import org.t5j.core.layer.Stack;
import org.t5j.core.layer.StackCache;
import org.t5j.core.layer.Step;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Tensor;

/** Decoding with a model: the inputs were read, and every token is one pass through the decoder. */
final class ModelDecoderState implements DecoderState {
    private final Kernels kernels;
    private final Stack decoder;
    private final LanguageModelHead head;
    private final DecodingMemory arenas;
    private final Arena memory;
    private final Arena scratch;
    private final StackCache cache;
    private final int rows;
    private final float[] logits;
    private final int startToken;
    /** The logits of the first token of each input, where reading the inputs gave them; null afterwards. */
    private float[] first;

    private boolean closed;

    /**
     * What reading the inputs leaves behind.
     *
     * @param startToken that was read with the inputs, where one was
     * @param firstOut {@code [inputs, dModel]}: what the decoder makes of inputs and start token; null where none was read
     */
    record Start(StackCache cache, int startToken, Tensor firstOut) {
        /** The start token is still to be read. */
        Start(StackCache cache) {
            this(cache, 0, null);
        }
    }

    /** Reads the inputs. */
    interface Reading {
        /**
         * @param keeping a pass on memory that lives as long as decoding
         * @param scratch a pass on memory that the next pass takes again
         */
        Start read(Step keeping, Step scratch);
    }

    ModelDecoderState(
            Kernels kernels,
            DecodingMemory arenas,
            Stack decoder,
            LanguageModelHead head,
            DecodingSize size,
            Reading inputs) {
        this.kernels = kernels;
        this.arenas = arenas;
        this.decoder = decoder;
        this.head = head;
        this.rows = size.rows();
        this.logits = size.newLogits();
        this.memory = arenas.take();
        this.scratch = arenas.take();
        try {
            memory.reset();
            scratch.reset();
            Step reading = step(scratch);
            Start start = inputs.read(step(memory), reading);
            this.cache = start.cache;
            this.startToken = start.startToken;
            this.first =
                    start.firstOut == null ? null : kernels.backend().toArray(head.logits(reading, start.firstOut));
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
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
        if (closed) {
            throw new IllegalStateException("This decoder was closed, and another may have its memory; make a new one");
        }
        if (first != null) {
            requireStart(tokens);
            return firstStep();
        }
        scratch.reset();
        Step step = step(scratch);
        Tensor next = head.logits(step, decoder.decode(step, tokens, cache));
        kernels.backend().read(next, logits, 0);
        return logits;
    }

    private void requireStart(int[] tokens) {
        for (int token : tokens) {
            if (token != startToken) {
                throw new T5Exception("A decoder without an encoder reads its start token before the inputs, so that"
                        + " startTokenId must be the model's decoder_start_token_id " + startToken + ", found "
                        + token);
            }
        }
    }

    /** All hypotheses of an input are alike, and the start token stands before what was read. */
    private float[] firstStep() {
        int beams = rows / (first.length / vocabSize());
        for (int row = 0; row < rows; row++) {
            System.arraycopy(first, row / beams * vocabSize(), logits, row * vocabSize(), vocabSize());
        }
        first = null;
        return logits;
    }

    @Override
    public void reorder(int[] parents) {
        cache.reorder(parents);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arenas.giveBack(scratch);
            arenas.giveBack(memory);
        }
    }
}
