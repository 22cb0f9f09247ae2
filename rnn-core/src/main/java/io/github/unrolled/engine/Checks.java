package io.github.unrolled.engine;

import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;

/** What the checks of all kernels have in common: each throws one sentence that begins with the kernel's name. */
final class Checks {
    private final Backend backend;

    /** @param backend whose memory tensors must lie in */
    Checks(Backend backend) {
        this.backend = backend;
    }

    /** Every tensor has the backend's element type and lies in its memory. */
    void types(String kernel, Tensor... tensors) {
        ElementType type = backend.type();
        for (Tensor tensor : tensors) {
            if (tensor.type() != type) {
                throw new ShapeException(kernel + ": got a tensor " + tensor + ", expected elements of type " + type
                        + "; allocate it with this engine's backend");
            }
            if (!backend.computesOn(tensor.memory())) {
                throw new ShapeException(
                        kernel + ": got a tensor " + tensor + " in the memory of another backend than '"
                                + backend.name() + "'; allocate it with this engine's backend");
            }
        }
    }

    static void same(String kernel, String what, Shape found, Shape expected) {
        if (!found.equals(expected)) {
            throw new ShapeException(kernel + ": " + what + " is " + found + ", expected " + expected);
        }
    }

    static void count(String kernel, String what, long found, long expected) {
        if (found != expected) {
            throw new ShapeException(kernel + ": " + what + " has " + found + " elements, expected " + expected);
        }
    }

    static void outerAxis(String kernel, String what, Shape shape) {
        if (shape.rank() == 0) {
            throw new ShapeException(kernel + ": " + what + " is a scalar, expected at least one axis");
        }
    }

    /** Whether small is repeated in large: fewer outer axes, or extents of 1. */
    static void repeated(String kernel, Shape large, Shape small) {
        int missing = large.rank() - small.rank();
        boolean fits = missing >= 0;
        for (int axis = 0; fits && axis < small.rank(); axis++) {
            fits = small.dim(axis) == 1 || small.dim(axis) == large.dim(missing + axis);
        }
        if (!fits && small.elements() != 1) {
            throw new ShapeException(kernel + ": " + small + " does not fit into " + large
                    + "; expected the same extents, 1, or missing outer axes");
        }
    }
}
