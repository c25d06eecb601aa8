package org.t5j.core.checkpoint;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
    private static final Pattern BLOCK = Pattern.compile("(encoder|decoder)\\.block\\.(\\d+)\\.layer\\.([012])\\.(.*)");
    private static final String FINAL_NORM = ".final_layer_norm.weight";
    private static final Side ENCODER = new Side("encoder", "1");
    private static final Side DECODER = new Side("decoder", "2");

    private SharedStacks() {}

    /** A stack and the number of the feed-forward layer in each of its blocks; that of self-attention is 0. */
    private record Side(String stack, String feedForward) {
        /** What the {@code other} stack calls a tensor of this one; null where {@code name} is none that both have. */
        String nameIn(Side other, String name) {
            if (name.equals(stack + FINAL_NORM)) {
                return other.stack + FINAL_NORM;
            }
            Matcher block = BLOCK.matcher(name);
            if (!block.matches() || !block.group(1).equals(stack)) {
                return null;
            }
            String layer = block.group(3);
            if (!layer.equals("0") && !layer.equals(feedForward)) {
                return null;
            }
            return other.stack + ".block." + block.group(2) + ".layer."
                    + (layer.equals("0") ? layer : other.feedForward) + "." + block.group(4);
        }
    }

    /** The encoder's name of a tensor that the decoder repeats; null where {@code name} is not of that kind. */
    static String encoderName(String name) {
        return DECODER.nameIn(ENCODER, name);
    }

    /** {@code weights} with every shared tensor under both of its names. */
    static TensorSource twice(TensorSource weights) {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String name : weights.names()) {
            sources.put(name, name);
            String repeated = ENCODER.nameIn(DECODER, name);
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
            return new TensorEntry(name, entry.dtype(), entry.shape(), entry.begin(), entry.end());
        }

        @Override
        public void readFloats(String name, long from, float[] target, int targetOffset, int count) {
            weights.readFloats(sources.get(name), from, target, targetOffset, count);
        }
    }
}
