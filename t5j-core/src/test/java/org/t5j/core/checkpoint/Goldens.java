package org.t5j.core.checkpoint;

import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.t5j.core.T5Config;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Storage;
import org.t5j.core.tensor.Tensor;

/** The recorded models among the test resources, and a model's names and shapes written down independently of it. */
final class Goldens {
    private Goldens() {}

    static Path model(String name) {
        try {
            return Path.of(Goldens.class.getResource("/golden/t5/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Hugging Face's names and shapes of a model's parameters. */
    static Map<String, int[]> shapes(T5Config config) {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        int d = config.dModel();
        shapes.put("shared.weight", new int[] {config.vocabSize(), d});
        stack(shapes, "encoder", config, config.numLayers());
        stack(shapes, "decoder", config, config.numDecoderLayers());
        if (!config.tieWordEmbeddings()) {
            shapes.put("lm_head.weight", new int[] {config.vocabSize(), d});
        }
        return shapes;
    }

    private static void stack(Map<String, int[]> shapes, String stack, T5Config config, int layers) {
        int d = config.dModel();
        for (int i = 0; i < layers; i++) {
            String layer = stack + ".block." + i + ".layer.";
            attention(shapes, layer + "0.SelfAttention", config);
            if (i == 0) {
                shapes.put(
                        layer + "0.SelfAttention.relative_attention_bias.weight",
                        new int[] {config.relativeAttentionNumBuckets(), config.numHeads()});
            }
            shapes.put(layer + "0.layer_norm.weight", new int[] {d});
            int last = 1;
            if (stack.equals("decoder")) {
                attention(shapes, layer + "1.EncDecAttention", config);
                shapes.put(layer + "1.layer_norm.weight", new int[] {d});
                last = 2;
            }
            String[] inputs = config.feedForwardType().gated() ? new String[] {"wi_0", "wi_1"} : new String[] {"wi"};
            for (String input : inputs) {
                shapes.put(layer + last + ".DenseReluDense." + input + ".weight", new int[] {config.dFf(), d});
            }
            shapes.put(layer + last + ".DenseReluDense.wo.weight", new int[] {d, config.dFf()});
            shapes.put(layer + last + ".layer_norm.weight", new int[] {d});
        }
        shapes.put(stack + ".final_layer_norm.weight", new int[] {d});
    }

    private static void attention(Map<String, int[]> shapes, String name, T5Config config) {
        BiConsumer<String, int[]> put = (matrix, shape) -> shapes.put(name + "." + matrix + ".weight", shape);
        int[] in = {config.inner(), config.dModel()};
        put.accept("q", in);
        put.accept("k", in);
        put.accept("v", in);
        put.accept("o", new int[] {config.dModel(), config.inner()});
    }

    static ParameterSet parameters(T5Config config, Backend backend) {
        ParameterSet parameters = new ParameterSet(backend);
        shapes(config).forEach(parameters::add);
        return parameters;
    }

    /** Tensors in Java arrays. */
    static final class ArrayBackend implements Backend {
        long written;

        private record Array(float[] values) implements Storage {
            @Override
            public long length() {
                return values.length;
            }
        }

        @Override
        public String describe() {
            return "arrays";
        }

        @Override
        public Storage allocate(long floats) {
            return new Array(new float[Math.toIntExact(floats)]);
        }

        @Override
        public void free(Storage storage) {}

        @Override
        public void write(Tensor tensor, float[] source, int sourceOffset) {
            written += tensor.length();
            System.arraycopy(source, sourceOffset, values(tensor), (int) tensor.offset(), (int) tensor.length());
        }

        @Override
        public void read(Tensor tensor, float[] target, int targetOffset) {
            System.arraycopy(values(tensor), (int) tensor.offset(), target, targetOffset, (int) tensor.length());
        }

        private static float[] values(Tensor tensor) {
            return ((Array) tensor.storage()).values();
        }

        @Override
        public long peakBytes() {
            return 0;
        }

        @Override
        public long allocatedBytes() {
            return 0;
        }
    }
}
