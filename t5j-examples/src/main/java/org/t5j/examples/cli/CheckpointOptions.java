package org.t5j.examples.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.t5j.core.SequenceModel;
import org.t5j.core.decode.Averaging;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.train.run.ModelDirectories;
import org.t5j.train.run.VocabularyFiles;
import org.t5j.train.setup.TokenizerSection;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The model that a command works with, or several that answer together, and the vocabulary. */
final class CheckpointOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR[,DIR...]",
            description =
                    "A model directory with its tokenizer files, or a run directory, whose best checkpoint is taken."
                            + " Several, by commas or by repeating the option, answer together as an ensemble.")
    private List<String> checkpoints;

    @Option(
            names = "--ensemble",
            paramLabel = "WHAT",
            description = "What is averaged over several checkpoints: LOGITS, as in the T5 paper and the default, or"
                    + " PROBABILITIES, Mesh TensorFlow's default.")
    private Averaging averaging;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "A .model file; the checkpoint's vocabulary if not given.")
    private Path tokenizer;

    private ModelDirectories models;

    /** The models, found once. */
    ModelDirectories models() {
        if (models == null) {
            List<Path> named = checkpoints.stream().flatMap(this::split).toList();
            if (averaging != null && named.size() == 1) {
                throw new ParameterException(
                        command.commandLine(),
                        "--ensemble needs several checkpoints to average, found one; name more with --checkpoint or"
                                + " leave --ensemble out");
            }
            models = new ModelDirectories(named, averaging == null ? Averaging.LOGITS : averaging);
        }
        return models;
    }

    /** A directory may have commas in its name. */
    private Stream<Path> split(String value) {
        if (!value.isEmpty() && Files.exists(Path.of(value))) {
            return Stream.of(Path.of(value));
        }
        List<String> names = List.of(value.split(",", -1));
        if (names.contains("")) {
            throw new ParameterException(
                    command.commandLine(),
                    "--checkpoint \"" + value + "\" holds an empty name; leave out the comma that is too many");
        }
        return names.stream().map(Path::of);
    }

    /** Whether several models are to answer together. */
    boolean several() {
        return models().paths().size() > 1;
    }

    /** What was named, where that is one: a model or a run. */
    Path given() {
        return Path.of(checkpoints.get(0));
    }

    /** The directory of the model, or of the first. */
    Path directory() {
        return models().first();
    }

    /** The model or the ensemble; the caller closes it. */
    SequenceModel load() {
        return models().load();
    }

    Tokenizer tokenizer() {
        return tokenizer(models().first());
    }

    /** @param directory of the model, which need not be the best of its run */
    Tokenizer tokenizer(Path directory) {
        return tokenizer == null
                ? several()
                        ? models().tokenizer()
                        : VocabularyFiles.in(directory).tokenizer()
                : VocabularyFiles.of(new TokenizerSection(tokenizer, null, null))
                        .tokenizer();
    }
}
