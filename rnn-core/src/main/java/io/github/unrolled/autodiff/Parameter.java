package io.github.unrolled.autodiff;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/**
 * A trainable tensor with a name. The name is a dotted path, such as {@code encoder.0.weightHidden}: model files and
 * optimisers know the parameter by it. Gradients belong to the tapes that use the parameter, so several workers may.
 */
public final class Parameter implements AutoCloseable {
    private final String name;
    private final Tensor value;

    /**
     * @param name a dotted path, unique within a model
     * @param value persistent; closed with this parameter
     */
    public Parameter(String name, Tensor value) {
        if (!value.isPersistent()) {
            throw new IllegalArgumentException(
                    "parameter " + name + " was given a tensor that ends with its arena; use Tensor.allocate");
        }
        this.name = name;
        this.value = value;
    }

    /** The dotted path. */
    public String name() {
        return name;
    }

    /** The elements; whoever changes them through a kernel calls {@link Tensor#modified()}. */
    public Tensor value() {
        return value;
    }

    /** The extents of the value. */
    public Shape shape() {
        return value.shape();
    }

    @Override
    public void close() {
        value.close();
    }

    @Override
    public String toString() {
        return name + " " + value.shape();
    }
}
