package org.t5j.train.setup;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.t5j.core.T5Exception;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.data.DataException;
import org.t5j.data.Registry;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.cache.DocumentStore;
import org.t5j.data.cache.TokenCache;
import org.t5j.data.cache.TokenShards;
import org.t5j.data.dataset.CorpusTexts;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.objective.WeightedObjective;
import org.t5j.data.random.ShuffledOrder;
import org.t5j.data.source.LineSource;
import org.t5j.data.source.OnBadRow;
import org.t5j.data.source.RowRules;
import org.t5j.data.source.Source;
import org.t5j.data.source.SourceConfig;
import org.t5j.data.task.Mixture;
import org.t5j.data.task.MixtureConfig;
import org.t5j.data.task.Task;
import org.t5j.data.task.TaskConfig;
import org.t5j.data.task.TaskGeneration;
import org.t5j.data.task.study.StudyTaskConfig;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.config.ConfigException;
import org.t5j.train.config.Doc;
import org.t5j.train.evaluate.TaskDecoding;

/** What is learnt from: a corpus for pre-training, tasks for fine-tuning. */
public record DataSection(
        @Doc(
                "directory that the names of data files start from; by default the configuration file's, and on the command"
                        + " line the working directory")
        Path directory,

        @Doc(
                "for PRETRAIN: `documents` (separated by blank lines), `lines`, `tsv`, `csv`, `jsonl`, `json`, `parquet`, or"
                        + " `tokens` for a directory that `t5j data prepare` made")
        String format,

        @Doc("for PRETRAIN: files, globs and directories of the corpus, plain, .gz or .zst")
        List<String> files,

        @Doc("for PRETRAIN: files and globs to evaluate on") List<String> validationFiles,

        @Doc("for PRETRAIN: columns of TSV and CSV, or fields of other formats; by default the field below")
        List<String> columns,

        @Doc("for PRETRAIN: whether the first line of a TSV or CSV file names the columns")
        boolean header,

        @Doc("for PRETRAIN: path to the records of json, such as data.paragraphs; by default the document")
        String records,

        @Doc("for PRETRAIN: whether a bad row ends the run with an error, or is skipped and counted")
        OnBadRow onBadRow,

        @Doc("for PRETRAIN: bytes of a row at most; longer ones are bad")
        int maxRowBytes,

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

        @Doc("the tasks; for PRETRAIN they are learnt together with the corpus")
        List<TaskConfig> tasks,

        @Doc("tasks of the T5 study by name, from their data sets' own files; more of `tasks`")
        List<StudyTaskConfig> study,

        @Doc("how several tasks, and for PRETRAIN the `corpus`, are mixed; by default in proportion to their examples")
        MixtureConfig mixture,

        @Doc("smaller mixtures that `mixture` may name like tasks, and each those above it")
        List<MixtureConfig> mixtures,

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
        tasks.forEach(task -> requireGeneration(task.name(), task.generation()));
        study.forEach(task -> requireGeneration(task.name(), task.generation()));
        new BatchConfig(batchSize, 0L, bucketBatches, padToMultiple, prefetch, pack, packWindow, null, null);
    }

    /** Beams may also come from the section of evaluations. */
    private static void requireGeneration(String task, TaskGeneration generation) {
        try {
            if (generation != null) {
                TaskDecoding.over(GenerationConfig.builder().numBeams(2).build(), generation);
            }
        } catch (T5Exception e) {
            throw new ConfigException(
                    "task \"" + task + "\" cannot generate so: "
                            + e.getMessage().replace("numBeams", "beams"),
                    e);
        }
    }

    /** No files; batches of 32 examples, bucketed over 64 batches. */
    public static DataSection defaults() {
        return new DataSection(
                null,
                "documents",
                List.of(),
                List.of(),
                List.of(),
                false,
                null,
                OnBadRow.ERROR,
                RowRules.DEFAULT.maxBytes(),
                "text",
                null,
                false,
                null,
                List.of(),
                List.of(),
                null,
                List.of(),
                ShuffledOrder.WINDOW,
                32,
                64,
                8,
                8,
                false,
                64);
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
        boolean ofFields = Set.of("jsonl", "json", "parquet").contains(format);
        List<String> read = ofFields && columns.isEmpty() ? List.of(field) : columns;
        SourceConfig source;
        try {
            checkFormat(format);
            source = new SourceConfig(format, names, read, header, records, onBadRow, maxRowBytes);
        } catch (DataException e) {
            throw new ConfigException("data: " + e.getMessage(), e);
        }
        checkField(read.isEmpty() && !header ? List.of(LineSource.TEXT) : read);
        return source.toSource(Path.of(""));
    }

    private static void checkFormat(String format) {
        Registry<String> known = new Registry<>("format");
        SourceConfig.formats().forEach(name -> known.add(name, name));
        known.add(TOKENS, TOKENS).get(format);
    }

    /** @param known empty where only the files tell */
    private void checkField(List<String> known) {
        if (!known.isEmpty() && !known.contains(field)) {
            throw new ConfigException("data.field is " + field + ", but the fields are " + known
                    + "; name one of those, or give data.columns as the files have them");
        }
    }

    /** The mixture of all tasks to fine-tune on. */
    Mixture taskMixture() {
        if (!hasTasks()) {
            throw new ConfigException("data.tasks names no task to fine-tune on; give at least one (--train FILE), "
                    + "or set mode: PRETRAIN and give data.files");
        }
        return configuredMixture().ofTasks();
    }

    /** The mixture of the corpus and all tasks to pre-train on. */
    Mixture pretrainingMixture() {
        return configuredMixture().withCorpus();
    }

    private ConfiguredMixture configuredMixture() {
        return new ConfiguredMixture(allTasks(), mixture, mixtures);
    }

    /** Whether there are tasks, of one's own or of the study. */
    public boolean hasTasks() {
        return !tasks.isEmpty() || !study.isEmpty();
    }

    /** One's own tasks, then those of the study. */
    public List<Task> allTasks() {
        List<Task> all = Stream.concat(
                        tasks.stream().map(task -> task.toTask(Path.of(""))),
                        study.stream().map(task -> task.toTask(Path.of(""))))
                .toList();
        Set<String> names = new HashSet<>();
        for (Task task : all) {
            if (!names.add(task.name())) {
                throw new ConfigException("data.tasks and data.study have two tasks named \"" + task.name()
                        + "\"; give each a name of its own, or one of them the files of both");
            }
        }
        return all;
    }

    /** The tasks that have nothing to train on and so only evaluate, such as MNLI's matched part. */
    List<Task> evaluatedTasks() {
        return allTasks().stream()
                .filter(task -> !ConfiguredMixture.isLearnt(task))
                .toList();
    }
}
