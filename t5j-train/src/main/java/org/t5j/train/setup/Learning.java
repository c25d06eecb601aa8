package org.t5j.train.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.data.DataException;
import org.t5j.data.batch.EvalBatches;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.cache.TokenCache;
import org.t5j.data.dataset.Dataset;
import org.t5j.data.dataset.PretrainingDataset;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.objective.Objectives;
import org.t5j.data.objective.WeightedObjective;
import org.t5j.data.source.BadRows;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.Task;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.config.ConfigException;
import org.t5j.train.evaluate.Evaluation;
import org.t5j.train.evaluate.Evaluator;
import org.t5j.train.evaluate.LossEvaluation;
import org.t5j.train.evaluate.TaskEvaluation;

/**
 * What a model learns and is scored by.
 *
 * @param data to draw batches from
 * @param evaluator for the splits that are not trained on
 * @param skipped bad rows that were passed over when the data were read, by name of the data; only of those that have some
 */
public record Learning(TrainingData data, Evaluator evaluator, Map<String, BadRows> skipped) {
    private static final Logger LOG = LoggerFactory.getLogger(Learning.class);

    public Learning {
        skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
    }

    /**
     * What a configuration says: a corpus with an objective, alone or mixed with tasks, or tasks.
     *
     * @param cacheDirectory where tokens of large files are kept, unless the configuration says where
     */
    public static Learning of(TrainConfig config, Tokenizer tokenizer, Path cacheDirectory) {
        if (config.mode() == TrainConfig.Mode.FINETUNE) {
            return tasks(config, config.data().taskMixture(), tokenizer, cacheDirectory);
        }
        doubts(config).forEach(LOG::warn);
        Told told = new Told();
        TokenCache cache = cache(config, cacheDirectory, told);
        TrainingData corpus = config.data().corpus(objectives(config, tokenizer), tokenizer, cache);
        List<Evaluation> evaluations = new ArrayList<>(heldOut(config, tokenizer, cache));
        if (!config.data().hasTasks()) {
            return told.learning(corpus, evaluations, config);
        }
        Mixture mixture = config.data().pretrainingMixture();
        evaluations.addAll(scores(config, mixture, tokenizer));
        TrainingData data = mixed(config, mixture, tokenizer, cache, Map.of(Corpus.NAME, corpus));
        return told.learning(data, evaluations, config);
    }

    /**
     * The loss on the corpus that is held out, under every objective, each on all documents.
     *
     * @param cacheDirectory as for {@link #of}
     */
    public static List<Evaluation> heldOut(TrainConfig config, Tokenizer tokenizer, Path cacheDirectory) {
        Path configured = config.data().cache();
        TokenCache cache = TokenCache.in(configured == null ? cacheDirectory : configured, new Told());
        return heldOut(config, tokenizer, cache);
    }

    private static List<Evaluation> heldOut(TrainConfig config, Tokenizer tokenizer, TokenCache cache) {
        List<Evaluation> evaluations = new ArrayList<>();
        if (!config.data().validationFiles().isEmpty()) {
            DocumentStore documents = config.data().validationCorpus(tokenizer, cache);
            List<WeightedObjective> objectives = objectives(config, tokenizer);
            for (WeightedObjective each : objectives) {
                String name = objectives.size() == 1 ? "validation" : "validation/" + each.name();
                EvalBatches batches = EvalBatches.ofDataset(
                        PretrainingDataset.of(name, documents, each.objective(), tokenizer),
                        config.seed(),
                        config.eval().batchSize(),
                        config.eval().examples());
                evaluations.add(new LossEvaluation(name, batches));
            }
        }
        return evaluations;
    }

    private static List<WeightedObjective> objectives(TrainConfig config, Tokenizer tokenizer) {
        try {
            return Objectives.mixture(config.objective(), tokenizer);
        } catch (DataException e) {
            throw new ConfigException("objective: " + e.getMessage(), e);
        }
    }

    private static TokenCache cache(TrainConfig config, Path directory, Told told) {
        Path configured = config.data().cache();
        return configured == null ? TokenCache.in(directory, told).replacing() : TokenCache.in(configured, told);
    }

    /**
     * The tasks of a mixture, which may be made in Java instead of the configuration's.
     *
     * @param cacheDirectory as for {@link #of}
     */
    public static Learning tasks(TrainConfig config, Mixture mixture, Tokenizer tokenizer, Path cacheDirectory) {
        Told told = new Told();
        List<Evaluation> evaluations = scores(config, mixture, tokenizer);
        TokenCache cache = cache(config, cacheDirectory, told);
        return told.learning(mixed(config, mixture, tokenizer, cache, Map.of()), evaluations, config);
    }

    private static TrainingData mixed(
            TrainConfig config,
            Mixture mixture,
            Tokenizer tokenizer,
            TokenCache cache,
            Map<String, TrainingData> corpora) {
        TrainingData data = TrainingData.load(mixture, tokenizer, cache, corpora)
                .withShuffleWindow(config.data().shuffleWindow());
        data.parts().forEach(part -> warnOfTrimming(part.dataset()));
        warnOfUnknown(data, tokenizer);
        if (data.parts().size() > 1) {
            LOG.info("Mixture: {}", shares(data));
        }
        return data;
    }

    /** How much of the examples each part makes up: {@code corpus 1.2 %, cola 40 %, …}. */
    static String shares(TrainingData data) {
        double sum = data.parts().stream().mapToDouble(TrainingData.Part::rate).sum();
        return data.parts().stream()
                .map(part -> part.dataset().name() + " " + percent(part.rate() / sum))
                .collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, share < 0.1 ? "%.2g %%" : "%.0f %%", 100 * share);
    }

    /** Of the validation splits of a mixture's tasks, and of the configuration's tasks that only evaluate. */
    private static List<Evaluation> scores(TrainConfig config, Mixture mixture, Tokenizer tokenizer) {
        List<Evaluation> evaluations = new ArrayList<>();
        List<Task> tasks = new ArrayList<>(mixture.tasks());
        tasks.addAll(config.data().evaluatedTasks());
        for (Task task : tasks) {
            if (task.splits().contains(Task.VALIDATION)) {
                warnOfWhatIsTrainedOn(task);
                Evaluation evaluation = new TaskEvaluation(
                        task,
                        Task.VALIDATION,
                        tokenizer,
                        config.eval().batchSize(),
                        config.eval().examples(),
                        config.eval().beams());
                DataException.check(
                        !evaluation.scoreNames().isEmpty(),
                        "The validation examples of %s have no labels, so a run cannot be scored on them. Name their"
                                + " files as its test files, which evaluate --predictions answers.",
                        task);
                evaluations.add(evaluation);
            }
        }
        return evaluations;
    }

    private static void warnOfWhatIsTrainedOn(Task task) {
        List<Path> trained = task.splits().contains(Task.TRAIN) ? absolute(task.files(Task.TRAIN)) : List.of();
        absolute(task.files(Task.VALIDATION)).stream()
                .filter(trained::contains)
                .findFirst()
                .ifPresent(file -> LOG.warn(
                        "{} is evaluated on {}, which it is trained on too: the scores tell what is remembered, not what"
                                + " is learnt. Name other validation files",
                        task,
                        file));
    }

    private static List<Path> absolute(List<Path> files) {
        return files.stream().map(file -> file.toAbsolutePath().normalize()).toList();
    }

    /** What is told while data are read: logged, and the skipped rows kept. */
    private static final class Told implements TokenCache.Progress {
        private final Map<String, BadRows> skipped = new LinkedHashMap<>();

        @Override
        public void tokenized(String name, long documents, long tokens) {
            LOG.info("Tokenized {} documents, {} tokens of {}", documents, tokens, name);
        }

        @Override
        public void skipped(String name, BadRows rows) {
            skipped.put(name, rows);
            LOG.warn("Of {}, {}", name, rows);
        }

        Learning learning(TrainingData data, List<Evaluation> evaluations, TrainConfig config) {
            evaluations.forEach(evaluation -> skipped.putAll(evaluation.skipped()));
            return new Learning(data, Evaluator.of(evaluations, config.eval().metric()), skipped);
        }
    }

    /** What is allowed, and hardly meant. */
    static List<String> doubts(TrainConfig config) {
        List<String> doubts = new ArrayList<>();
        Double density = config.objective().noiseDensity();
        if (density != null && density == 0) {
            doubts.add("objective.noiseDensity is 0: no token is noise, so that there is hardly anything to learn");
        }
        Long maxTokens = config.data().maxTokens();
        int length = config.objective().inputLength();
        if (maxTokens != null && maxTokens < length) {
            doubts.add("data.maxTokens is " + maxTokens + ", less than objective.inputLength " + length
                    + ": the corpus is not one full example");
        }
        List<String> both = new ArrayList<>(config.data().validationFiles());
        both.retainAll(config.data().files());
        if (!both.isEmpty()) {
            doubts.add("data.validationFiles names " + both.get(0) + ", which data.files names too: the loss tells what"
                    + " is remembered, not what is learnt");
        }
        return doubts;
    }

    private static void warnOfUnknown(TrainingData data, Tokenizer tokenizer) {
        data.parts().stream()
                .map(TrainingData.Part::dataset)
                .filter(TaskDataset.class::isInstance)
                .forEach(task -> UnknownTokens.doubt(task, tokenizer.unkId()).ifPresent(LOG::warn));
    }

    private static void warnOfTrimming(Dataset dataset) {
        if (dataset instanceof TaskDataset task && !task.statistics().isComplete()) {
            LOG.warn(
                    "Task {}: {}. Raise inputLength or targetLength to keep them whole.",
                    task.name(),
                    task.statistics().summary());
        }
    }
}
