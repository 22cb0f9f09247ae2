package io.github.unrolled.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * Memory for everything that one step allocates. {@link #reset()} ends the life of all tensors handed out and lets the
 * next step write over them: after the first step of a loop, nothing is allocated any more. One thread at a time.
 */
public final class Arena implements AutoCloseable {
    /** 64 bytes in the larger type: what vector instructions like. */
    private static final long ALIGNMENT = 16;

    private static final long SMALLEST_BLOCK = 1 << 16;

    /** No block is larger unless one tensor is: backends have a limit, and half of a doubled block may never be used. */
    private static final long LARGEST_BLOCK = 1 << 26;

    private final Allocator allocator;
    private final List<Memory> blocks = new ArrayList<>();
    private int current;
    private long used;
    private Lifetime lifetime = new Lifetime("arena");

    /** @param allocator where the blocks come from */
    public Arena(Allocator allocator) {
        this.allocator = allocator;
    }

    /** The element type of everything allocated here. */
    public ElementType type() {
        return allocator.type();
    }

    /** A tensor with arbitrary contents, alive until the next {@link #reset()} or {@link #close()}. */
    public Tensor allocate(Shape shape) {
        long needed = (shape.elements() + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        while (current < blocks.size() && used + needed > blocks.get(current).elements()) {
            current++;
            used = 0;
        }
        if (current == blocks.size()) {
            // Doubling keeps the number of blocks small however many tensors the first step asks for.
            long doubling = Math.min(LARGEST_BLOCK, Math.max(SMALLEST_BLOCK, capacity()));
            blocks.add(allocator.allocate(Math.max(needed, doubling)));
            used = 0;
        }
        Tensor tensor = new Tensor(shape, blocks.get(current), used, lifetime, false);
        used += needed;
        return tensor;
    }

    /** As {@link #allocate}, filled with zeros. */
    public Tensor zeros(Shape shape) {
        return allocate(shape).fill(0);
    }

    /** How many elements the blocks hold together. */
    public long capacity() {
        return blocks.stream().mapToLong(Memory::elements).sum();
    }

    /** Ends the life of every tensor handed out and reuses their memory. */
    public void reset() {
        lifetime.end();
        lifetime = new Lifetime("arena");
        current = 0;
        used = 0;
    }

    /** Ends the life of every tensor handed out and frees the memory. */
    @Override
    public void close() {
        lifetime.end();
        blocks.forEach(Memory::close);
        blocks.clear();
        current = 0;
        used = 0;
    }
}
