package io.github.unrolled.tensor;

/**
 * A shape over a contiguous stretch of memory, in C order. A tensor does not own its memory unless it was made by
 * {@link #allocate}: those of an {@link Arena} die with the arena's next reset, and any use after that throws. Not
 * synchronised: concurrent readers are fine, a writer must be alone.
 */
public final class Tensor implements AutoCloseable {
    private final Shape shape;
    private final Memory memory;
    private final long offset;
    private final Lifetime lifetime;
    private final boolean owner;
    private long version;

    Tensor(Shape shape, Memory memory, long offset, Lifetime lifetime, boolean owner) {
        this.shape = shape;
        this.memory = memory;
        this.offset = offset;
        this.lifetime = lifetime;
        this.owner = owner;
    }

    /** A tensor of zeros with memory of its own, to be closed by the caller. */
    public static Tensor allocate(Allocator allocator, Shape shape) {
        return new Tensor(shape, allocator.allocate(shape.elements()), 0, new Lifetime("owner"), true);
    }

    /**
     * A persistent tensor over a whole block, which is closed with the tensor: where the block is borrowed, that frees
     * nothing.
     *
     * @throws ShapeException if the block holds another number of elements
     */
    public static Tensor over(Memory memory, Shape shape) {
        if (memory.elements() != shape.elements()) {
            throw new ShapeException("a block of " + memory.elements() + " elements cannot be seen as " + shape + " of "
                    + shape.elements());
        }
        return new Tensor(shape, memory, 0, new Lifetime("owner"), true);
    }

    /** The extents. */
    public Shape shape() {
        return shape;
    }

    /** The element type. */
    public ElementType type() {
        return memory.type();
    }

    /** How many elements. */
    public long elements() {
        return shape.elements();
    }

    /**
     * The memory block that this tensor lies in, from {@link #offset()} on.
     *
     * @throws IllegalStateException if the owner has been closed or reset since
     */
    public Memory memory() {
        lifetime.check(shape);
        return memory;
    }

    /** Where in {@link #memory()} the first element lies. */
    public long offset() {
        return offset;
    }

    /** Whether this tensor lives until it is closed, rather than until its arena is reused. */
    public boolean isPersistent() {
        return owner;
    }

    /** Counts the changes announced by {@link #modified()}: what was derived from an older version is stale. */
    public long version() {
        return version;
    }

    /** Announces that the elements of a persistent tensor were changed by a kernel. */
    public void modified() {
        version++;
    }

    /**
     * The same elements under another shape, without a copy.
     *
     * @throws ShapeException if the number of elements differs
     */
    public Tensor reshape(Shape other) {
        if (other.elements() != shape.elements()) {
            throw new ShapeException("a tensor " + shape + " of " + shape.elements() + " elements cannot be seen as "
                    + other + " of " + other.elements());
        }
        return new Tensor(other, memory, offset, lifetime, false);
    }

    /** As {@link #reshape(Shape)}. */
    public Tensor reshape(int... dims) {
        return reshape(Shape.of(dims));
    }

    /**
     * A view of the outermost indices {@code from} (inclusive) to {@code to} (exclusive), without a copy.
     *
     * @throws ShapeException if the range does not lie within the outermost extent
     */
    public Tensor slice(int from, int to) {
        if (shape.rank() == 0 || from < 0 || to < from || to > shape.dim(0)) {
            throw new ShapeException("no slice " + from + ".." + to + " in a tensor " + shape);
        }
        Shape sliced = shape.withOuter(to - from);
        long block = shape.dim(0) == 0 ? 0 : shape.elements() / shape.dim(0);
        return new Tensor(sliced, memory, offset + from * block, lifetime, false);
    }

    /** One block of the outermost axis, without that axis: step {@code index} of a sequence. */
    public Tensor step(int index) {
        return slice(index, index + 1).reshape(shape.inner());
    }

    /** The elements as floats. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(elements())];
        memory().read(offset, values, 0, values.length);
        return values;
    }

    /** The elements as doubles. */
    public double[] toDoubles() {
        double[] values = new double[Math.toIntExact(elements())];
        memory().read(offset, values, 0, values.length);
        return values;
    }

    /**
     * The only element.
     *
     * @throws ShapeException if there are several or none
     */
    public double scalar() {
        if (elements() != 1) {
            throw new ShapeException("a scalar was asked of a tensor " + shape);
        }
        return toDoubles()[0];
    }

    /** Overwrites the elements; {@code values} must have as many. Returns this tensor. */
    public Tensor set(float... values) {
        checkCount(values.length);
        memory().write(offset, values, 0, values.length);
        version++;
        return this;
    }

    /** As {@link #set(float...)}, in double. */
    public Tensor set(double... values) {
        checkCount(values.length);
        memory().write(offset, values, 0, values.length);
        version++;
        return this;
    }

    /** Sets every element to {@code value}. Returns this tensor. */
    public Tensor fill(double value) {
        memory().fill(offset, elements(), value);
        version++;
        return this;
    }

    private void checkCount(int count) {
        if (count != elements()) {
            throw new ShapeException(
                    count + " values were given for a tensor " + shape + " of " + elements() + " elements");
        }
    }

    /** Frees the memory if this tensor owns it, and does nothing otherwise. */
    @Override
    public void close() {
        if (owner) {
            lifetime.end();
            memory.close();
        }
    }

    /** Type and shape, not the elements. */
    @Override
    public String toString() {
        return type() + " " + shape;
    }
}
