package org.t5j.examples.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.t5j.data.batch.Batch;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.Learning;
import org.t5j.train.setup.TrainConfig;

/** The batches that a training with a configuration would get first, without its model. */
public final class DrawnExamples implements AutoCloseable {
    private final Tokenizer tokenizer;
    private final BatchStream batches;
    private final Path temporary;

    private DrawnExamples(Tokenizer tokenizer, BatchStream batches, Path temporary) {
        this.tokenizer = tokenizer;
        this.batches = batches;
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
            BatchStream batches =
                    BatchStream.open(learning.data(), config.data().batches(config.seed()), DataPosition.start());
            opened = true;
            return new DrawnExamples(tokenizer, batches, temporary);
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
