package org.t5j.core;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.t5j.core.kernel.Activation;

/** The feed-forward layer of a block: its non-linearity and whether a second, linear projection gates it. */
public enum FeedForwardType {
    /** {@code wo(relu(wi x))}: T5 v1.0. */
    RELU("relu", Activation.RELU, false),
    /** {@code wo(gelu(wi_0 x) * wi_1 x)}: T5 v1.1, mT5, ByT5, Flan-T5. */
    GATED_GELU("gated-gelu", Activation.GELU_TANH, true),
    /** {@code wo(silu(wi_0 x) * wi_1 x)}: UL2. */
    GATED_SILU("gated-silu", Activation.SILU, true),
    /** {@code wo(gelu(wi x))}. */
    GELU("gelu_new", Activation.GELU_TANH, false),
    /** {@code wo(silu(wi x))}. */
    SILU("silu", Activation.SILU, false),
    /** {@code wo(relu(wi_0 x) * wi_1 x)}. */
    GATED_RELU("gated-relu", Activation.RELU, true);

    private final String hfName;
    private final Activation activation;
    private final boolean gated;

    FeedForwardType(String hfName, Activation activation, boolean gated) {
        this.hfName = hfName;
        this.activation = activation;
        this.gated = gated;
    }

    /** The value of {@code feed_forward_proj} in Hugging Face's config.json. */
    public String hfName() {
        return hfName;
    }

    /** The non-linearity, without the gate. */
    public Activation activation() {
        return activation;
    }

    /** Whether a second projection, {@code wi_1}, multiplies the activated first, {@code wi_0}. */
    public boolean gated() {
        return gated;
    }

    /**
     * The type that config.json calls {@code name}; Hugging Face's other names of the same functions ({@code
     * gelu_pytorch_tanh}, {@code swish}) are understood.
     *
     * @throws T5Exception where there is none; {@code gelu} by itself is the exact GELU, which no T5 uses
     */
    public static FeedForwardType ofHfName(String name) {
        String canonical = name.replaceFirst("gelu_pytorch_tanh$", "gelu_new")
                .replaceFirst("swish$", "silu")
                .replaceFirst("^gated-gelu_new$", "gated-gelu");
        return Arrays.stream(values())
                .filter(type -> type.hfName.equals(canonical))
                .findFirst()
                .orElseThrow(() -> new T5Exception("feed_forward_proj \"" + name + "\" is not supported; use one of "
                        + Arrays.stream(values()).map(FeedForwardType::hfName).collect(Collectors.joining(", "))));
    }
}
