package org.t5j.train.setup;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.cache.TokenCache;
import org.t5j.data.cache.TokenShards;
import org.t5j.data.dataset.CorpusTexts;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.objective.WeightedObjective;
import org.t5j.data.random.ShuffledOrder;
import org.t5j.data.source.Source;
import org.t5j.data.source.SourceConfig;
import org.t5j.data.task.MixingRate;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.MixtureConfig;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskConfig;
import org.t5j.data.task.TaskRegistry;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.config.ConfigException;
import org.t5j.train.config.Doc;

/** What is learnt from: a corpus for pre-training, tasks for fine-tuning. */
public record DataSection(
        @Doc(
                "for PRETRAIN: `documents` (separated by blank lines), `lines`, `jsonl`, `tsv`, or `tokens` for a directory"
                        + " that `t5j data prepare` made")
        String format,

        @Doc("for PRETRAIN: files and globs of the corpus, plain or gzip")
        List<String> files,

        @Doc("for PRETRAIN: files and globs to evaluate on") List<String> validationFiles,

        @Doc("for PRETRAIN: columns of TSV or fields of JSONL; by default the field below")
        List<String> columns,

        @Doc("for PRETRAIN: the field that holds a document")
        String field,

        @Doc(
                "for PRETRAIN: the corpus is cut to that many tokens, whole documents and a part of the last; by default it is"
                        + " read whole")
        Long maxTokens,

        @Doc("for PRETRAIN: whether every epoch has the masks of the first, and only the order is new")
        boolean frozenNoise,

        @Doc(
                "directory for the tokens of more than 64 MB of files, tokenized once; by default `cache` in the run directory")
        Path cache,

        @Doc("for FINETUNE: the tasks") List<TaskConfig> tasks,

        @Doc("for FINETUNE: how several tasks are mixed; by default in proportion to their examples")
        MixtureConfig mixture,

        @Doc("examples that are shuffled among each other; a smaller data set is shuffled as a whole, of a larger one"
                + " windows of that many, made of short runs from everywhere")
        int shuffleWindow,

        @Doc("rows in a batch: examples, or with pack rows of several examples")
        int batchSize,

        @Doc("batches within whose window examples of like length are put together; 1 for none")
        int bucketBatches,

        @Doc("lengths of batches are rounded up to a multiple of this; 0 pads to the full length")
        int padToMultiple,

        @Doc("batches that are made ahead") int prefetch,

        @Doc("whether several examples share a row, kept apart by segments; lengths are then those of full rows")
        boolean pack,

        @Doc("examples among which those are sought that fill a row, with pack")
        int packWindow) {

    private static final String TOKENS = "tokens";

    public DataSection {
        if (shuffleWindow < 1) {
            throw new ConfigException("data.shuffleWindow is " + shuffleWindow + ", but must be at least 1");
        }
        if (maxTokens != null && maxTokens < 1) {
            throw new ConfigException("data.maxTokens is " + maxTokens + ", but must be at least 1");
        }
    }

    /** No files; batches of 32 examples, bucketed over 64 batches. */
    public static DataSection defaults() {
        return new DataSection(
                "documents",
                List.of(),
                List.of(),
                List.of(),
                "text",
                null,
                false,
                null,
                List.of(),
                null,
                ShuffledOrder.WINDOW,
                32,
                64,
                8,
                8,
                false,
                64);
    }

    DataSection resolved(Path base) {
        return new DataSection(
                format,
                absolute(base, files),
                absolute(base, validationFiles),
                columns,
                field,
                maxTokens,
                frozenNoise,
                cache == null ? null : base.toAbsolutePath().normalize().resolve(cache),
                tasks.stream().map(task -> absolute(base, task)).toList(),
                mixture,
                shuffleWindow,
                batchSize,
                bucketBatches,
                padToMultiple,
                prefetch,
                pack,
                packWindow);
    }

    private static TaskConfig absolute(Path base, TaskConfig task) {
        return new TaskConfig(
                task.name(),
                task.format(),
                absolute(base, task.train()),
                absolute(base, task.validation()),
                absolute(base, task.test()),
                task.columns(),
                task.input(),
                task.target(),
                task.prefix(),
                task.inputLength(),
                task.targetLength(),
                task.metrics());
    }

    /** Globs are no paths on every system, so they are joined as text. */
    private static List<String> absolute(Path base, List<String> patterns) {
        return patterns.stream()
                .map(pattern -> pattern.startsWith("/") || pattern.matches("^[A-Za-z]:.*")
                        ? pattern
                        : base.toAbsolutePath().normalize() + "/" + pattern)
                .toList();
    }

    /**
     * How examples are put into batches.
     *
     * @param seed of their order
     */
    public BatchConfig batches(long seed) {
        return new BatchConfig(batchSize, seed, bucketBatches, padToMultiple, prefetch, pack, packWindow, null, null);
    }

    /** The corpus to pre-train on, under one objective or several that share its documents. */
    TrainingData corpus(List<WeightedObjective> objectives, Tokenizer tokenizer, TokenCache tokens) {
        if (files.isEmpty()) {
            throw new ConfigException("data.files names no files to pre-train on; give at least one (--train FILE), "
                    + "or set mode: FINETUNE and give data.tasks");
        }
        DocumentStore documents = documents("corpus", files, Task.TRAIN, tokenizer, tokens);
        DocumentStore read = maxTokens == null ? documents : documents.first(maxTokens);
        return TrainingData.ofCorpus("corpus", read, objectives, frozenNoise, tokenizer)
                .withShuffleWindow(shuffleWindow);
    }

    /** The documents to evaluate pre-training on; {@link #validationFiles} must not be empty. */
    DocumentStore validationCorpus(Tokenizer tokenizer, TokenCache tokens) {
        return documents("validation", validationFiles, Task.VALIDATION, tokenizer, tokens);
    }

    private DocumentStore documents(
            String name, List<String> names, String split, Tokenizer tokenizer, TokenCache tokens) {
        if (!format.equals(TOKENS)) {
            return tokens.load(new CorpusTexts(name, source(names), field), tokenizer);
        }
        if (names.size() != 1) {
            throw new ConfigException(
                    "data.format is tokens, so one directory that holds them must be named, but found " + names);
        }
        return TokenShards.open(Path.of(names.get(0)), split, tokenizer);
    }

    private Source source(List<String> names) {
        boolean named = format.equals("jsonl") && columns.isEmpty();
        return new SourceConfig(format, names, named ? List.of(field) : columns).toSource(Path.of(""));
    }

    /** The mixture of all tasks to fine-tune on. */
    Mixture taskMixture() {
        if (tasks.isEmpty()) {
            throw new ConfigException("data.tasks names no task to fine-tune on; give at least one (--train FILE), "
                    + "or set mode: PRETRAIN and give data.files");
        }
        List<Task> all = tasks.stream().map(task -> task.toTask(Path.of(""))).toList();
        if (mixture == null) {
            return Mixture.of("all", MixingRate.proportional(Double.POSITIVE_INFINITY, 1, 1), all.toArray(new Task[0]));
        }
        TaskRegistry registry = new TaskRegistry();
        all.forEach(registry::add);
        return mixture.toMixture(registry);
    }
}
