package org.t5j.data.dataset;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.t5j.data.DataException;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.cache.TokenCache;
import org.t5j.data.objective.WeightedObjective;
import org.t5j.data.random.ShuffledOrder;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.Ingredient;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;

/**
 * What a training run draws its examples from: one dataset, or several at rates.
 *
 * @param parts at least one, with distinct names
 * @param shuffleWindow examples of a dataset that are shuffled among each other, see {@link ShuffledOrder}; at least 1
 */
public record TrainingData(List<Part> parts, int shuffleWindow) {

    /**
     * A dataset and how often it is drawn from, relative to the others.
     *
     * @param rate above 0
     */
    public record Part(Dataset dataset, double rate) {
        public Part {
            DataException.check(
                    rate > 0 && rate < Double.POSITIVE_INFINITY,
                    "The rate of '%s' is %s, but must be above 0.",
                    dataset.name(),
                    rate);
        }
    }

    public TrainingData {
        parts = List.copyOf(parts);
        DataException.check(!parts.isEmpty(), "There is nothing to train on. Name at least one dataset.");
        long distinct =
                parts.stream().map(part -> part.dataset().name()).distinct().count();
        DataException.check(
                distinct == parts.size(),
                "Two datasets of a mixture have the same name. Give them names of their own.");
        DataException.check(shuffleWindow >= 1, "shuffleWindow is %d, but must be at least 1.", shuffleWindow);
    }

    /** Parts that are shuffled within the usual window. */
    public TrainingData(List<Part> parts) {
        this(parts, ShuffledOrder.WINDOW);
    }

    /** The same parts, shuffled within another window. */
    public TrainingData withShuffleWindow(int examples) {
        return new TrainingData(parts, examples);
    }

    /** One dataset: a task's or a corpus. */
    public static TrainingData of(Dataset dataset) {
        return new TrainingData(List.of(new Part(dataset, 1)));
    }

    /**
     * A corpus under one objective, or under several that share its documents: with n of them, objective i reads the
     * documents whose number leaves the remainder i when divided by n, as seqio's shards of a T5 mixture do.
     *
     * @param name of the dataset; with several objectives each is {@code name/objective}
     * @param frozenNoise whether every epoch has the masks of the first
     */
    public static TrainingData ofCorpus(
            String name,
            DocumentStore documents,
            List<WeightedObjective> objectives,
            boolean frozenNoise,
            Tokenizer tokenizer) {
        int n = objectives.size();
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            WeightedObjective each = objectives.get(i);
            PretrainingDataset dataset = PretrainingDataset.of(
                    n == 1 ? name : name + "/" + each.name(), documents.shard(n, i), each.objective(), tokenizer);
            parts.add(new Part(frozenNoise ? dataset.withFrozenNoise() : dataset, each.rate()));
        }
        return new TrainingData(parts);
    }

    /** A task's training split. */
    public static TrainingData load(Task task, Tokenizer tokenizer) {
        return of(TaskDataset.load(task, Task.TRAIN, tokenizer));
    }

    /** The training splits of a mixture's tasks, at their rates. */
    public static TrainingData load(Mixture mixture, Tokenizer tokenizer) {
        return load(mixture, tokenizer, TokenCache.inMemory());
    }

    /** The same for splits of any size. */
    public static TrainingData load(Mixture mixture, Tokenizer tokenizer, TokenCache cache) {
        return load(mixture, tokenizer, cache, Map.of());
    }

    /**
     * The training splits of a mixture's tasks and its corpora, at their rates.
     *
     * @param corpora name of a {@link Corpus} → its data; of several parts, such as several objectives, each gets its share
     *     of the corpus' rate
     * @throws DataException if a corpus of the mixture is not among them
     */
    public static TrainingData load(
            Mixture mixture, Tokenizer tokenizer, TokenCache cache, Map<String, TrainingData> corpora) {
        Map<Ingredient, TrainingData> leaves = new LinkedHashMap<>();
        for (Ingredient leaf : mixture.leaves()) {
            TrainingData data = leaf instanceof Task task
                    ? of(TaskDataset.load(task, Task.TRAIN, tokenizer, cache))
                    : corpora.get(leaf.name());
            DataException.check(
                    data != null,
                    "Mixture '%s' draws from the corpus '%s', but there is none. Pre-train, with files of a corpus, or "
                            + "leave it out of the mixture.",
                    mixture.name(),
                    leaf.name());
            leaves.put(leaf, data);
        }
        List<Part> parts = new ArrayList<>();
        mixture.rates(leaf -> leaves.get(leaf).examples())
                .forEach((leaf, rate) -> parts.addAll(leaves.get(leaf).partsAt(rate)));
        return new TrainingData(parts);
    }

    /** The parts, with rates that add up to {@code total}. */
    private List<Part> partsAt(double total) {
        double sum = parts.stream().mapToDouble(Part::rate).sum();
        return parts.stream()
                .map(part -> new Part(part.dataset(), total * part.rate() / sum))
                .toList();
    }

    /** Number of examples (of documents, for a corpus) of all parts, for mixing rates. */
    public long examples() {
        return parts.stream().mapToLong(part -> part.dataset().examples()).sum();
    }

    /** Length of any inputs at most. */
    public int inputLength() {
        return parts.stream()
                .mapToInt(part -> part.dataset().inputLength())
                .max()
                .orElseThrow();
    }

    /** Length of any targets at most. */
    public int targetLength() {
        return parts.stream()
                .mapToInt(part -> part.dataset().targetLength())
                .max()
                .orElseThrow();
    }
}
