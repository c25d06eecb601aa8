package org.t5j.core;

import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Embedding;
import org.t5j.core.layer.LanguageModelHead;
import org.t5j.core.layer.Step;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.IntTensor;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/** The layers of a model put together, and the passes through them: what {@link T5Model} computes with. */
final class T5Network implements AutoCloseable {
    private final T5Config config;
    private final Kernels kernels;
    private final Arena arena;
    private final DecodingMemory decoding;
    private final Stacks stacks;
    private final LanguageModelHead head;

    /** @param parameters to which all parameters are added, in Hugging Face's order, additions where they belong */
    T5Network(T5Config config, Additions additions, Kernels kernels, ParameterSet parameters) {
        this.config = config;
        this.kernels = kernels;
        this.arena = new Arena(kernels.backend());
        this.decoding = new DecodingMemory(kernels.backend());
        Embedding shared = new Embedding(parameters, "shared", config.vocabSize(), config.dModel());
        this.stacks = config.architecture().decoderOnly()
                ? new DecoderOnly(parameters, config, additions, shared)
                : new EncoderDecoder(parameters, config, additions, shared);
        Parameter output = config.tieWordEmbeddings()
                ? shared.weight()
                : parameters.add("lm_head.weight", config.vocabSize(), config.dModel());
        this.head = new LanguageModelHead(config, output);
    }

    CrossEntropy.Sums forwardBackward(T5Batch batch, StepOptions options) {
        requireLearnable(batch);
        Step step = begin(Step.training(
                kernels,
                arena,
                options.dropoutRate(),
                options.dropoutOverLength(),
                options.recompute(),
                options.seed(),
                options.step(),
                options.microBatch()));
        Stacks.Pass pass = stacks.forward(step, batch, options.lossOnInputs());
        Tensor dDecoded = stacks.train() ? step.zeros(pass.out().shape()) : null;
        CrossEntropy.Sums sums = lossAndBackward(step, pass, options, dDecoded);
        if (dDecoded != null) {
            pass.backward(step, dDecoded);
        }
        return sums;
    }

    /**
     * The loss of the positions that have a target; their gradient goes to {@code dDecoded}, which is zero before, or null
     * where it is not wanted.
     */
    private CrossEntropy.Sums lossAndBackward(Step step, Stacks.Pass pass, StepOptions options, Tensor dDecoded) {
        int[] positions = pass.rows().targetPositions();
        Arena.Mark mark = arena.mark();
        IntTensor rows = arena.takeInts(positions);
        Tensor y = arena.take(positions.length, config.dModel());
        Tensor dY = dDecoded == null ? null : arena.take(positions.length, config.dModel());
        kernels.gatherRows(pass.out(), rows, y);
        CrossEntropy.Sums sums =
                head.lossAndBackward(step, y, pass.rows().targets(), options.loss(), options.gradientScale(), dY);
        if (dDecoded != null) {
            kernels.scatterRows(dY, rows, dDecoded);
        }
        arena.release(mark);
        return sums;
    }

    /** How many positions of a batch have a loss. */
    int losses(T5Batch batch, boolean lossOnInputs) {
        return lossOnInputs && config.architecture().decoderOnly()
                ? ConcatenatedBatch.of(batch, config, true).targets().length
                : batch.targets();
    }

    CrossEntropy.Sums evaluateLoss(T5Batch batch) {
        requireLearnable(batch);
        Step step = begin(Step.evaluating(kernels, arena));
        Stacks.Pass pass = stacks.forward(step, batch, false);
        return head.loss(step, decodedTargets(pass), pass.rows().targets(), CrossEntropy.PLAIN);
    }

    double[] logLikelihoods(T5Batch batch) {
        requireLearnable(batch);
        Step step = begin(Step.evaluating(kernels, arena));
        Stacks.Pass pass = stacks.forward(step, batch, false);
        TargetRows rows = pass.rows();
        return head.logLikelihoods(step, decodedTargets(pass), rows.targets(), rows.targetCounts());
    }

    /** The logits of the batch's targets, to be read before the next pass. */
    TargetLogits targetLogits(T5Batch batch) {
        requireLearnable(batch);
        Step step = begin(Step.evaluating(kernels, arena));
        Stacks.Pass pass = stacks.forward(step, batch, false);
        TargetRows rows = pass.rows();
        return new TargetLogits(step, head, decodedTargets(pass), rows.targets(), rows.targetCounts());
    }

    /** What the decoder makes of the positions that have a target: {@code [targets, dModel]}. */
    private Tensor decodedTargets(Stacks.Pass pass) {
        int[] positions = pass.rows().targetPositions();
        Tensor y = arena.take(positions.length, config.dModel());
        kernels.gatherRows(pass.out(), arena.takeInts(positions), y);
        return y;
    }

    T5Activations activations(T5Batch batch) {
        batch.requireIdsBelow(config.vocabSize());
        if (batch.packed()) {
            throw new T5Exception("Activations are shown of rows with one sequence each, but the batch is packed;"
                    + " give its sequences a row each");
        }
        return stacks.activations(begin(Step.evaluating(kernels, arena)), batch, head);
    }

    DecoderState startDecoding(T5Batch inputs, int beams, int maxLength) {
        inputs.requireIdsBelow(config.vocabSize());
        DecodingSize size = new DecodingSize(inputs.size(), beams, maxLength, config.vocabSize());
        return stacks.startDecoding(kernels, decoding, inputs, head, size);
    }

    @Override
    public void close() {
        arena.close();
        decoding.close();
    }

    private Step begin(Step step) {
        arena.reset();
        return step;
    }

    private void requireLearnable(T5Batch batch) {
        batch.requireIdsBelow(config.vocabSize());
        if (batch.targets() == 0) {
            throw new T5Exception("A batch of " + batch.size() + " sequences has no target token to learn from");
        }
    }
}
