package org.t5j.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.layer.Decoder;
import org.t5j.core.layer.Embedding;
import org.t5j.core.layer.Encoder;
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
    private final Encoder encoder;
    private final Decoder decoder;
    private final LanguageModelHead head;

    /** @param parameters to which all parameters are added, in Hugging Face's order */
    T5Network(T5Config config, Kernels kernels, ParameterSet parameters) {
        this.config = config;
        this.kernels = kernels;
        this.arena = new Arena(kernels.backend());
        Embedding shared = new Embedding(parameters, "shared", config.vocabSize(), config.dModel());
        this.encoder = new Encoder(parameters, config, shared);
        this.decoder = new Decoder(parameters, config, shared);
        Parameter output = config.tieWordEmbeddings()
                ? shared.weight()
                : parameters.add("lm_head.weight", config.vocabSize(), config.dModel());
        this.head = new LanguageModelHead(config, output);
    }

    private record Passes(Encoder.Pass encoder, Decoder.Pass decoder) {}

    CrossEntropy.Sums forwardBackward(T5Batch batch, StepOptions options) {
        Step step = begin(Step.training(
                kernels,
                arena,
                options.dropoutRate(),
                options.dropoutOverLength(),
                options.seed(),
                options.step(),
                options.microBatch()));
        Passes passes = forward(step, batch);
        Tensor dDecoded = zeros(passes.decoder.out());
        Tensor dEncoded = zeros(passes.encoder.out());
        CrossEntropy.Sums sums = lossAndBackward(step, batch, options, passes.decoder.out(), dDecoded);
        decoder.backward(step, passes.decoder, dDecoded, dEncoded);
        encoder.backward(step, passes.encoder, dEncoded);
        return sums;
    }

    /** The loss of the positions that have a target; their gradient goes to {@code dDecoded}, which is zero before. */
    private CrossEntropy.Sums lossAndBackward(
            Step step, T5Batch batch, StepOptions options, Tensor decoded, Tensor dDecoded) {
        int[] targets = targetPositions(batch);
        Arena.Mark mark = arena.mark();
        IntTensor rows = arena.takeInts(targets);
        Tensor y = arena.take(targets.length, config.dModel());
        Tensor dY = arena.take(targets.length, config.dModel());
        kernels.gatherRows(decoded, rows, y);
        CrossEntropy.Sums sums =
                head.lossAndBackward(step, y, labels(batch, targets), options.loss(), options.gradientScale(), dY);
        kernels.scatterRows(dY, rows, dDecoded);
        arena.release(mark);
        return sums;
    }

    CrossEntropy.Sums evaluateLoss(T5Batch batch) {
        Step step = begin(Step.evaluating(kernels, arena));
        Passes passes = forward(step, batch);
        int[] targets = targetPositions(batch);
        Tensor y = arena.take(targets.length, config.dModel());
        kernels.gatherRows(passes.decoder.out(), arena.takeInts(targets), y);
        return head.loss(step, y, labels(batch, targets), CrossEntropy.PLAIN);
    }

    T5Activations activations(T5Batch batch) {
        Step step = begin(Step.evaluating(kernels, arena));
        Passes passes = forward(step, batch);
        Tensor logits = head.logits(step, passes.decoder.out());
        return new T5Activations(
                arrays(passes.encoder.hiddenStates()),
                arrays(passes.decoder.hiddenStates()),
                arrays(passes.encoder.attentionWeights()),
                arrays(passes.decoder.attentionWeights()),
                arrays(passes.decoder.crossAttentionWeights()),
                kernels.backend().toArray(passes.encoder.positionBias()),
                kernels.backend().toArray(passes.decoder.positionBias()),
                kernels.backend().toArray(logits));
    }

    DecoderState startDecoding(
            int batch, int inputLength, int[] inputIds, int[] attentionMask, int beams, int maxLength) {
        return new ModelDecoderState(
                kernels,
                encoder,
                decoder,
                head,
                config.vocabSize(),
                batch,
                inputLength,
                inputIds,
                attentionMask,
                beams,
                maxLength);
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

    private Passes forward(Step step, T5Batch batch) {
        batch.requireIdsBelow(config.vocabSize());
        Encoder.Pass encoded =
                encoder.forward(step, batch.size(), batch.inputLength(), batch.inputIds(), batch.attentionMask());
        Decoder.Pass decoded = decoder.forward(
                step,
                batch.size(),
                batch.targetLength(),
                batch.decoderInputIds(),
                batch.decoderAttentionMask(),
                encoded.out(),
                batch.attentionMask());
        return new Passes(encoded, decoded);
    }

    private static int[] targetPositions(T5Batch batch) {
        int[] positions = new int[batch.targets()];
        if (positions.length == 0) {
            throw new T5Exception("A batch of " + batch.size() + " sequences has no target token to learn from");
        }
        for (int i = 0, at = 0; i < batch.labels().length; i++) {
            if (batch.labels()[i] != T5Batch.NO_TARGET) {
                positions[at++] = i;
            }
        }
        return positions;
    }

    private static int[] labels(T5Batch batch, int[] positions) {
        return Arrays.stream(positions).map(i -> batch.labels()[i]).toArray();
    }

    private List<float[]> arrays(List<Tensor> tensors) {
        List<float[]> arrays = new ArrayList<>();
        tensors.forEach(tensor -> arrays.add(kernels.backend().toArray(tensor)));
        return arrays;
    }
}
