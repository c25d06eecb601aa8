package org.t5j.core.checkpoint.t5x;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.t5j.core.T5Config;

/** T5X checkpoints put together as flax does, their arrays filled by a function of path and place. */
final class T5xFiles {
    private T5xFiles() {}

    /** An array of float32. */
    record Array(int[] shape, float[] values) {}

    /** numpy.int32(value), which flax writes as an array without dimensions. */
    record Scalar(int value) {}

    /** The paths and shapes of a model, by the layer definitions of {@code t5x/examples/t5/network.py}. */
    static Map<String, int[]> shapes(T5Config c) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("token_embedder/embedding", new int[] {c.vocabSize(), c.dModel()});
        for (int i = 0; i < c.numLayers(); i++) {
            String layer = "encoder/layers_" + i + "/";
            shapes.put(layer + "pre_attention_layer_norm/scale", new int[] {c.dModel()});
            attention(shapes, layer + "attention/", c);
            feedForward(shapes, layer, c);
        }
        for (int i = 0; i < c.numDecoderLayers(); i++) {
            String layer = "decoder/layers_" + i + "/";
            shapes.put(layer + "pre_self_attention_layer_norm/scale", new int[] {c.dModel()});
            attention(shapes, layer + "self_attention/", c);
            shapes.put(layer + "pre_cross_attention_layer_norm/scale", new int[] {c.dModel()});
            attention(shapes, layer + "encoder_decoder_attention/", c);
            feedForward(shapes, layer, c);
        }
        for (String stack : new String[] {"encoder", "decoder"}) {
            int blocks = stack.equals("encoder") ? c.numLayers() : c.numDecoderLayers();
            for (int i = 0; i < (c.relativeBiasPerLayer() ? blocks : 1); i++) {
                String layer = c.relativeBiasPerLayer() ? "/layers_" + i : "";
                shapes.put(
                        stack + layer + "/relpos_bias/rel_embedding",
                        new int[] {c.numHeads(), c.relativeAttentionNumBuckets()});
            }
            shapes.put(stack + "/" + stack + "_norm/scale", new int[] {c.dModel()});
        }
        if (!c.tieWordEmbeddings()) {
            shapes.put("decoder/logits_dense/kernel", new int[] {c.dModel(), c.vocabSize()});
        }
        return shapes;
    }

    private static void attention(Map<String, int[]> shapes, String path, T5Config c) {
        for (String input : new String[] {"query", "key", "value"}) {
            shapes.put(path + input + "/kernel", new int[] {c.dModel(), c.inner()});
        }
        shapes.put(path + "out/kernel", new int[] {c.inner(), c.dModel()});
    }

    private static void feedForward(Map<String, int[]> shapes, String layer, T5Config c) {
        shapes.put(layer + "pre_mlp_layer_norm/scale", new int[] {c.dModel()});
        for (String in : c.feedForwardType().gated() ? new String[] {"wi_0", "wi_1"} : new String[] {"wi"}) {
            shapes.put(layer + "mlp/" + in + "/kernel", new int[] {c.dModel(), c.dFf()});
        }
        shapes.put(layer + "mlp/wo/kernel", new int[] {c.dFf(), c.dModel()});
    }

    /** A value that tells its path and place. */
    static float mark(String path, int place) {
        return Math.floorMod(31 * path.hashCode() + place, 1 << 20) / 1024f;
    }

    static Array marked(String path, int... shape) {
        int length = 1;
        for (int size : shape) {
            length *= size;
        }
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = mark(path, i);
        }
        return new Array(shape, values);
    }

    /** A matrix of {@code shape} with rows and columns exchanged. */
    static float[] transposed(float[] values, int... shape) {
        float[] result = new float[values.length];
        for (int i = 0; i < shape[0]; i++) {
            for (int j = 0; j < shape[1]; j++) {
                result[j * shape[0] + i] = values[i * shape[1] + j];
            }
        }
        return result;
    }

    /** The tree of a checkpoint with these parameters and states, by path. */
    static Map<String, Object> tree(Map<String, Array> target, Map<String, Array> states, int step) {
        Map<String, Object> tree = new LinkedHashMap<>();
        put(tree, "version", 3);
        put(tree, "optimizer/state/step", new Scalar(step));
        target.forEach((path, array) -> put(tree, "optimizer/target/" + path, array));
        states.forEach((path, array) -> put(tree, "optimizer/state/param_states/" + path, array));
        return tree;
    }

    static Map<String, Array> markedTarget(T5Config config) {
        Map<String, Array> target = new LinkedHashMap<>();
        shapes(config).forEach((path, shape) -> target.put(path, marked(path, shape)));
        return target;
    }

    @SuppressWarnings("unchecked")
    static void put(Map<String, Object> tree, String path, Object value) {
        int slash = path.indexOf('/');
        if (slash < 0) {
            tree.put(path, value);
        } else {
            Object child = tree.computeIfAbsent(path.substring(0, slash), key -> new LinkedHashMap<String, Object>());
            put((Map<String, Object>) child, path.substring(slash + 1), value);
        }
    }

    static Path write(Path file, Map<String, Object> tree) {
        try {
            return Files.write(file, bytes(tree));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(Object tree) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            write(new DataOutputStream(bytes), tree);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(DataOutputStream out, Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            out.write(0xde);
            out.writeShort(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                write(out, entry.getKey());
                write(out, entry.getValue());
            }
        } else if (value instanceof String text) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            out.write(0xd9);
            out.write(utf8.length);
            out.write(utf8);
        } else if (value instanceof Boolean flag) {
            out.write(flag ? 0xc3 : 0xc2);
        } else if (value instanceof Integer number) {
            out.write(0xd2);
            out.writeInt(number);
        } else if (value instanceof Scalar scalar) {
            out.write(new byte[] {(byte) 0xc7, 14, 3, (byte) 0x93, (byte) 0x90, (byte) 0xa5});
            out.write("int32".getBytes(StandardCharsets.UTF_8));
            out.write(new byte[] {(byte) 0xc4, 4});
            out.writeInt(Integer.reverseBytes(scalar.value()));
        } else {
            extension(out, (Array) value);
        }
    }

    private static void extension(DataOutputStream out, Array array) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        DataOutputStream inner = new DataOutputStream(content);
        inner.write(0x93);
        inner.write(0x90 | array.shape().length);
        for (int size : array.shape()) {
            inner.write(0xcd);
            inner.writeShort(size);
        }
        write(inner, "float32");
        ByteBuffer values = ByteBuffer.allocate(4 * array.values().length).order(ByteOrder.LITTLE_ENDIAN);
        values.asFloatBuffer().put(array.values());
        inner.write(0xc6);
        inner.writeInt(values.capacity());
        inner.write(values.array());
        out.write(0xc9);
        out.writeInt(content.size());
        out.write(1);
        content.writeTo(out);
    }
}
