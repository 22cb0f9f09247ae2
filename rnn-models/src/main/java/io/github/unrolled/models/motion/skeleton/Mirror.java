package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import java.util.Optional;

/**
 * The reflection of a body in the plane x = 0: left and right change places, and of a rotation vector the parts along y
 * and z change their sign. Twice the data for a body whose sides are alike.
 */
final class Mirror {
    private final int[] partner;

    private Mirror(int[] partner) {
        this.partner = partner;
    }

    /** The mirror of a skeleton whose joints' names tell left from right; empty if a side lacks a joint of the other. */
    static Optional<Mirror> of(Skeleton skeleton) {
        int[] partner = new int[skeleton.size()];
        boolean hasSides = false;
        for (int j = 0; j < partner.length; j++) {
            Joint joint = skeleton.joints().get(j);
            if (joint.isEnd()) {
                // An end belongs to its limb; which of its ends does not matter, as none turns.
                partner[j] = j;
                continue;
            }
            String other = otherSide(joint.name());
            Optional<Integer> found = skeleton.find(other).stream().boxed().findFirst();
            if (found.isEmpty()) {
                return Optional.empty();
            }
            partner[j] = found.get();
            hasSides |= partner[j] != j;
        }
        return hasSides ? Optional.of(new Mirror(partner)) : Optional.empty();
    }

    private static String otherSide(String name) {
        if (name.contains("Left")) {
            return name.replace("Left", "Right");
        }
        if (name.contains("Right")) {
            return name.replace("Right", "Left");
        }
        if (name.matches("L[A-Z].*")) {
            return "R" + name.substring(1);
        }
        return name.matches("R[A-Z].*") ? "L" + name.substring(1) : name;
    }

    /** The joint on the other side; itself for one in the middle. */
    int partner(int joint) {
        return partner[joint];
    }

    /** The reflected row. */
    float[] reflect(float[] row) {
        float[] reflected = new float[row.length];
        reflected[0] = -row[0];
        reflected[1] = row[1];
        reflected[2] = row[2];
        for (int j = 0; j < partner.length; j++) {
            int from = 3 + 3 * partner[j];
            int to = 3 + 3 * j;
            reflected[to] = row[from];
            reflected[to + 1] = -row[from + 1];
            reflected[to + 2] = -row[from + 2];
        }
        return reflected;
    }
}
