package org.t5j.examples.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.data.dataset.TaskDataset;
import org.t5j.data.dataset.TrainingData;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.TrainConfig;

/** The batches that a training with a configuration would get first, without its model. */
public final class DrawnExamples implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final TrainingData data;
    private final BatchConfig config;
    private final BatchStream batches;
    private final Path temporary;

    private DrawnExamples(Tokenizer tokenizer, TrainingData data, BatchConfig config, Path temporary) {
        this.tokenizer = tokenizer;
        this.data = data;
        this.config = config;
        this.batches = BatchStream.open(data, config, DataPosition.start());
        this.temporary = temporary;
    }

    /**
     * Opens the data of a training.
     *
     * @param file that the configuration is of, or null; in a run directory tokens are found beside it
     */
    public static DrawnExamples open(TrainConfig config, Path file) throws IOException {
        Path kept = file == null ? null : file.toAbsolutePath().resolveSibling("cache");
        Path temporary = kept != null && Files.isDirectory(kept) ? null : Files.createTempDirectory("t5j-inspect");
        boolean opened = false;
        try {
            Tokenizer tokenizer = VocabularyFiles.of(config.tokenizer()).tokenizer();
            Learning learning = Learning.of(config, tokenizer, temporary == null ? kept : temporary);
            DrawnExamples drawn =
                    new DrawnExamples(tokenizer, learning.data(), config.data().batches(config.seed()), temporary);
            opened = true;
            return drawn;
        } finally {
            if (!opened) {
                delete(temporary);
            }
        }
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** The next batch, as it goes to the model. */
    public Batch next() {
        return batches.next();
    }

    /** Whether batches are drawn from several data sets. */
    public boolean isMixture() {
        return data.parts().size() > 1;
    }

    /** Examples in an epoch of the tasks; empty with a corpus, whose examples are cut from documents on the way. */
    public OptionalLong examples() {
        boolean tasks = data.parts().stream().allMatch(part -> part.dataset() instanceof TaskDataset);
        return tasks ? OptionalLong.of(data.examples()) : OptionalLong.empty();
    }

    /** The first examples of each data set, by name. */
    public Map<String, List<ShownExample>> first(int count) {
        Map<String, List<ShownExample>> all = new LinkedHashMap<>();
        for (TrainingData.Part part : data.parts()) {
            List<ShownExample> examples = all.computeIfAbsent(part.dataset().name(), name -> new ArrayList<>());
            TrainingData one = TrainingData.of(part.dataset()).withShuffleWindow(data.shuffleWindow());
            try (BatchStream stream = BatchStream.open(one, config, DataPosition.start())) {
                while (examples.size() < count) {
                    examples.addAll(ShownExample.of(stream.next()));
                }
            }
            examples.subList(Math.min(count, examples.size()), examples.size()).clear();
        }
        return all;
    }

    private static void delete(Path directory) throws IOException {
        if (directory == null) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    @Override
    public void close() throws IOException {
        batches.close();
        delete(temporary);
    }
}
