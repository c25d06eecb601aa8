package org.t5j.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.AttentionMask;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Embedding;
import org.t5j.core.layer.LanguageModelHead;
import org.t5j.core.layer.Stack;
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
    private final Stack encoder;
    private final Stack decoder;
    private final LanguageModelHead head;

    /** @param parameters to which all parameters are added, in Hugging Face's order, additions where they belong */
    T5Network(T5Config config, Additions additions, Kernels kernels, ParameterSet parameters) {
        this.config = config;
        this.kernels = kernels;
        this.arena = new Arena(kernels.backend());
        Embedding shared = new Embedding(parameters, "shared", config.vocabSize(), config.dModel());
        this.encoder = Stack.encoder(parameters, config, additions, shared);
        this.decoder = config.architecture() == Architecture.SHARED
                ? Stack.decoderSharing(encoder, parameters, config, additions)
                : Stack.decoder(parameters, config, additions, shared);
        Parameter output = config.tieWordEmbeddings()
                ? shared.weight()
                : parameters.add("lm_head.weight", config.vocabSize(), config.dModel());
        this.head = new LanguageModelHead(config, output);
    }

    private record Passes(Stack.Pass encoder, Stack.Pass decoder) {}

    CrossEntropy.Sums forwardBackward(T5Batch batch, StepOptions options) {
        Step step = begin(Step.training(
                kernels,
                arena,
                options.dropoutRate(),
                options.dropoutOverLength(),
                options.recompute(),
                options.seed(),
                options.step(),
                options.microBatch()));
        RaggedBatch ragged = ragged(batch);
        Passes passes = forward(step, ragged);
        Tensor dEncoded = encoder.trains() ? zeros(passes.encoder.out()) : null;
        Tensor dDecoded = decoder.trains() || dEncoded != null ? zeros(passes.decoder.out()) : null;
        CrossEntropy.Sums sums = lossAndBackward(step, ragged, options, passes.decoder.out(), dDecoded);
        if (dDecoded != null) {
            decoder.backward(step, passes.decoder, dDecoded, dEncoded);
        }
        if (dEncoded != null) {
            encoder.backward(step, passes.encoder, dEncoded, null);
        }
        return sums;
    }

    /**
     * The loss of the positions that have a target; their gradient goes to {@code dDecoded}, which is zero before, or null
     * where it is not wanted.
     */
    private CrossEntropy.Sums lossAndBackward(
            Step step, RaggedBatch batch, StepOptions options, Tensor decoded, Tensor dDecoded) {
        int[] targets = batch.targetPositions();
        Arena.Mark mark = arena.mark();
        IntTensor rows = arena.takeInts(targets);
        Tensor y = arena.take(targets.length, config.dModel());
        Tensor dY = dDecoded == null ? null : arena.take(targets.length, config.dModel());
        kernels.gatherRows(decoded, rows, y);
        CrossEntropy.Sums sums =
                head.lossAndBackward(step, y, labels(batch, targets), options.loss(), options.gradientScale(), dY);
        if (dDecoded != null) {
            kernels.scatterRows(dY, rows, dDecoded);
        }
        arena.release(mark);
        return sums;
    }

    CrossEntropy.Sums evaluateLoss(T5Batch batch) {
        Step step = begin(Step.evaluating(kernels, arena));
        RaggedBatch ragged = ragged(batch);
        int[] targets = ragged.targetPositions();
        return head.loss(step, decodedTargets(step, ragged), labels(ragged, targets), CrossEntropy.PLAIN);
    }

    double[] logLikelihoods(T5Batch batch) {
        Step step = begin(Step.evaluating(kernels, arena));
        RaggedBatch ragged = ragged(batch);
        int[] labels = labels(ragged, ragged.targetPositions());
        return head.logLikelihoods(step, decodedTargets(step, ragged), labels, ragged.targetCounts());
    }

    /** What the decoder makes of the positions that have a target: {@code [targets, dModel]}. */
    private Tensor decodedTargets(Step step, RaggedBatch ragged) {
        Passes passes = forward(step, ragged);
        int[] targets = ragged.targetPositions();
        Tensor y = arena.take(targets.length, config.dModel());
        kernels.gatherRows(passes.decoder.out(), arena.takeInts(targets), y);
        return y;
    }

    T5Activations activations(T5Batch batch) {
        Step step = begin(Step.evaluating(kernels, arena));
        batch.requireIdsBelow(config.vocabSize());
        if (batch.packed()) {
            throw new T5Exception("Activations are shown of rows with one sequence each, but the batch is packed;"
                    + " give its sequences a row each");
        }
        RaggedBatch padded = RaggedBatch.padded(batch);
        Passes passes = forward(step, padded);
        Tensor logits = head.logits(step, passes.decoder.out());
        return new T5Activations(
                arrays(passes.encoder.hiddenStates()),
                arrays(passes.decoder.hiddenStates()),
                arrays(encoder.selfAttentionWeights(step, passes.encoder)),
                arrays(decoder.selfAttentionWeights(step, passes.decoder)),
                arrays(decoder.crossAttentionWeights(step, passes.decoder)),
                biasOfPairs(passes.encoder.positionBias(), batch.inputLength()),
                biasOfPairs(passes.decoder.positionBias(), batch.targetLength()),
                kernels.backend().toArray(logits));
    }

    /** A bias {@code [heads, distances]} as {@code [heads, queries, keys]}. */
    private float[] biasOfPairs(Tensor bias, int length) {
        float[] byDistance = kernels.backend().toArray(bias);
        int distances = bias.size(1);
        float[] pairs = new float[bias.size(0) * length * length];
        for (int h = 0, at = 0; h < bias.size(0); h++) {
            for (int i = 0; i < length; i++, at += length) {
                System.arraycopy(byDistance, h * distances + length - 1 - i, pairs, at, length);
            }
        }
        return pairs;
    }

    DecoderState startDecoding(T5Batch inputs, int beams, int maxLength) {
        inputs.requireIdsBelow(config.vocabSize());
        return new ModelDecoderState(
                kernels, encoder, decoder, head, config.vocabSize(), RaggedBatch.of(inputs), beams, maxLength);
    }

    @Override
    public void close() {
        arena.close();
    }

    private Step begin(Step step) {
        arena.reset();
        return step;
    }

    private Tensor zeros(Tensor like) {
        Tensor tensor = arena.take(like.shape());
        kernels.fill(tensor, 0f);
        return tensor;
    }

    private RaggedBatch ragged(T5Batch batch) {
        batch.requireIdsBelow(config.vocabSize());
        if (batch.targets() == 0) {
            throw new T5Exception("A batch of " + batch.size() + " sequences has no target token to learn from");
        }
        return RaggedBatch.of(batch);
    }

    private Passes forward(Step step, RaggedBatch batch) {
        AttentionMask inputMask = step.mask(batch.inputs(), false, batch.inputMask());
        Stack.Pass encoded = encoder.forward(step, new Stack.Input(batch.inputs(), batch.inputIds(), inputMask, null));
        Stack.Memory memory = new Stack.Memory(batch.inputs(), encoded.out(), inputMask);
        AttentionMask mask = step.mask(batch.targets(), true, batch.decoderMask());
        Stack.Pass decoded = decoder.forward(step, new Stack.Input(batch.targets(), batch.decoderIds(), mask, memory));
        return new Passes(encoded, decoded);
    }

    private static int[] labels(RaggedBatch batch, int[] positions) {
        return Arrays.stream(positions).map(i -> batch.labels()[i]).toArray();
    }

    private List<float[]> arrays(List<Tensor> tensors) {
        List<float[]> arrays = new ArrayList<>();
        tensors.forEach(tensor -> arrays.add(kernels.backend().toArray(tensor)));
        return arrays;
    }
}
