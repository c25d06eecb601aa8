package org.t5j.train.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.t5j.core.SequenceModel;
import org.t5j.data.Example;
import org.t5j.data.TokenExample;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.Padding;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.metric.Resampling;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.batch.ModelBatch;

/**
 * Rank classification, as seqio has it: of each example's choices, the one whose tokens the model finds likeliest in sum.
 * Beside it the accuracy of the one that is likeliest per token, end of sequence included, and for two choices how well
 * their odds tell the classes apart, of which the second is the positive one.
 */
final class RankedAnswers implements Answers {
    private static final String ACCURACY = "accuracy";
    private static final String NORMALIZED = "accuracy_length_normalized";
    private static final String AUC_ROC = "auc_roc";
    private static final String AUC_PR = "auc_pr";
    private static final int PAD_TO_MULTIPLE = 8;

    private final List<Example> examples;
    private final List<List<String>> choices;
    private final TaskDataset pairs;
    private final int batchSize;
    private final boolean binary;

    /** The choices of each example, as targets for its inputs, one after the other. */
    RankedAnswers(Task task, List<Example> examples, Tokenizer tokenizer, int batchSize) {
        this.examples = examples;
        this.choices = examples.stream().map(task::choices).toList();
        List<Example> all = new ArrayList<>();
        for (int i = 0; i < examples.size(); i++) {
            for (String choice : choices.get(i)) {
                all.add(examples.get(i).with(Example.TARGETS, choice));
            }
        }
        this.pairs = TaskDataset.of(task, all, tokenizer);
        this.batchSize = batchSize;
        this.binary = choices.stream().allMatch(each -> each.size() == 2)
                && IntStream.range(0, examples.size())
                                .mapToObj(this::isPositive)
                                .distinct()
                                .count()
                        == 2;
    }

    /** The likelihoods of all choices of all examples, in their order, and how many tokens they have. */
    private record Likelihoods(List<Double> sums, List<Integer> tokens) {}

    @Override
    public Found find(SequenceModel model) {
        Likelihoods found = likelihoods(model);
        List<String> likeliest = new ArrayList<>();
        List<String> likeliestPerToken = new ArrayList<>();
        double[] odds = new double[examples.size()];
        int from = 0;
        for (int i = 0; i < examples.size(); i++) {
            int count = choices.get(i).size();
            double[] sums = new double[count];
            double[] means = new double[count];
            for (int c = 0; c < count; c++) {
                sums[c] = found.sums.get(from + c);
                means[c] = sums[c] / found.tokens.get(from + c);
            }
            likeliest.add(choices.get(i).get(indexOfLargest(sums)));
            likeliestPerToken.add(choices.get(i).get(indexOfLargest(means)));
            odds[i] = sums[1] - sums[0];
            from += count;
        }
        Resampling resampling =
                Resampling.of(examples.size(), drawn -> scores(drawn, likeliest, likeliestPerToken, odds));
        return new Found(examples, likeliest, resampling.scores(), Optional.of(resampling));
    }

    /** NaN for areas where a sample is of one class only. */
    private Map<String, Double> scores(
            int[] drawn, List<String> likeliest, List<String> likeliestPerToken, double[] odds) {
        Map<String, Double> scores = new LinkedHashMap<>();
        scores.put(ACCURACY, accuracy(drawn, likeliest));
        scores.put(NORMALIZED, accuracy(drawn, likeliestPerToken));
        if (binary) {
            double[] ofDrawn = IntStream.of(drawn).mapToDouble(i -> odds[i]).toArray();
            BinaryRanking ranking = new BinaryRanking(ofDrawn, i -> isPositive(drawn[i]));
            scores.put(AUC_ROC, 100 * ranking.rocArea());
            scores.put(AUC_PR, 100 * ranking.averagePrecision());
        }
        return scores;
    }

    private Likelihoods likelihoods(SequenceModel model) {
        Likelihoods found = new Likelihoods(new ArrayList<>(), new ArrayList<>());
        Padding padding = new Padding(pairs.inputLength(), pairs.targetLength(), PAD_TO_MULTIPLE);
        int size = (int) pairs.examples();
        for (int from = 0; from < size; from += batchSize) {
            List<TokenExample> rows = IntStream.range(from, Math.min(from + batchSize, size))
                    .mapToObj(pairs::example)
                    .toList();
            Batch batch = Batch.of(rows, padding);
            double[] sums = model.logLikelihoods(ModelBatch.of(model.config(), batch));
            for (int row = 0; row < rows.size(); row++) {
                found.sums.add(sums[row]);
                found.tokens.add(rows.get(row).targets().length);
            }
        }
        return found;
    }

    private static int indexOfLargest(double[] values) {
        return IntStream.range(0, values.length).reduce(0, (best, i) -> values[i] > values[best] ? i : best);
    }

    private boolean isPositive(int example) {
        return examples.get(example).targets().equals(choices.get(example).get(1));
    }

    /** Percent of the answers that are the target. */
    private double accuracy(int[] drawn, List<String> answers) {
        long right = IntStream.of(drawn)
                .filter(i -> examples.get(i).targets().equals(answers.get(i)))
                .count();
        return 100.0 * right / drawn.length;
    }

    @Override
    public Set<String> scoreNames() {
        Set<String> names = new TreeSet<>(Set.of(ACCURACY, NORMALIZED));
        if (binary) {
            names.addAll(Set.of(AUC_ROC, AUC_PR));
        }
        return names;
    }
}
