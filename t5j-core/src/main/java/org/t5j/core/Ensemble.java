package org.t5j.core;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.t5j.core.checkpoint.CheckpointReader;
import org.t5j.core.decode.Averaging;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.tensor.Arena;
import org.t5j.core.tensor.Tensor;

/**
 * Several models of one vocabulary that answer together: their distributions of every token are averaged, before anything
 * else is done to them. The models may differ in size, and be trained each from its own start or from one base. Owns the
 * models; close it when done. Not thread-safe.
 */
public final class Ensemble implements SequenceModel {
    /** Logits of targets that are averaged at once, of each model. */
    private static final int MAX_LOGITS = 1 << 22;

    private final List<T5Model> members;
    private final Averaging averaging;
    private final Kernels kernels;
    private final boolean closesKernels;
    private final Arena arena;

    private Ensemble(List<T5Model> members, Averaging averaging, Kernels kernels, boolean closesKernels) {
        this.members = List.copyOf(members);
        this.averaging = averaging;
        this.kernels = kernels;
        this.closesKernels = closesKernels;
        this.arena = new Arena(kernels.backend());
    }

    /**
     * Models as an ensemble, which closes them.
     *
     * @param members at least one, each once
     * @throws T5Exception where their vocabularies differ in size or in the ids of start, end and padding
     */
    public static Ensemble of(List<T5Model> members, Averaging averaging) {
        List<String> names = new ArrayList<>();
        members.forEach(member -> names.add("model " + (names.size() + 1)));
        requireAlike(members.stream().map(T5Model::config).toList(), names);
        if (new HashSet<>(members).size() < members.size()) {
            throw new T5Exception("A model can be in an ensemble once, but one is given twice; load it again");
        }
        return new Ensemble(members, averaging, members.get(0).kernels(), false);
    }

    /**
     * The models in directories in Hugging Face's layout. They share threads; the weights of all are in memory.
     *
     * @param directories at least one
     * @throws T5Exception where one is no such model, or as for {@link #of}
     */
    public static Ensemble load(List<Path> directories, Averaging averaging) {
        List<T5Config> configs = directories.stream()
                .map(directory -> CheckpointReader.readConfig(directory).config())
                .toList();
        requireAlike(configs, directories.stream().map(Path::toString).toList());
        long largest = configs.stream()
                .mapToLong(config -> (long) config.vocabSize() * config.dModel())
                .max()
                .orElseThrow();
        Kernels kernels = DefaultKernels.create(largest);
        List<T5Model> members = new ArrayList<>();
        try {
            directories.forEach(directory -> members.add(T5Model.load(directory, kernels)));
            return new Ensemble(members, averaging, kernels, true);
        } catch (RuntimeException | Error e) {
            members.forEach(T5Model::close);
            kernels.close();
            throw e;
        }
    }

    private static void requireAlike(List<T5Config> configs, List<String> names) {
        if (configs.isEmpty()) {
            throw new T5Exception("An ensemble needs a model, found none");
        }
        List<Integer> first = vocabulary(configs.get(0));
        for (int i = 1; i < configs.size(); i++) {
            List<Integer> other = vocabulary(configs.get(i));
            if (!other.equals(first)) {
                throw new T5Exception("The models of an ensemble must have one vocabulary, but its size and the ids of"
                        + " start, end and padding are " + first + " in " + names.get(0) + " and " + other + " in "
                        + names.get(i) + "; leave one of the two out");
            }
        }
    }

    private static List<Integer> vocabulary(T5Config config) {
        return List.of(config.vocabSize(), config.decoderStartTokenId(), config.eosTokenId(), config.padTokenId());
    }

    @Override
    public T5Config config() {
        return members.get(0).config();
    }

    @Override
    public CrossEntropy.Sums evaluateLoss(T5Batch batch) {
        List<TargetLogits> targets = targets(batch);
        return loss(targets, 0, targets.get(0).labels().length);
    }

    @Override
    public double[] logLikelihoods(T5Batch batch) {
        List<TargetLogits> targets = targets(batch);
        int[] counts = targets.get(0).counts();
        double[] sums = new double[counts.length];
        for (int i = 0, from = 0; i < counts.length; from += counts[i], i++) {
            sums[i] = 0 - loss(targets, from, counts[i]).negativeLogLikelihood();
        }
        return sums;
    }

    private List<TargetLogits> targets(T5Batch batch) {
        return members.stream().map(member -> member.targetLogits(batch)).toList();
    }

    /** The loss of the targets {@code from … from + count} under the average. */
    private CrossEntropy.Sums loss(List<TargetLogits> targets, int from, int count) {
        int vocabSize = config().vocabSize();
        int most = Math.min(count, Math.max(1, MAX_LOGITS / vocabSize));
        float[][] logits = new float[members.size()][most * vocabSize];
        CrossEntropy.Sums sums = CrossEntropy.Sums.ZERO;
        for (int at = from; at < from + count; at += most) {
            int rows = Math.min(most, from + count - at);
            for (int i = 0; i < logits.length; i++) {
                targets.get(i).read(at, rows, logits[i]);
            }
            averaging.average(logits, rows, vocabSize);
            arena.reset();
            Tensor average = arena.take(rows, vocabSize);
            kernels.backend().write(average, logits[0], 0);
            int[] labels = Arrays.copyOfRange(targets.get(0).labels(), at, at + rows);
            sums = sums.plus(kernels.crossEntropyInPlace(average, arena.takeInts(labels), CrossEntropy.PLAIN, 0f));
        }
        return sums;
    }

    @Override
    public DecoderState startDecoding(int[][] inputIds, int beams, int maxLength) {
        List<DecoderState> states = new ArrayList<>();
        try {
            members.forEach(member -> states.add(member.startDecoding(inputIds, beams, maxLength)));
            return new EnsembleDecoderState(states, averaging);
        } catch (RuntimeException | Error e) {
            states.forEach(DecoderState::close);
            throw e;
        }
    }

    @Override
    public void close() {
        arena.close();
        members.forEach(T5Model::close);
        if (closesKernels) {
            kernels.close();
        }
    }
}
