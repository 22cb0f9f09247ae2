package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/**
 * Makes parameters below a dotted path. A parameter's initial values depend on the seed and its path alone, so adding a
 * layer does not change what the others begin with.
 *
 * @param allocator where the elements lie
 * @param seed what the initial values are drawn from
 * @param path prefix of the names, empty at the top
 */
public record Parameters(Allocator allocator, Seed seed, String path) {
    /** The top of a model. */
    public Parameters(Allocator allocator, Seed seed) {
        this(allocator, seed, "");
    }

    /** Parameters below {@code path.name}. */
    public Parameters scope(String name) {
        return new Parameters(allocator, seed, qualified(name));
    }

    /** A new parameter called {@code path.name}. */
    public Parameter create(String name, Shape shape, Initializer initializer) {
        String qualified = qualified(name);
        double[] values = initializer.draw(shape, seed.split(qualified).generator());
        return new Parameter(qualified, Tensor.allocate(allocator, shape).set(values));
    }

    private String qualified(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
