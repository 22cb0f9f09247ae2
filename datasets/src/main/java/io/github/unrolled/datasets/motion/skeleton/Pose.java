package io.github.unrolled.datasets.motion.skeleton;

import java.util.ArrayList;
import java.util.List;

/**
 * One moment of a skeleton.
 *
 * @param translations of every joint from its parent, in the parent's frame: the offset, unless the file moves it; of the
 *     root, its position in the world
 * @param rotations of every joint against its parent; nothing for ends
 */
public record Pose(List<Vector3> translations, List<Rotation> rotations) {
    /** Copies the lists. */
    public Pose {
        translations = List.copyOf(translations);
        rotations = List.copyOf(rotations);
        if (translations.size() != rotations.size()) {
            throw new IllegalArgumentException("a pose of " + translations.size() + " translations and "
                    + rotations.size() + " rotations; every joint has one of each");
        }
    }

    /** Where the root is. */
    public Vector3 rootPosition() {
        return translations.get(0);
    }

    /** The same pose with the root elsewhere. */
    public Pose withRootPosition(Vector3 position) {
        List<Vector3> moved = new ArrayList<>(translations);
        moved.set(0, position);
        return new Pose(moved, rotations);
    }

    /** The pose a part of the way to another one of the same skeleton: 0 for this, 1 for the other one. */
    public Pose towards(Pose other, double part) {
        List<Vector3> moved = new ArrayList<>(translations.size());
        List<Rotation> turned = new ArrayList<>(rotations.size());
        for (int j = 0; j < rotations.size(); j++) {
            Vector3 from = translations.get(j);
            moved.add(from.plus(other.translations.get(j).minus(from).times(part)));
            turned.add(rotations.get(j).towards(other.rotations.get(j), part));
        }
        return new Pose(moved, turned);
    }
}
