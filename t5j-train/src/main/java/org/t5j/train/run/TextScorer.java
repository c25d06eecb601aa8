package org.t5j.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.t5j.core.T5Exception;
import org.t5j.data.TokenExample;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.Padding;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.batch.ModelBatch;

/**
 * How likely a trained model finds given targets for given inputs.
 *
 * <p>Owns the model; close it when done. Not thread-safe.
 */
public final class TextScorer implements AutoCloseable {
    private static final int SIDE_BY_SIDE = 16;

    private final TextModel model;
    private int maxInputLength = TextModel.MAX_INPUT_LENGTH;

    private TextScorer(TextModel model) {
        this.model = model;
    }

    /**
     * How likely a target is.
     *
     * @param logLikelihood {@code log p(target | input)} in nats, at most 0: the sum over the target's tokens
     * @param tokens of the target, the end of sequence included: at least 1
     */
    public record Score(double logLikelihood, int tokens) {

        /** The mean over the tokens, in nats; {@code exp(-perToken)} is the perplexity. */
        public double perToken() {
            return logLikelihood / tokens;
        }
    }

    /**
     * The model in a directory in Hugging Face's layout with its tokenizer files, or the best checkpoint of a run.
     *
     * @throws T5Exception where {@code directory} is neither
     */
    public static TextScorer load(Path directory) {
        return load(ModelDirectories.of(directory));
    }

    /** One model or several that score together, with their vocabulary. */
    public static TextScorer load(ModelDirectories models) {
        return load(models, models::tokenizer);
    }

    /**
     * {@link #load(ModelDirectories)} with a vocabulary that is read by another thread while this one reads the model.
     *
     * @throws T5Exception where it has more ids than the model has embeddings
     */
    public static TextScorer load(ModelDirectories models, Supplier<? extends Tokenizer> vocabulary) {
        return new TextScorer(TextModel.load(models, vocabulary));
    }

    /**
     * Cuts longer inputs, with a warning; 512 if not called. Targets are never cut.
     *
     * @param tokens at least 1, the end-of-sequence token included
     */
    public TextScorer maxInputLength(int tokens) {
        maxInputLength = TextModel.checkedInputLength(tokens);
        return this;
    }

    /**
     * Scores each target for the input of the same place, 16 side by side.
     *
     * @param targets as many as {@code inputs}
     */
    public List<Score> score(List<String> inputs, List<String> targets) {
        if (inputs.size() != targets.size()) {
            throw new T5Exception("Each input needs its target, found " + inputs.size() + " inputs and "
                    + targets.size() + " targets");
        }
        List<Score> scores = new ArrayList<>();
        for (int at = 0; at < inputs.size(); at += SIDE_BY_SIDE) {
            int end = Math.min(inputs.size(), at + SIDE_BY_SIDE);
            scores.addAll(scored(IntStream.range(at, end)
                    .mapToObj(i -> new TokenExample(
                            model.encodeInput(inputs.get(i), maxInputLength), model.encodeTarget(targets.get(i))))
                    .toList()));
        }
        return scores;
    }

    private List<Score> scored(List<TokenExample> rows) {
        int inputs = rows.stream().mapToInt(row -> row.inputs().length).max().orElseThrow();
        int targets = rows.stream().mapToInt(row -> row.targets().length).max().orElseThrow();
        Batch batch = Batch.of(rows, new Padding(inputs, targets, 1));
        double[] sums = model.model().logLikelihoods(ModelBatch.of(model.model().config(), batch));
        return IntStream.range(0, sums.length)
                .mapToObj(row -> new Score(sums[row], rows.get(row).targets().length))
                .toList();
    }

    /** Gives the model's memory back. */
    @Override
    public void close() {
        model.close();
    }
}
