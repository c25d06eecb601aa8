package org.t5j.train.setup;

import java.nio.file.Path;
import java.util.List;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.dataset.PretrainingDataset;
import org.t5j.data.objective.Objective;
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
        @Doc("for PRETRAIN: `documents` (separated by blank lines), `lines`, `jsonl` or `tsv`")
        String format,

        @Doc("for PRETRAIN: files and globs of the corpus, plain or gzip")
        List<String> files,

        @Doc("for PRETRAIN: files and globs to evaluate on") List<String> validationFiles,

        @Doc("for PRETRAIN: columns of TSV or fields of JSONL; by default the field below")
        List<String> columns,

        @Doc("for PRETRAIN: the field that holds a document")
        String field,

        @Doc("for FINETUNE: the tasks") List<TaskConfig> tasks,

        @Doc("for FINETUNE: how several tasks are mixed; by default in proportion to their examples")
        MixtureConfig mixture,

        @Doc("examples in a batch") int batchSize,

        @Doc("batches within whose window examples of like length are put together; 1 for none")
        int bucketBatches,

        @Doc("lengths of batches are rounded up to a multiple of this; 0 pads to the full length")
        int padToMultiple,

        @Doc("batches that are made ahead") int prefetch) {

    /** No files; batches of 32 examples, bucketed over 64 batches. */
    public static DataSection defaults() {
        return new DataSection("documents", List.of(), List.of(), List.of(), "text", List.of(), null, 32, 64, 8, 8);
    }

    DataSection resolved(Path base) {
        return new DataSection(
                format,
                absolute(base, files),
                absolute(base, validationFiles),
                columns,
                field,
                tasks.stream().map(task -> absolute(base, task)).toList(),
                mixture,
                batchSize,
                bucketBatches,
                padToMultiple,
                prefetch);
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
        return new BatchConfig(batchSize, seed, bucketBatches, padToMultiple, prefetch);
    }

    /** The corpus to pre-train on. */
    PretrainingDataset corpus(Objective objective, Tokenizer tokenizer) {
        if (files.isEmpty()) {
            throw new ConfigException("data.files names no files to pre-train on; give at least one (--train FILE), "
                    + "or set mode: FINETUNE and give data.tasks");
        }
        return PretrainingDataset.load("corpus", source(files), field, objective, tokenizer);
    }

    /** The corpus to evaluate pre-training on; {@link #validationFiles} must not be empty. */
    PretrainingDataset validationCorpus(Objective objective, Tokenizer tokenizer) {
        return PretrainingDataset.load("validation", source(validationFiles), field, objective, tokenizer);
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
