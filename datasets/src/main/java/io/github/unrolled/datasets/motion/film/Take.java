package io.github.unrolled.datasets.motion.film;

import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import java.util.List;

/**
 * One prediction to be shown.
 *
 * @param title what is seen
 * @param skeleton who moves, y up
 * @param frameSeconds between two poses
 * @param seen what the model saw, at least one pose
 * @param truth what then happened; empty if nobody knows
 * @param predicted what the model says, at least one pose
 */
public record Take(
        String title, Skeleton skeleton, double frameSeconds, List<Pose> seen, List<Pose> truth, List<Pose> predicted) {
    /** Copies the lists. */
    public Take {
        seen = List.copyOf(seen);
        truth = List.copyOf(truth);
        predicted = List.copyOf(predicted);
        if (seen.isEmpty() || predicted.isEmpty()) {
            throw new IllegalArgumentException("a take has at least one pose that was seen and one that is predicted");
        }
        if (!truth.isEmpty() && truth.size() != predicted.size()) {
            throw new IllegalArgumentException("a take of " + predicted.size() + " predicted poses and " + truth.size()
                    + " true ones; both are equally long, or there is no truth");
        }
    }

    /** How many frames it has. */
    int length() {
        return seen.size() + predicted.size();
    }

    /** The pose of a frame of one of the two continuations. */
    Pose pose(int frame, List<Pose> continuation) {
        return frame < seen.size() ? seen.get(frame) : continuation.get(frame - seen.size());
    }
}
