package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/**
 * Makes parameters below a dotted path. A parameter's initial values depend on the seed and its path alone, so adding a
 * layer does not change what the others begin with.
 */
public final class Parameters {
    private final Allocator allocator;
    private final Seed seed;
    private final String path;
    private final boolean drawn;

    private Parameters(Allocator allocator, Seed seed, String path, boolean drawn) {
        this.allocator = allocator;
        this.seed = seed;
        this.path = path;
        this.drawn = drawn;
    }

    /**
     * The top of a model.
     *
     * @param allocator where the elements lie
     * @param seed what the initial values are drawn from
     */
    public Parameters(Allocator allocator, Seed seed) {
        this(allocator, seed, "", true);
    }

    /** The top of a model whose values come from a file: drawing them first would only cost time. */
    public static Parameters zeros(Allocator allocator) {
        return new Parameters(allocator, new Seed(0), "", false);
    }

    /** Parameters below {@code path.name}. */
    public Parameters scope(String name) {
        return new Parameters(allocator, seed, qualified(name), drawn);
    }

    /** A new parameter called {@code path.name}. */
    public Parameter create(String name, Shape shape, Initializer initializer) {
        String qualified = qualified(name);
        Tensor value = Tensor.allocate(allocator, shape);
        if (drawn) {
            value.set(initializer.draw(shape, seed.split(qualified).generator()));
        }
        return new Parameter(qualified, value);
    }

    private String qualified(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
