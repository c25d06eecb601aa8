package org.t5j.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.t5j.tokenizer.TrainerConfigBuilder;
import org.t5j.tokenizer.train.LineSelection;
import org.t5j.tokenizer.train.TrainingInput;
import picocli.CommandLine.Option;

/** The text that a vocabulary is trained on, and which of its lines count. */
final class TrainingTextOptions {
    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "FILES",
            description = "Text in UTF-8, one sentence or paragraph a line, plain or .gz; several with commas"
                    + " between them or as separate words.")
    private List<String> inputs;

    /** How the lines of the text are read. */
    enum Format {
        text,
        tsv
    }

    @Option(
            names = "--input_format",
            paramLabel = "FORMAT",
            description = "text, or tsv for lines of a text, a tab and how often it occurs.",
            defaultValue = "text")
    private Format format;

    @Option(
            names = {"--input_sentence_size", "--max_lines"},
            paramLabel = "N",
            description = "Train on N lines; 0 for all.",
            defaultValue = "0")
    private long maxLines;

    @Option(
            names = "--shuffle_input_sentence",
            arity = "0..1",
            paramLabel = "BOOL",
            description = "Draw those lines at random; else take the first.",
            defaultValue = "true")
    private boolean shuffle;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Seed of that draw.",
            defaultValue = "" + LineSelection.SPM_SEED)
    private long seed;

    @Option(
            names = "--max_sentence_length",
            paramLabel = "BYTES",
            description = "Longer lines are left out.",
            defaultValue = "4192")
    private int maxBytes;

    @Option(
            names = "--self_test_sample_size",
            paramLabel = "N",
            description = "Lines to keep in the model with their pieces, for programs to test themselves.",
            defaultValue = "0")
    private int selfTestSamples;

    @Option(
            names = "--random_seed",
            paramLabel = "N",
            description = "Seed of the draw of lines for self tests.",
            defaultValue = "0")
    private long selfTestSeed;

    List<Path> files() {
        return inputs.stream()
                .flatMap(list -> CommaSeparated.parse(list).stream())
                .map(Path::of)
                .toList();
    }

    void check(Subcommand command) {
        command.require(!files().isEmpty(), "--input names no file");
        for (Path file : files()) {
            command.require(Files.isRegularFile(file), "--input " + file + " is not a file");
            command.require(Files.isReadable(file), "--input " + file + " cannot be read; change its permissions");
        }
    }

    TrainingInput text() {
        return format == Format.tsv ? TrainingInput.tsv(files()) : TrainingInput.files(files());
    }

    void addTo(TrainerConfigBuilder builder) {
        int count = (int) Math.min(maxLines, Integer.MAX_VALUE);
        builder.maxLineBytes(maxBytes).selfTest(selfTestSamples, selfTestSeed);
        if (shuffle) {
            builder.sample(count, seed);
        } else {
            builder.firstLines(count);
        }
    }
}
