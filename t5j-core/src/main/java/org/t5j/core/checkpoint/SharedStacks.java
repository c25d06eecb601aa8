package org.t5j.core.checkpoint;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the weights of a model whose encoder and decoder share theirs ({@code Architecture.SHARED}) stand in a checkpoint:
 * as an ordinary T5's, each shared one twice, so that whatever loads T5 computes the same. {@link HfConfig} has the key
 * that says it.
 */
final class SharedStacks {
    private static final Pattern DECODER_BLOCK = Pattern.compile("decoder\\.block\\.(\\d+)\\.layer\\.([02])\\.(.*)");
    private static final Pattern ENCODER_BLOCK = Pattern.compile("encoder\\.block\\.(\\d+)\\.layer\\.([01])\\.(.*)");
    private static final String FINAL_NORM = ".final_layer_norm.weight";

    private SharedStacks() {}

    /** The encoder's name of a tensor that the decoder repeats; null where {@code name} is not of that kind. */
    static String encoderName(String name) {
        if (name.equals("decoder" + FINAL_NORM)) {
            return "encoder" + FINAL_NORM;
        }
        Matcher block = DECODER_BLOCK.matcher(name);
        if (!block.matches()) {
            return null;
        }
        return "encoder.block." + block.group(1) + ".layer." + (block.group(2).equals("0") ? "0." : "1.")
                + block.group(3);
    }

    private static String decoderName(String name) {
        if (name.equals("encoder" + FINAL_NORM)) {
            return "decoder" + FINAL_NORM;
        }
        Matcher block = ENCODER_BLOCK.matcher(name);
        if (!block.matches()) {
            return null;
        }
        return "decoder.block." + block.group(1) + ".layer." + (block.group(2).equals("0") ? "0." : "2.")
                + block.group(3);
    }

    /** {@code weights} with every shared tensor under both of its names. */
    static TensorSource twice(TensorSource weights) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String name : weights.names()) {
            sources.put(name, name);
            String repeated = decoderName(name);
            if (repeated != null) {
                sources.put(repeated, name);
            }
        }
        return new Renamed(weights, sources);
    }

    /** Tensors of {@code weights} under names of their own. */
    private record Renamed(TensorSource weights, Map<String, String> sources) implements TensorSource {
        @Override
        public Set<String> names() {
            return new LinkedHashSet<>(sources.keySet());
        }

        @Override
        public TensorEntry entry(String name) {
            TensorEntry entry = weights.entry(sources.get(name));
            List<Long> shape = entry.shape();
            return TensorEntry.of(
                    name,
                    entry.dtype(),
                    shape.stream().mapToInt(Math::toIntExact).toArray());
        }

        @Override
        public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
            weights.readFloats(sources.get(name), from, target, targetOffset, count);
        }
    }
}
