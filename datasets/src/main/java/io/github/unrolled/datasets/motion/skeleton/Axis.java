package io.github.unrolled.datasets.motion.skeleton;

/** One of the three axes of space, right-handed. */
public enum Axis {
    /** The first axis. */
    X(0),
    /** The second axis. */
    Y(1),
    /** The third axis. */
    Z(2);

    private final int index;

    Axis(int index) {
        this.index = index;
    }

    /** Its row and column in a matrix, 0 to 2. */
    int index() {
        return index;
    }
}
