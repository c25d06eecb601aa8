package org.t5j.examples.cli;

import java.nio.file.Path;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.run.ModelDirectory;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.TokenizerSection;
import picocli.CommandLine.Option;

/** The model that a command works with, and its vocabulary. */
final class CheckpointOptions {
    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description =
                    "A model directory with its tokenizer files, or a run directory, whose best checkpoint is taken.")
    private Path checkpoint;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "A .model file; the checkpoint's vocabulary if not given.")
    private Path tokenizer;

    /** What was named: a model or a run. */
    Path given() {
        return checkpoint;
    }

    Path directory() {
        return ModelDirectory.of(checkpoint);
    }

    /** @param directory what {@link #directory} gave */
    Tokenizer tokenizer(Path directory) {
        return tokenizer == null
                ? VocabularyFiles.in(directory).tokenizer()
                : VocabularyFiles.of(new TokenizerSection(tokenizer, null, null))
                        .tokenizer();
    }
}
