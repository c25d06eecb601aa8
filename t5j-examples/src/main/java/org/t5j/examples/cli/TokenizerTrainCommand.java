package org.t5j.examples.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.normalize.NormalizationRule;
import org.t5j.tokenizer.unigram.UnigramTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "train", description = "Trains a unigram vocabulary on text, as spm_train does, with T5's special ids.")
final class TokenizerTrainCommand extends Subcommand {
    private static final OptionNames NAMES = new OptionNames(Map.of(
            "TrainerConfig: ", "",
            "vocabSize", "--vocab-size",
            "characterCoverage", "--character-coverage",
            "maxLines", "--max-lines",
            "userDefinedSymbols", "--symbol"));

    @Option(
            names = "--input",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Text in UTF-8, one sentence or paragraph a line, plain or .gz.")
    private List<Path> inputs;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "The .model file to write.")
    private Path output;

    @Option(names = "--vocab-size", paramLabel = "N", description = "Number of pieces.", defaultValue = "8000")
    private int vocabSize;

    @Option(
            names = "--character-coverage",
            paramLabel = "SHARE",
            description = "Share of the characters that get a piece; rarer ones become unknown.",
            defaultValue = "0.9995")
    private double characterCoverage;

    @Option(
            names = "--max-lines",
            paramLabel = "N",
            description = "Train on N lines drawn at random; 0 for all.",
            defaultValue = "0")
    private int maxLines;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of that draw.", defaultValue = "0")
    private long seed;

    @Option(names = "--byte-fallback", description = "Encode unknown characters as bytes; takes 256 pieces.")
    private boolean byteFallback;

    @Option(
            names = "--symbol",
            paramLabel = "TEXT",
            description = "Text that always stays in one piece; may be repeated.")
    private List<String> symbols = List.of();

    @Option(
            names = "--normalization",
            paramLabel = "RULE",
            description = "Character replacement: ${COMPLETION-CANDIDATES}.",
            defaultValue = "NMT_NFKC")
    private NormalizationRule normalization;

    @Override
    public Integer call() {
        for (Path input : inputs) {
            require(Files.isRegularFile(input), "--input " + input + " is not a file");
            require(Files.isReadable(input), "--input " + input + " cannot be read; change its permissions");
        }
        Path directory = output.toAbsolutePath().getParent();
        require(!Files.isDirectory(output), "--output " + output + " is a directory; name a file in it");
        require(Files.isDirectory(directory), "--output is to be in " + directory + ", which is not a directory");
        TrainerConfig config = made(NAMES, this::config);
        long started = System.nanoTime();
        ModelProto model = train(config);
        model.write(output);
        err().printf(
                        "Trained %d pieces on %d file%s in %.1f s%n",
                        model.pieces().size(),
                        inputs.size(),
                        inputs.size() == 1 ? "" : "s",
                        (System.nanoTime() - started) / 1e9);
        out().println(output);
        return 0;
    }

    private TrainerConfig config() {
        return TrainerConfig.builder(vocabSize)
                .characterCoverage(characterCoverage)
                .byteFallback(byteFallback)
                .userDefinedSymbols(symbols)
                .normalization(normalization)
                .sample(maxLines, seed)
                .build();
    }

    private ModelProto train(TrainerConfig config) {
        try {
            return new UnigramTrainer(config).train(inputs.stream().flatMap(TokenizerTrainCommand::lines));
        } catch (TokenizerException e) {
            throw new TokenizerException(NAMES.in(e.getMessage()), e);
        }
    }

    private static Stream<String> lines(Path file) {
        try {
            InputStream in = Files.newInputStream(file);
            boolean gzip = file.toString().endsWith(".gz");
            BufferedReader reader = new BufferedReader(
                    new InputStreamReader(gzip ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8));
            return reader.lines().onClose(() -> close(reader));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(BufferedReader reader) {
        try {
            reader.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
