package org.t5j.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.IntStream;

/** Reads recorded outputs of reference implementations from the test resources. */
public final class Golden {
    private Golden() {}

    public static JsonNode read(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name)) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static int[] ints(JsonNode array) {
        return IntStream.range(0, array.size()).map(i -> array.get(i).asInt()).toArray();
    }

    public static boolean[] booleans(JsonNode array) {
        boolean[] result = new boolean[array.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = array.get(i).asInt() != 0;
        }
        return result;
    }
}
