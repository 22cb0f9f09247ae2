package io.github.unrolled.datasets.motion.skeleton;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A tree of joints, parents before their children, the root first.
 *
 * @param joints at least one
 */
public record Skeleton(List<Joint> joints) {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if it is no tree in that order, or two joints that move share a name
     */
    public Skeleton {
        joints = List.copyOf(joints);
        if (joints.isEmpty() || !joints.get(0).isRoot()) {
            throw new IllegalArgumentException("a skeleton begins with its root");
        }
        Set<String> names = new HashSet<>();
        for (int j = 0; j < joints.size(); j++) {
            Joint joint = joints.get(j);
            if (j > 0 && (joint.parent() < 0 || joint.parent() >= j)) {
                throw new IllegalArgumentException("joint " + j + " (" + joint.name() + ") hangs on joint "
                        + joint.parent() + ", which does not come before it");
            }
            if (!joint.isEnd() && !names.add(joint.name())) {
                throw new IllegalArgumentException("two joints are called " + joint.name());
            }
        }
    }

    /** How many joints there are, ends included. */
    public int size() {
        return joints.size();
    }

    /** The index of the joint of that name, ends left out, if there is one. */
    public OptionalInt find(String name) {
        for (int j = 0; j < joints.size(); j++) {
            if (!joints.get(j).isEnd() && joints.get(j).name().equals(name)) {
                return OptionalInt.of(j);
            }
        }
        return OptionalInt.empty();
    }

    /** The pose in which nothing turns, with the root at its offset. */
    public Pose restPose() {
        return new Pose(
                joints.stream().map(Joint::offset).toList(),
                joints.stream().map(joint -> Rotation.IDENTITY).toList());
    }

    /**
     * Forward kinematics: where every joint is. The frame of a joint is its parent's times its own rotation, and it lies
     * where its translation puts it in the parent's frame.
     */
    public List<Vector3> positions(Pose pose) {
        List<Vector3> positions = new ArrayList<>(size());
        List<Rotation> frames = new ArrayList<>(size());
        for (int j = 0; j < size(); j++) {
            Vector3 translation = pose.translations().get(j);
            Rotation rotation = pose.rotations().get(j);
            int parent = joints.get(j).parent();
            if (parent < 0) {
                positions.add(translation);
                frames.add(rotation);
            } else {
                positions.add(positions.get(parent).plus(frames.get(parent).apply(translation)));
                frames.add(frames.get(parent).times(rotation));
            }
        }
        return positions;
    }
}
