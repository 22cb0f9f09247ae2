package io.github.unrolled.tensor;

import java.util.Arrays;

/**
 * The extents of a tensor, outermost first; elements lie in C order. Sequences are {@code [time, batch, features]},
 * images {@code [batch, height, width, channels]}. An extent may be zero (an empty batch).
 */
public final class Shape {
    private final int[] dims;
    private final long elements;

    private Shape(int[] dims) {
        this.dims = dims;
        long product = 1;
        for (int dim : dims) {
            if (dim < 0) {
                throw new ShapeException("a shape has no negative extent: " + Arrays.toString(dims));
            }
            product = Math.multiplyExact(product, dim);
        }
        this.elements = product;
    }

    /**
     * A shape with the given extents; none of them gives a scalar of one element.
     *
     * @throws ShapeException if an extent is negative
     */
    public static Shape of(int... dims) {
        return new Shape(dims.clone());
    }

    /** The number of extents. */
    public int rank() {
        return dims.length;
    }

    /** The extent of one axis; a negative axis counts from the end, so {@code dim(-1)} is the innermost. */
    public int dim(int axis) {
        return dims[axis < 0 ? dims.length + axis : axis];
    }

    /** A copy of the extents. */
    public int[] dims() {
        return dims.clone();
    }

    /** The product of all extents. */
    public long elements() {
        return elements;
    }

    /** The innermost extent, 1 for a scalar: the width of the matrix that {@link #rows()} counts the rows of. */
    public int columns() {
        return dims.length == 0 ? 1 : dims[dims.length - 1];
    }

    /** The product of all extents but the innermost. */
    public int rows() {
        long product = 1;
        for (int i = 0; i < dims.length - 1; i++) {
            product *= dims[i];
        }
        return Math.toIntExact(product);
    }

    /** This shape with its innermost extent replaced. */
    public Shape withColumns(int columns) {
        int[] changed = dims.clone();
        changed[changed.length - 1] = columns;
        return new Shape(changed);
    }

    /** This shape with one more extent, the innermost. */
    public Shape append(int columns) {
        int[] longer = Arrays.copyOf(dims, dims.length + 1);
        longer[dims.length] = columns;
        return new Shape(longer);
    }

    /** This shape without its innermost extent. */
    public Shape withoutColumns() {
        return new Shape(Arrays.copyOf(dims, dims.length - 1));
    }

    /** This shape with its outermost extent replaced. */
    public Shape withOuter(int outer) {
        int[] changed = dims.clone();
        changed[0] = outer;
        return new Shape(changed);
    }

    /** This shape without its outermost extent. */
    public Shape inner() {
        return new Shape(Arrays.copyOfRange(dims, 1, dims.length));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** The extents in brackets, such as {@code [50, 32, 128]}. */
    @Override
    public String toString() {
        return Arrays.toString(dims);
    }
}
