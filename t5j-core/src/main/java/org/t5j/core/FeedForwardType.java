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

    public Activation activation() {
        return activation;
    }

    public boolean gated() {
        return gated;
    }

    /**
     * The type that config.json calls {@code name}.
     *
     * @throws T5Exception where there is none
     */
    public static FeedForwardType ofHfName(String name) {
        return Arrays.stream(values())
                .filter(type -> type.hfName.equals(name))
                .findFirst()
                .orElseThrow(() -> new T5Exception("feed_forward_proj \"" + name + "\" is not supported; use one of "
                        + Arrays.stream(values()).map(FeedForwardType::hfName).collect(Collectors.joining(", "))));
    }
}
