package org.t5j.data.task;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.Registry;
import org.t5j.data.metric.Metric;
import org.t5j.data.metric.Metrics;
import org.t5j.data.metric.Scored;
import org.t5j.data.preprocess.Preprocessor;
import org.t5j.data.preprocess.Preprocessors;
import org.t5j.data.source.BadRows;
import org.t5j.data.source.ExampleReader;
import org.t5j.data.source.RowRules;
import org.t5j.data.source.Source;

/** A text-to-text task: sources by split, preprocessing, lengths, metrics. Immutable; make one with {@link #builder}. */
public final class Task implements Ingredient {

    /** The split that training reads. */
    public static final String TRAIN = "train";

    /** The split that evaluation during training reads. */
    public static final String VALIDATION = "validation";

    /** The split for the last word. */
    public static final String TEST = "test";

    private final String name;
    private final Registry<Source> sources;
    private final Preprocessor preprocessor;
    private final int inputLength;
    private final int targetLength;
    private final Scoring scoring;
    private final Function<Example, List<String>> choices;
    private final TaskGeneration generation;

    private Task(Builder builder) {
        name = builder.name;
        sources = new Registry<>("split of task '" + name + "'");
        builder.sources.forEach(sources::add);
        preprocessor = builder.preprocessor;
        inputLength = builder.inputLength;
        targetLength = builder.targetLength;
        scoring = new Scoring(toString(), builder.metrics, builder.postprocessor);
        choices = builder.choices;
        generation = builder.generation;
    }

    /** Starts a task of that name. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The name that scores, logs and mixtures know the task by. */
    @Override
    public String name() {
        return name;
    }

    /** The splits that have a source. */
    public Set<String> splits() {
        return sources.names();
    }

    /** Length of the inputs in ids at most, end-of-sequence token included; longer ones are trimmed. */
    public int inputLength() {
        return inputLength;
    }

    /** Length of the targets in ids at most, end-of-sequence token included; longer ones are trimmed. */
    public int targetLength() {
        return targetLength;
    }

    /**
     * The first examples of a split after preprocessing, with inputs and targets, in the order of the source.
     *
     * @param limit how many examples at most
     * @throws DataException if there is no such split, no example is left, or its source cannot be read
     */
    public List<Example> examples(String split, int limit) {
        return examples(split, limit, rows -> {});
    }

    /**
     * {@link #examples(String, int)}, with a report.
     *
     * @param skipped told of the bad rows that were passed over, if there are some
     */
    public List<Example> examples(String split, int limit, Consumer<BadRows> skipped) {
        List<Example> examples = new ArrayList<>();
        try (ExampleReader reader = open(split)) {
            for (Example each = reader.next(); each != null; each = examples.size() < limit ? reader.next() : null) {
                examples.add(each);
            }
            if (reader.badRows().count() > 0) {
                skipped.accept(reader.badRows());
            }
        }
        DataException.check(
                !examples.isEmpty(),
                "The preprocessors of task '%s' leave no example of split '%s'. Check its filters.",
                name,
                split);
        return examples;
    }

    /**
     * Starts reading a split after preprocessing, with inputs and targets, in the order of the source.
     *
     * @return a reader for one thread, without positions; the caller closes it
     * @throws DataException if there is no such split or its source cannot be read
     */
    public ExampleReader open(String split) {
        return new PreprocessedReader(sources.get(split).open(0), preprocessor);
    }

    /** The files that a split is read from, in order; none for examples in memory. */
    public List<Path> files(String split) {
        return sources.get(split).files();
    }

    /** How the rows of a split's files are judged. */
    public RowRules rules(String split) {
        return sources.get(split).rules();
    }

    /** All examples of a split, see {@link #examples(String, int)}. */
    public List<Example> examples(String split) {
        return examples(split, Integer.MAX_VALUE);
    }

    /**
     * Scores predictions by all metrics of the task, after postprocessing predictions and targets.
     *
     * @param examples what was asked
     * @param predictions decoded texts, in the same order
     * @return score name → value, in the order of the metrics
     * @throws DataException if there is not one for each, or an example has no label
     */
    public Map<String, Double> score(List<Example> examples, List<String> predictions) {
        return scoring.score(examples, predictions);
    }

    /**
     * What the metrics compare for one example: the texts after postprocessing, and of the example no more than inputs,
     * targets and the {@link Metric#fields} of the metrics.
     *
     * @param prediction decoded text
     */
    public Scored scored(Example example, String prediction) {
        return scoring.scoredAlone(example, prediction);
    }

    /** Whether the right answer to an example is known, see {@link Postprocessor#hasLabel}. */
    public boolean hasLabel(Example example) {
        return scoring.hasLabel(example);
    }

    /**
     * The metric that gives each score, by the score's name, in the order of the metrics. The first score is the one to
     * choose checkpoints by.
     */
    public Map<String, Metric> scores() {
        return scoring.scores();
    }

    /**
     * What has to be quoted with the scores of {@code examples}, see {@link Metric#signature}.
     *
     * @return score name → signature, for the metrics that have one
     */
    public Map<String, String> signatures(List<Example> examples) {
        return scoring.signatures(examples);
    }

    /** Metrics by name, in the order they were added; the first is the one to choose checkpoints by. */
    public Map<String, Metric> metrics() {
        return new LinkedHashMap<>(scoring.metrics());
    }

    /** How outputs are written, where the task says it. */
    public TaskGeneration generation() {
        return generation;
    }

    /** Whether evaluation ranks given answers instead of letting the model write. */
    public boolean hasChoices() {
        return choices != null;
    }

    /**
     * The answers that evaluation ranks for an example, its target among them if it has a label.
     *
     * @param example after preprocessing
     * @return at least two; empty for a task whose answers the model writes
     * @throws DataException if there is only one, or the target is none of them
     */
    public List<String> choices(Example example) {
        if (choices == null) {
            return List.of();
        }
        List<String> answers = choices.apply(example);
        DataException.check(
                answers.size() >= 2 && (!hasLabel(example) || answers.contains(example.targets())),
                "%s has the target '%s' and the choices %s of %s. Give at least two, the target among them.",
                example.origin(),
                example.targets(),
                answers,
                this);
        return List.copyOf(answers);
    }

    @Override
    public String toString() {
        return "task '" + name + "'";
    }

    /** Collects what a task is made of. */
    public static final class Builder {
        private final String name;
        private final Map<String, Source> sources = new LinkedHashMap<>();
        private final Map<String, Metric> metrics = new LinkedHashMap<>();
        private Preprocessor preprocessor = List::of;
        private Postprocessor postprocessor = Postprocessor.of(UnaryOperator.identity());
        private Function<Example, List<String>> choices;
        private int inputLength = 512;
        private int targetLength = 512;
        private TaskGeneration generation = TaskGeneration.NONE;

        private Builder(String name) {
            DataException.check(name != null && !name.isBlank(), "A task needs a name.");
            this.name = name;
        }

        /** Where a split's examples come from. */
        public Builder source(String split, Source source) {
            sources.put(split, source);
            return this;
        }

        /** Adds a step of preprocessing; steps run in the order they are added. */
        public Builder preprocess(Preprocessor step) {
            preprocessor = preprocessor.then(step);
            return this;
        }

        /** Adds the step that puts {@code prefix} in front of the inputs, such as {@code "summarize: "}. */
        public Builder prefix(String prefix) {
            return preprocess(Preprocessors.prefix(prefix));
        }

        /** Length of the inputs at most, end-of-sequence token included; default 512. */
        public Builder inputLength(int ids) {
            inputLength = ids;
            return this;
        }

        /** Length of the targets at most, end-of-sequence token included; default 512. */
        public Builder targetLength(int ids) {
            targetLength = ids;
            return this;
        }

        /** Adds a metric of {@link Metrics}. */
        public Builder metric(String metricName) {
            return metric(metricName, Metrics.named(metricName));
        }

        /** Adds a metric of one's own. */
        public Builder metric(String metricName, Metric metric) {
            metrics.put(metricName, metric);
            return this;
        }

        /** How outputs are written; null, the default, leaves it to what evaluates. */
        public Builder generation(TaskGeneration newGeneration) {
            generation = newGeneration == null ? TaskGeneration.NONE : newGeneration;
            return this;
        }

        /** What is done to predictions and targets before they are scored, such as {@code String::strip}. */
        public Builder postprocess(UnaryOperator<String> function) {
            return postprocess(Postprocessor.of(function));
        }

        /** What is done to predictions and targets before they are scored, each in its own way. */
        public Builder postprocess(Postprocessor newPostprocessor) {
            postprocessor = newPostprocessor;
            return this;
        }

        /**
         * Has evaluation rank answers by their likelihood instead of letting the model write (rank classification).
         *
         * @param answers the possible answers to a preprocessed example, its target among them
         */
        public Builder choices(Function<Example, List<String>> answers) {
            choices = answers;
            return this;
        }

        /** {@link #choices(Function)} that are the same for every example, such as the names of classes. */
        public Builder choices(String... answers) {
            List<String> all = List.of(answers);
            return choices(example -> all);
        }

        /**
         * @throws DataException if there is no source, a length is too small for one token and its end, or two metrics give
         *     scores of the same name
         */
        public Task build() {
            DataException.check(
                    !sources.isEmpty(), "Task '%s' has no source. Give it at least a '%s' split.", name, TRAIN);
            checkLengths(name, inputLength, targetLength);
            return new Task(this);
        }
    }

    static void checkLengths(String name, int inputLength, int targetLength) {
        DataException.check(
                inputLength >= 2 && targetLength >= 2,
                "Task '%s' has inputLength %d and targetLength %d, but both must be at least 2: "
                        + "one token and the end of sequence.",
                name,
                inputLength,
                targetLength);
    }
}
