package io.github.unrolled.datasets.motion.skeleton;

/**
 * A joint of a skeleton.
 *
 * @param name unique among the joints that move
 * @param parent index of the joint that it hangs on, smaller than its own; -1 for the root
 * @param offset from the parent, in the parent's frame
 * @param isEnd whether it only marks where a limb ends, and never turns
 */
public record Joint(String name, int parent, Vector3 offset, boolean isEnd) {
    /** Whether this is the joint that the others hang on. */
    public boolean isRoot() {
        return parent < 0;
    }
}
