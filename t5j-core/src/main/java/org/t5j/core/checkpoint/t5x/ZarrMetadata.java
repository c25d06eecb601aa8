package org.t5j.core.checkpoint.t5x;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.core.checkpoint.Dtype;

/**
 * How a zarr array is kept.
 *
 * @param shape sizes of at most two dimensions, each at least 1
 * @param chunks sizes of a piece, one for each dimension, each at least 1
 * @param compressor {@code gzip}, {@code zlib} or empty
 * @param separator between the numbers in the name of a piece
 */
record ZarrMetadata(Dtype dtype, List<Long> shape, List<Long> chunks, String compressor, String separator) {
    private static final String FILE = ".zarray";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long MAX_ELEMENTS = 1 << 30;
    private static final long MAX_PIECE_BYTES = 1 << 30;

    /**
     * What {@code .zarray} in the array's directory says, else what the checkpoint itself says of it.
     *
     * @param said {@code metadata} of TensorStore's specification
     * @param type {@code dtype} of that specification
     */
    static ZarrMetadata of(Path directory, Object said, Object type) {
        Path file = directory.resolve(FILE);
        if (!Files.exists(file)) {
            return of(directory.toString(), said, type);
        }
        try {
            JsonNode tree = JSON.readTree(Files.readString(file));
            if (!tree.isObject()) {
                throw new T5Exception(file + " is no JSON object; copy it again");
            }
            Map<?, ?> map = JSON.convertValue(tree, Map.class);
            return of(file.toString(), map, map.get("dtype"));
        } catch (JsonProcessingException e) {
            throw new T5Exception(file + " is no JSON object: " + e.getOriginalMessage() + "; copy it again", e);
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    private static ZarrMetadata of(String place, Object said, Object type) {
        if (!(said instanceof Map<?, ?> map) || !(type instanceof String name)) {
            throw new T5Exception(place + ": the checkpoint does not say how this array is kept");
        }
        require(place, map, "order", "C");
        require(place, map, "zarr_format", 2);
        require(place, map, "filters", null);
        Dtype dtype = NumpyType.named(name)
                .orElseThrow(() -> new T5Exception(place + ": arrays of type \"" + name + "\" are not read"));
        Object separator = map.get("dimension_separator");
        List<Long> shape = sizes(place, map.get("shape"));
        List<Long> chunks = sizes(place, map.get("chunks"));
        long bytes = chunks.stream().reduce(dtype.bits() / 8L, (a, b) -> a * b);
        if (shape.size() != chunks.size() || bytes > MAX_PIECE_BYTES) {
            throw new T5Exception(place + ": an array of shape " + shape + " and type " + dtype
                    + " cannot be in pieces of " + chunks + "; they must be at most " + MAX_PIECE_BYTES + " bytes");
        }
        return new ZarrMetadata(
                dtype, shape, chunks, compressor(place, map.get("compressor")), "/".equals(separator) ? "/" : ".");
    }

    private static void require(String place, Map<?, ?> map, String key, Object only) {
        Object value = map.get(key);
        if (value != null && !value.equals(only)) {
            throw new T5Exception(place + ": " + key + " must be " + only + ", found " + value
                    + "; write the checkpoint in one file with flax.serialization.msgpack_serialize");
        }
    }

    private static String compressor(String place, Object compressor) {
        if (compressor == null) {
            return "";
        }
        Object id = compressor instanceof Map<?, ?> map ? map.get("id") : compressor;
        if (!Set.of("gzip", "zlib").contains(String.valueOf(id))) {
            throw new T5Exception(place + ": arrays compressed by " + id + " are not read, those by gzip and zlib are;"
                    + " write the checkpoint in one file with flax.serialization.msgpack_serialize");
        }
        return id.toString();
    }

    private static List<Long> sizes(String place, Object list) {
        List<Long> sizes = new ArrayList<>();
        long elements = 1;
        for (Object size : list instanceof List<?> some && some.size() <= 2 ? some : List.of(-1)) {
            long number = size instanceof Number n ? n.longValue() : -1;
            elements = number < 1 || number > MAX_ELEMENTS ? MAX_ELEMENTS + 1 : elements * number;
            sizes.add(number);
        }
        if (elements > MAX_ELEMENTS) {
            throw new T5Exception(place + ": arrays must have at most two dimensions and " + MAX_ELEMENTS
                    + " values, and so must their pieces, found " + list);
        }
        return List.copyOf(sizes);
    }
}
