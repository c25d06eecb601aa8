package org.t5j.train.setup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.dataset.PretrainingDataset;
import org.t5j.data.objective.Objective;
import org.t5j.data.source.Source;
import org.t5j.data.source.SourceConfig;
import org.t5j.data.task.Corpus;
import org.t5j.data.task.Ingredient;
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
        @Doc("directory that the names of data files start from; by default the configuration file's")
        Path directory,

        @Doc("for PRETRAIN: `documents` (separated by blank lines), `lines`, `jsonl` or `tsv`")
        String format,

        @Doc("for PRETRAIN: files and globs of the corpus, plain or gzip")
        List<String> files,

        @Doc("for PRETRAIN: files and globs to evaluate on") List<String> validationFiles,

        @Doc("for PRETRAIN: columns of TSV or fields of JSONL; by default the field below")
        List<String> columns,

        @Doc("for PRETRAIN: the field that holds a document")
        String field,

        @Doc("the tasks; for PRETRAIN they are learnt together with the corpus")
        List<TaskConfig> tasks,

        @Doc("how several tasks, and for PRETRAIN the `corpus`, are mixed; by default in proportion to their examples")
        MixtureConfig mixture,

        @Doc("smaller mixtures that `mixture` may name like tasks, and each those above it")
        List<MixtureConfig> mixtures,

        @Doc("examples in a batch") int batchSize,

        @Doc("batches within whose window examples of like length are put together; 1 for none")
        int bucketBatches,

        @Doc("lengths of batches are rounded up to a multiple of this; 0 pads to the full length")
        int padToMultiple,

        @Doc("batches that are made ahead") int prefetch) {

    /** No files; batches of 32 examples, bucketed over 64 batches. */
    public static DataSection defaults() {
        return new DataSection(
                null, "documents", List.of(), List.of(), List.of(), "text", List.of(), null, List.of(), 32, 64, 8, 8);
    }

    DataSection resolved(Path configuration) {
        Path base = directory == null ? configuration : directory;
        return new DataSection(
                directory,
                format,
                absolute(base, files),
                absolute(base, validationFiles),
                columns,
                field,
                tasks.stream()
                        .map(task -> task.withFiles(names -> absolute(base, names)))
                        .toList(),
                mixture,
                mixtures,
                batchSize,
                bucketBatches,
                padToMultiple,
                prefetch);
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
        List<Task> made = madeTasks();
        return mixture == null ? bySize(List.copyOf(made)) : mixed(made);
    }

    /** The mixture of the corpus and all tasks to pre-train on. */
    Mixture pretrainingMixture() {
        List<Task> made = madeTasks();
        if (mixture == null) {
            List<Ingredient> all = new ArrayList<>(made);
            all.add(0, new Corpus());
            return bySize(all);
        }
        Mixture mixed = mixed(made);
        if (mixed.leaves().stream().noneMatch(Corpus.class::isInstance)) {
            throw new ConfigException("data.mixture does not draw from the corpus of data.files; name it " + Corpus.NAME
                    + " in rates or proportional, or set mode: FINETUNE to train on the tasks alone");
        }
        return mixed;
    }

    private List<Task> madeTasks() {
        return tasks.stream().map(task -> task.toTask(Path.of(""))).toList();
    }

    private static Mixture bySize(List<Ingredient> parts) {
        return Mixture.of(
                "all", MixingRate.proportional(Double.POSITIVE_INFINITY, 1, 1), parts.toArray(new Ingredient[0]));
    }

    private Mixture mixed(List<Task> made) {
        TaskRegistry known = new TaskRegistry().add(new Corpus());
        made.forEach(known::add);
        mixtures.forEach(smaller -> known.add(smaller.toMixture(known)));
        return mixture.toMixture(known);
    }
}
