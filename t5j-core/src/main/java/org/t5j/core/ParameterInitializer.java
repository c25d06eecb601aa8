package org.t5j.core;

import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.CounterRandom;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.Tensor;

/**
 * Initial weights by the rule of Mesh TensorFlow, with which T5 was trained: standard deviations that keep activations
 * near one without scaling attention scores. Each parameter draws from a stream of its own, so that values depend on the
 * seed and the name alone.
 */
final class ParameterInitializer {
    private static final long INITIALIZATION = 2;
    /** Standard deviation of a normal distribution cut at two standard deviations. */
    private static final double TRUNCATED_STD = 0.87962566103423978;

    private static final int CHUNK = 1 << 20;

    private final T5Config config;
    private final Additions additions;
    private final long seed;

    ParameterInitializer(T5Config config, long seed) {
        this(config, Additions.NONE, seed);
    }

    ParameterInitializer(T5Config config, Additions additions, long seed) {
        this.config = config;
        this.additions = additions;
        this.seed = seed;
    }

    private interface Distribution {
        double sample(long key, long index);
    }

    void initialize(Parameter parameter, Backend backend) {
        Tensor value = parameter.value();
        int width = value.size(-1);
        int rowsPerChunk = Math.max(1, CHUNK / width);
        Tensor matrix = value.reshapeView(value.rows(), width);
        for (int row = 0; row < value.rows(); row += rowsPerChunk) {
            int rows = Math.min(rowsPerChunk, value.rows() - row);
            float[] values = new float[rows * width];
            sample(parameter.name(), (long) row * width, values, 0, values.length);
            backend.write(matrix.rowsView(row, rows), values, 0);
        }
    }

    /** Puts the initial values {@code from … from+count-1} of a parameter, row-major, to {@code target}. */
    void sample(String name, long from, float[] target, int targetOffset, int count) {
        Distribution distribution = distribution(name);
        long key = CounterRandom.key(seed, INITIALIZATION, nameHash(name));
        for (int i = 0; i < count; i++) {
            target[targetOffset + i] = (float) distribution.sample(key, from + i);
        }
    }

    private Distribution distribution(String name) {
        double dModel = config.dModel();
        double factor = config.initializerFactor();
        if (name.endsWith("layer_norm.weight")) {
            return (key, index) -> factor;
        } else if (name.equals("shared.weight")) {
            return normal(factor);
        } else if (name.endsWith(".q.weight")) {
            return normal(factor * Math.pow(dModel * config.dKv(), -0.5));
        } else if (name.endsWith(".k.weight") || name.endsWith(".v.weight")) {
            return normal(factor * Math.pow(dModel, -0.5));
        } else if (name.endsWith(".o.weight")) {
            return normal(factor * Math.pow(config.inner(), -0.5));
        } else if (name.endsWith("relative_attention_bias.weight")) {
            double limit = factor * Math.sqrt(6.0 / (config.numHeads() + config.relativeAttentionNumBuckets()));
            return (key, index) -> limit * (2 * CounterRandom.uniform(key, index) - 1);
        } else if (name.endsWith(".wo.weight")) {
            int width = Additions.isAdapter(name) ? additions.adapterWidth() : config.dFf();
            return truncated(factor * Math.pow(width, -0.5));
        } else if (name.contains(".wi") || name.equals("lm_head.weight")) {
            return truncated(factor * Math.pow(dModel, -0.5));
        } else if (Lora.isLora(name)) {
            return lora(name);
        }
        throw new IllegalArgumentException("There is no initialisation for parameter " + name);
    }

    /** As peft does: A uniform up to {@code 1 / sqrt(in)} ({@code kaiming_uniform_(a=sqrt(5))}), B zero. */
    private Distribution lora(String name) {
        int in = name.contains(".o.lora_") ? config.inner() : config.dModel();
        double limit = name.contains(".lora_A.") ? Math.pow(in, -0.5) : 0;
        return (key, index) -> limit * (2 * CounterRandom.uniform(key, index) - 1);
    }

    private static Distribution normal(double std) {
        return (key, index) -> std * CounterRandom.normal(key, index);
    }

    /** Normal values beyond two standard deviations are drawn again; the nominal deviation is that of the rest. */
    private static Distribution truncated(double std) {
        return (key, index) -> {
            double value;
            long draw = index;
            do {
                value = CounterRandom.normal(key, draw);
                draw += 1L << 40;
            } while (Math.abs(value) > 2);
            return std / TRUNCATED_STD * value;
        };
    }

    private static long nameHash(String name) {
        long hash = 0;
        for (int i = 0; i < name.length(); i++) {
            hash = CounterRandom.mix(hash ^ name.charAt(i));
        }
        return hash;
    }
}
