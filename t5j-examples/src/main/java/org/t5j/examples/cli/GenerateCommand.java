package org.t5j.examples.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.train.run.ModelDirectory;
import org.t5j.train.run.VocabularyFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "generate",
        description =
                "Writes an output for every input: one line for each --input, or for each line of standard input.")
final class GenerateCommand extends Subcommand {
    private static final Logger LOG = LoggerFactory.getLogger(GenerateCommand.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--checkpoint",
            required = true,
            paramLabel = "DIR",
            description =
                    "A model directory with its spiece.model, or a run directory, whose best checkpoint is taken.")
    private Path checkpoint;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "A .model file; the checkpoint's spiece.model if not given.")
    private Path tokenizerFile;

    @Option(names = "--input", paramLabel = "TEXT", description = "A text with its task prefix; may be repeated.")
    private List<String> inputs = List.of();

    @Mixin
    private DecodingOptions decoding;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Lines decoded side by side, where so many are waiting.",
            defaultValue = "16")
    private int batchSize;

    @Option(
            names = "--max-input-length",
            paramLabel = "N",
            description = "Longer inputs are cut to so many tokens, with a warning.",
            defaultValue = "512")
    private int maxInputLength;

    @Option(names = "--json", description = "Print a JSON object a line: input, output, score, finished, ids.")
    private boolean json;

    @Mixin
    private Threads threads;

    private T5Model model;
    private SentencePieceTokenizer tokenizer;
    private GenerationConfig config;

    @Override
    public Integer call() {
        require(batchSize >= 1, "--batch must be at least 1, found " + batchSize);
        require(maxInputLength >= 1, "--max-input-length must be at least 1, found " + maxInputLength);
        require(decoding.contradiction().isEmpty(), decoding.contradiction());
        threads.apply(this);
        Path directory = ModelDirectory.of(checkpoint);
        tokenizer = tokenizerFile == null
                ? VocabularyFiles.in(directory).tokenizer()
                : SentencePieceTokenizer.load(tokenizerFile);
        try (T5Model loaded = T5Model.load(directory)) {
            model = loaded;
            config = decoding.toConfig(directory, model.config());
            requireVocabularyFits();
            if (inputs.isEmpty()) {
                readLines();
            } else {
                for (int at = 0; at < inputs.size(); at += batchSize) {
                    write(inputs.subList(at, Math.min(inputs.size(), at + batchSize)));
                }
            }
        }
        return 0;
    }

    private void requireVocabularyFits() {
        if (tokenizer.vocabSize() > model.config().vocabSize()) {
            throw new T5Exception("The vocabulary has " + tokenizer.vocabSize() + " ids, sentinels included, but the"
                    + " model only " + model.config().vocabSize()
                    + " embeddings; use the vocabulary that the model was trained with");
        }
    }

    /** Batches the lines that are waiting; a line that comes alone is answered at once. */
    private void readLines() {
        LineInput lines = lines();
        List<String> waiting = new ArrayList<>();
        for (String line = lines.next(); line != null; line = lines.next()) {
            waiting.add(line);
            if (waiting.size() == batchSize || !lines.ready()) {
                write(waiting);
                waiting.clear();
            }
        }
        write(waiting);
    }

    private void write(List<String> texts) {
        if (texts.isEmpty()) {
            return;
        }
        int[][] ids = texts.stream().map(this::encode).toArray(int[][]::new);
        List<List<Generated>> outputs = model.generate(ids, config);
        for (int i = 0; i < ids.length; i++) {
            print(texts.get(i), outputs.get(i).get(0));
        }
        out().flush();
    }

    private int[] encode(String text) {
        int[] ids = tokenizer.encode(text);
        if (ids.length >= maxInputLength) {
            LOG.warn(
                    "An input of {} tokens is cut to {} (--max-input-length): {}",
                    ids.length + 1,
                    maxInputLength,
                    text.substring(0, Math.min(60, text.length())));
        }
        int[] ended = Arrays.copyOf(ids, Math.min(ids.length, maxInputLength - 1) + 1);
        ended[ended.length - 1] = model.config().eosTokenId();
        return ended;
    }

    private void print(String input, Generated output) {
        String text = tokenizer.decodeOutput(output.tokens());
        if (!json) {
            out().println(text);
            return;
        }
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("input", input);
        line.put("output", text);
        line.put("score", output.score());
        line.put("finished", output.finished());
        line.set("ids", JSON.valueToTree(output.tokens()));
        out().println(line);
    }
}
