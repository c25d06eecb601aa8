package org.t5j.core.tensor;

/**
 * A named weight with the gradient accumulated for it. The name is Hugging Face's, e.g. {@code
 * encoder.block.0.layer.0.SelfAttention.q.weight}; matrices are [out, in] as there.
 */
public final class Parameter {
    private final String name;
    private final Tensor value;
    private Tensor gradient;
    private boolean trainable = true;

    /** A trainable parameter without gradient; whoever made {@code value} owns its memory. */
    public Parameter(String name, Tensor value) {
        this.name = name;
        this.value = value;
    }

    /** The name in Hugging Face's layout. */
    public String name() {
        return name;
    }

    /** The weights; an optimizer writes here. */
    public Tensor value() {
        return value;
    }

    /**
     * The gradient, of the value's shape.
     *
     * @throws IllegalStateException before {@link ParameterSet#allocateGradients}
     */
    public Tensor gradient() {
        if (gradient == null) {
            throw new IllegalStateException("Parameter " + name + " has no gradient: call allocateGradients() first");
        }
        return gradient;
    }

    /** The gradient of a parameter that is trained, or null of a frozen one: for what is only computed if it is wanted. */
    public Tensor wantedGradient() {
        return trainable ? gradient() : null;
    }

    /** Whether the optimizer may change this parameter; true unless frozen. */
    public boolean trainable() {
        return trainable;
    }

    /**
     * Freezes or frees the parameter: a frozen one does not count for clipping and is not updated. Memory of gradients
     * stays as it is, see {@link ParameterSet#setTrainable}.
     */
    public void setTrainable(boolean trainable) {
        this.trainable = trainable;
    }

    void allocateGradient(Backend backend) {
        if (gradient == null) {
            gradient = backend.allocateTensor(value.shape());
        }
    }

    void freeGradient(Backend backend) {
        if (gradient != null) {
            backend.free(gradient.storage());
            gradient = null;
        }
    }

    void free(Backend backend) {
        backend.free(value.storage());
        freeGradient(backend);
    }

    @Override
    public String toString() {
        return name + java.util.Arrays.toString(value.shape());
    }
}
