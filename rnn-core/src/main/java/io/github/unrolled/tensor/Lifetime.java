package io.github.unrolled.tensor;

/** Says whether the memory that a tensor points into is still the tensor's own. Ends once, for good. */
final class Lifetime {
    private final String owner;
    private volatile boolean ended;

    Lifetime(String owner) {
        this.owner = owner;
    }

    void end() {
        ended = true;
    }

    void check(Shape shape) {
        if (ended) {
            throw new IllegalStateException("a tensor " + shape + " was used after its " + owner
                    + " was closed or reused; take out what must live longer with Tensor.copyTo or State.detach");
        }
    }
}
