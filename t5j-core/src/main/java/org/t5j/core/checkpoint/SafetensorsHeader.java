package org.t5j.core.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.t5j.core.T5Exception;

/**
 * The JSON header of a safetensors file, checked: every tensor's size fits its shape and type, and the tensors cover the
 * data without overlap or hole. Parsed as a stream, so that a hostile header costs no more memory than its tensors.
 *
 * <p>Format: safetensors README and {@code safetensors/src/tensor.rs}.
 */
final class SafetensorsHeader {
    static final String METADATA = "__metadata__";
    /** The format's limit for the length of the header in bytes. */
    static final int MAX_LENGTH = 100_000_000;

    private static final int MAX_RANK = 64;
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final Map<String, String> metadata = new TreeMap<>();
    private final List<TensorEntry> found = new ArrayList<>();

    private SafetensorsHeader(Path file) {
        this.file = file;
    }

    /**
     * Parses and checks a header.
     *
     * @param dataLength bytes that follow the header
     * @throws T5Exception naming the file, the tensor, the rule and the value found
     */
    static SafetensorsHeader parse(Path file, byte[] json, long dataLength) {
        SafetensorsHeader header = new SafetensorsHeader(file);
        if (json.length == 0 || json[0] != '{') {
            throw malformed(file, "the header must be a JSON object and start with '{'");
        }
        var strictUtf8 = StandardCharsets.UTF_8.newDecoder();
        try (var reader = new InputStreamReader(new ByteArrayInputStream(json), strictUtf8);
                JsonParser parser = JSON.createParser(reader)) {
            header.parse(parser);
        } catch (CharacterCodingException e) {
            throw malformed(file, "the header is not UTF-8");
        } catch (JsonProcessingException e) {
            throw malformed(file, "the header is not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw malformed(file, "the header cannot be read: " + e.getMessage());
        }
        header.requireCoverage(dataLength);
        return header;
    }

    Map<String, String> metadata() {
        return metadata;
    }

    /** The tensors by name, in the order of their data. */
    Map<String, TensorEntry> tensors() {
        Map<String, TensorEntry> tensors = new LinkedHashMap<>();
        found.forEach(entry -> tensors.put(entry.name(), entry));
        return tensors;
    }

    static T5Exception malformed(Path file, String problem) {
        return new T5Exception(file + " is not a valid safetensors file: " + problem
                + ". It is damaged or incomplete: copy, download or convert it again.");
    }

    private T5Exception malformed(String tensor, String rule, Object value) {
        return malformed(file, "tensor \"" + abbreviate(tensor) + "\": " + rule + ", found " + abbreviate(value));
    }

    private static String abbreviate(Object value) {
        String text = String.valueOf(value);
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private void parse(JsonParser parser) throws IOException {
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw malformed(name, "must be described by a JSON object", parser.getText());
            }
            if (name.equals(METADATA)) {
                parseMetadata(parser);
            } else {
                found.add(parseTensor(parser, name));
            }
        }
        if (parser.nextToken() != null) {
            throw malformed(file, "nothing but spaces may follow the header's JSON object");
        }
    }

    private void parseMetadata(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            if (parser.nextToken() != JsonToken.VALUE_STRING) {
                throw malformed(file, METADATA + " must map strings to strings");
            }
            metadata.put(key, parser.getText());
        }
    }

    private TensorEntry parseTensor(JsonParser parser, String name) throws IOException {
        Dtype dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            switch (key) {
                case "dtype" -> dtype = parseDtype(parser, name);
                case "shape" -> shape = parseNumbers(parser, name, key);
                case "data_offsets" -> offsets = parseNumbers(parser, name, key);
                default -> throw malformed(name, "has only the keys dtype, shape and data_offsets", key);
            }
        }
        if (dtype == null || shape == null || offsets == null) {
            throw malformed(
                    name,
                    "must have the keys dtype, shape and data_offsets",
                    "dtype " + dtype + ", shape " + shape + ", data_offsets " + offsets);
        }
        if (offsets.size() != 2 || offsets.get(0) > offsets.get(1)) {
            throw malformed(name, "data_offsets must be [begin, end] with begin at most end", offsets);
        }
        TensorEntry entry = new TensorEntry(name, dtype, shape, offsets.get(0), offsets.get(1));
        requireSize(entry);
        return entry;
    }

    private Dtype parseDtype(JsonParser parser, String name) throws IOException {
        String text = parser.getText();
        return Dtype.named(text).orElseThrow(() -> malformed(name, "dtype must be one of the format's types", text));
    }

    private List<Long> parseNumbers(JsonParser parser, String name, String key) throws IOException {
        List<Long> numbers = new ArrayList<>();
        if (!parser.isExpectedStartArrayToken()) {
            throw malformed(name, key + " must be an array", parser.getText());
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            boolean isLong = parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
            if (!isLong || parser.getLongValue() < 0) {
                throw malformed(name, key + " must hold non-negative 64-bit integers", parser.getText());
            }
            if (numbers.size() == MAX_RANK) {
                throw malformed(name, key + " must hold at most " + MAX_RANK + " numbers", "more");
            }
            numbers.add(parser.getLongValue());
        }
        return numbers;
    }

    private void requireSize(TensorEntry entry) {
        long bits;
        try {
            bits = Math.multiplyExact(entry.elements(), entry.dtype().bits());
        } catch (ArithmeticException e) {
            throw malformed(entry.name(), "shape must have fewer than 2^63 bits", entry.shape());
        }
        if (bits % 8 != 0 || bits / 8 != entry.bytes()) {
            throw malformed(
                    entry.name(),
                    "data_offsets must span the " + (bits + 7) / 8 + " bytes of " + entry.dtype() + entry.shape(),
                    entry.bytes() + " bytes");
        }
    }

    private void requireCoverage(long dataLength) {
        found.sort(Comparator.comparingLong(TensorEntry::begin).thenComparingLong(TensorEntry::end));
        long covered = 0;
        for (TensorEntry entry : found) {
            if (entry.begin() < covered) {
                throw malformed(
                        entry.name(), "must not overlap the tensor before it, which ends at " + covered, entry.begin());
            }
            if (entry.begin() > covered) {
                throw malformed(entry.name(), "must leave no hole after byte " + covered, entry.begin());
            }
            if (entry.end() > dataLength) {
                throw malformed(
                        entry.name(), "must end within the " + dataLength + " bytes of data in the file", entry.end());
            }
            covered = entry.end();
        }
        if (covered != dataLength) {
            throw malformed(
                    file, "the tensors end at byte " + covered + " of the data but the file goes on to " + dataLength);
        }
    }
}
