package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import io.github.unrolled.engine.Engine;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/**
 * Continues motions. Give it one pose after the other, and ask for what comes next at any time: it keeps as many poses as
 * the model reads and nothing else. Belongs to one thread.
 *
 * <p>The motion may have joints that the model does not know, which keep their last rotation; every joint that the model
 * moves must be there under its name, but for the last one of a limb, which is then taken to be at rest. Poses come at
 * the model's rate; {@link #continued} takes a motion of any rate.
 */
public final class SkeletonForecaster implements AutoCloseable {
    private final SkeletonModel model;
    private final Skeleton skeleton;
    private final int[] toModel;
    private final Tape tape;
    private final Deque<Pose> seen = new ArrayDeque<>();

    /**
     * A forecaster for motions of a skeleton.
     *
     * @param model stays its owner's to close
     * @param engine of the calling thread
     * @throws DataException if the skeleton lacks a joint that the model moves
     */
    public SkeletonForecaster(SkeletonModel model, Skeleton skeleton, Engine engine) {
        this.model = model;
        this.skeleton = skeleton;
        Skeleton known = model.layout().skeleton();
        this.toModel = new int[known.size()];
        Arrays.fill(toModel, -1);
        toModel[0] = 0;
        for (int j = 1; j < known.size(); j++) {
            if (!known.joints().get(j).isEnd()) {
                toModel[j] = skeleton.find(known.joints().get(j).name()).orElse(-1);
            }
        }
        List<String> missing = missingJoints(model, skeleton);
        if (!missing.isEmpty()) {
            throw new DataException("the motion has no joint called "
                    + String.join(", ", missing.subList(0, Math.min(3, missing.size())))
                    + (missing.size() > 3 ? " and lacks " + (missing.size() - 3) + " more" : "")
                    + ", which the model moves; rename its joints, or train a model on motions like this one");
        }
        this.tape = Tape.inference(engine);
    }

    /** The joints that a model moves and a skeleton lacks, but for the last of a limb; none if it can be continued. */
    public static List<String> missingJoints(SkeletonModel model, Skeleton skeleton) {
        return absent(model, skeleton).stream()
                .filter(name -> !model.layout().isLastOfLimb(name))
                .toList();
    }

    private static List<String> absent(SkeletonModel model, Skeleton skeleton) {
        return model.layout().movingJoints().stream()
                .filter(name -> skeleton.find(name).isEmpty())
                .toList();
    }

    /** The last joints of limbs, such as fingers, that the motion lacks: the model takes them to be at rest. */
    public List<String> absentJoints() {
        return absent(model, skeleton);
    }

    /** The joints of the motion that the model does not know and leaves as they are. */
    public List<String> unknownJoints() {
        List<String> unknown = new ArrayList<>();
        for (int j = 1; j < skeleton.size(); j++) {
            int joint = j;
            if (!skeleton.joints().get(j).isEnd() && Arrays.stream(toModel).noneMatch(known -> known == joint)) {
                unknown.add(skeleton.joints().get(j).name());
            }
        }
        return unknown;
    }

    /** Takes the next pose, {@link SkeletonModel#frameSeconds} after the last one. */
    public void add(Pose pose) {
        if (pose.rotations().size() != skeleton.size()) {
            throw new IllegalArgumentException(
                    "a pose of " + pose.rotations().size() + " joints for a skeleton of " + skeleton.size());
        }
        seen.addLast(pose);
        if (seen.size() > model.config().seen()) {
            seen.removeFirst();
        }
    }

    /** Forgets all poses: the next one begins another motion. */
    public void reset() {
        seen.clear();
    }

    /** Whether enough poses were given for a prediction. */
    public boolean isReady() {
        return seen.size() == model.config().seen();
    }

    /**
     * The poses that follow, as many as the model predicts at once.
     *
     * @throws DataException if too few were given
     */
    public List<Pose> next() {
        if (!isReady()) {
            throw new DataException("a prediction needs " + model.config().seen() + " frames of "
                    + seconds(model.frameSeconds()) + ", and there are " + seen.size() + "; give a longer motion");
        }
        float[][] window = new float[model.config().seen()][];
        int t = 0;
        for (Pose pose : seen) {
            window[t++] = ExponentialMaps.row(known(pose));
        }
        Pose last = seen.getLast();
        List<Pose> predicted = new ArrayList<>(model.config().predicted());
        for (float[] row : model.predict(tape, List.<float[][]>of(window)).get(0)) {
            predicted.add(own(ExponentialMaps.pose(model.layout().skeleton(), row), last));
        }
        return predicted;
    }

    /** A pose of the motion's skeleton as one of the model's. */
    private Pose known(Pose pose) {
        Pose rest = model.layout().skeleton().restPose();
        List<Rotation> rotations = new ArrayList<>(rest.rotations());
        for (int j = 0; j < toModel.length; j++) {
            if (toModel[j] >= 0) {
                rotations.set(j, pose.rotations().get(toModel[j]));
            }
        }
        return new Pose(rest.translations(), rotations).withRootPosition(pose.rootPosition());
    }

    /** A predicted pose as one of the motion's skeleton, with what the model does not know as in its last pose. */
    private Pose own(Pose predicted, Pose last) {
        List<Rotation> rotations = new ArrayList<>(last.rotations());
        for (int j = 0; j < toModel.length; j++) {
            if (toModel[j] >= 0) {
                rotations.set(toModel[j], predicted.rotations().get(j));
            }
        }
        List<Vector3> translations = new ArrayList<>(last.translations());
        translations.set(0, predicted.rootPosition());
        return new Pose(translations, rotations);
    }

    /**
     * The continuation of a motion at the motion's own rate, beginning one frame after its last. Beyond what the model
     * predicts at once, it goes on from its own predictions.
     *
     * @param frames of the motion's rate
     * @throws DataException if the motion is shorter than what the model reads
     */
    public List<Pose> continued(Motion motion, int frames) {
        double step = model.frameSeconds();
        boolean sameRate = Math.abs(motion.frameSeconds() - step) < 1e-3 * step;
        Motion resampled = sameRate ? motion : motion.resampled(step);
        if (resampled.poses().size() < model.config().seen()) {
            throw new DataException("the motion lasts " + seconds(motion.seconds()) + " ("
                    + motion.poses().size() + " frames), the model reads "
                    + seconds((model.config().seen() - 1) * step) + " ("
                    + model.config().seen() + " frames of "
                    + seconds(step) + "); give a longer motion");
        }
        reset();
        int from = resampled.poses().size() - model.config().seen();
        resampled.poses().subList(from, resampled.poses().size()).forEach(this::add);
        double last = frames * motion.frameSeconds();
        List<Pose> ahead = new ArrayList<>(List.of(seen.getLast()));
        while ((ahead.size() - 1) * step < last - 1e-9) {
            List<Pose> predicted = next();
            predicted.forEach(this::add);
            ahead.addAll(predicted);
        }
        Motion continuation = new Motion(skeleton, step, ahead);
        List<Pose> poses = new ArrayList<>(frames);
        for (int f = 1; f <= frames; f++) {
            poses.add(sameRate ? ahead.get(f) : continuation.at(f * motion.frameSeconds()));
        }
        return poses;
    }

    private static String seconds(double value) {
        return String.format(Locale.ROOT, "%.3f s", value);
    }

    /** Frees the memory of predictions. */
    @Override
    public void close() {
        tape.close();
    }
}
