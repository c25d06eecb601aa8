package org.t5j.tokenizer;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.t5j.tokenizer.model.ModelProto;

/** Recorded outputs of SentencePiece and Hugging Face: those committed here and those below {@code t5j.shared}. */
public final class Goldens {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One text with what SentencePiece makes of it; {@code pieces} is null where it was not recorded. */
    public record Row(int index, String text, int[] ids, List<String> pieces, String decoded) {}

    private Goldens() {}

    /** A file of the reference data; the test is skipped where it is absent. */
    public static Path shared(String path) {
        Path file = Path.of(System.getProperty("t5j.shared", "shared")).resolve(path);
        assumeTrue(Files.exists(file), "skipped: no " + file + " (set -Dt5j.shared)");
        return file;
    }

    /** A committed file: the model {@code uni1k_en} of {@code spm_train} and some texts, free to be copied. */
    public static Path resource(String name) {
        try {
            return Path.of(Goldens.class.getResource("/golden/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /**
     * A committed model whose rules of normalisation were taken out of the file, as they are those of {@code uni1k_en};
     * whole again.
     */
    static ModelProto strippedModel(String name) {
        ModelProto stripped = ModelProto.read(resource(name + ".stripped.model"));
        return new ModelProto(
                stripped.pieces(),
                stripped.trainerSpec(),
                ModelProto.read(resource("uni1k_en.model")).normalizerSpec(),
                stripped.denormalizerSpec(),
                stripped.extensions());
    }

    /** The texts and the results of one model; both are gzipped JSON lines. */
    public static List<Row> rows(Path texts, Path results) {
        Map<Integer, String> textOf = new LinkedHashMap<>();
        for (JsonNode text : lines(texts)) {
            textOf.put(text.get("i").asInt(), text.get("text").asText());
        }
        List<Row> rows = new ArrayList<>();
        for (JsonNode result : lines(results)) {
            int index = result.get("i").asInt();
            String text = textOf.get(index);
            rows.add(new Row(
                    index,
                    text,
                    ints(result.get("ids")),
                    result.has("pieces") ? strings(result.get("pieces")) : null,
                    result.has("dec") ? result.get("dec").asText() : text));
        }
        return rows;
    }

    /** The committed texts of one line each. */
    public static List<String> committedLines() {
        return rows(resource("texts.jsonl.gz"), resource("uni1k_en.jsonl.gz")).stream()
                .map(Row::text)
                .filter(text -> text.chars().noneMatch(c -> c == '\n' || c == '\r' || c == 0))
                .toList();
    }

    static JsonNode json(Path file) {
        try (InputStream in = open(file)) {
            return JSON.readTree(in);
        } catch (IOException failed) {
            throw new AssertionError("cannot read " + file, failed);
        }
    }

    static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }

    static List<String> strings(JsonNode array) {
        List<String> values = new ArrayList<>();
        array.forEach(value -> values.add(value.asText()));
        return values;
    }

    private static List<JsonNode> lines(Path file) {
        List<JsonNode> nodes = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                nodes.add(JSON.readTree(line));
            }
        } catch (IOException failed) {
            throw new AssertionError("cannot read " + file, failed);
        }
        return nodes;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream in = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    }
}
