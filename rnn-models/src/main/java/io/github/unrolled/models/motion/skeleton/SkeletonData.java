package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.cmu.CmuMocap;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.datasets.motion.cmu.CmuSkeleton;
import io.github.unrolled.datasets.motion.gait.GaitGenerator;
import io.github.unrolled.datasets.motion.gait.GaitSkeleton;
import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Motions to learn from.
 *
 * @param name what they are, for files and messages
 * @param skeleton who moves in all of them
 * @param frameSeconds between two frames of a window
 * @param train learned from
 * @param validation held out; the training ones again if nothing is
 */
public record SkeletonData(
        String name, Skeleton skeleton, double frameSeconds, List<PoseClip> train, List<PoseClip> validation) {
    /** The training files of CMU of which the last of every action is held out: for choosing. */
    public static final String CMU_HELD_OUT = "cmu-held-out";

    /** All training files of CMU: what the published protocol trains on. */
    public static final String CMU = "cmu";

    /** Training and test files of CMU: for use, not to be measured. */
    public static final String CMU_ALL = "cmu-all";

    /** Made up, without a download. */
    public static final String GAITS = "gaits";

    /** All names. */
    public static final List<String> NAMES = List.of(CMU, CMU_HELD_OUT, CMU_ALL, GAITS);

    /** Frames between two windows that are measured. */
    private static final int WINDOW_STEP = 4;

    private static final int GAIT_CLIPS = 240;
    private static final int GAIT_VALIDATION_CLIPS = 24;
    private static final int GAIT_FRAMES = 150;
    private static final Seed GAIT_SEED = new Seed(20);

    /** Copies the lists. */
    public SkeletonData {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
    }

    /** The data of one of the {@link #NAMES} that need the files of CMU. */
    public static SkeletonData cmu(String name, CmuMocap files) throws IOException {
        List<PoseClip> train = new ArrayList<>();
        List<PoseClip> heldOut = new ArrayList<>();
        for (String action : CmuProtocol.ACTIONS) {
            List<CmuMocap.Trial> trials = files.train(action);
            for (int i = 0; i < trials.size(); i++) {
                boolean holdOut = name.equals(CMU_HELD_OUT) && i == trials.size() - 1;
                (holdOut ? heldOut : train)
                        .add(new PoseClip(action, trials.get(i).rows(), 2));
            }
            if (name.equals(CMU_ALL)) {
                train.add(new PoseClip(action, files.test(action).rows(), 2));
            }
        }
        return new SkeletonData(
                name, CmuSkeleton.skeleton(), CmuProtocol.FRAME_SECONDS, train, heldOut.isEmpty() ? train : heldOut);
    }

    /** Made-up gaits, the same ones always. */
    public static SkeletonData gaits() {
        return new SkeletonData(
                GAITS,
                GaitSkeleton.skeleton(),
                GaitGenerator.FRAME_SECONDS,
                gaits(GAIT_SEED.split("train"), GAIT_CLIPS),
                gaits(GAIT_SEED.split("validation"), GAIT_VALIDATION_CLIPS));
    }

    private static List<PoseClip> gaits(Seed seed, int count) {
        GaitGenerator generator = new GaitGenerator();
        List<PoseClip> clips = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            clips.add(clip(GAITS, generator.motion(seed.split(i), GAIT_FRAMES)));
        }
        return clips;
    }

    /**
     * Motions of one's own, all of the same joints; the last one validates if there are several.
     *
     * @param name of all of them
     * @param motions by the name of their file, at least one; the first one's rate is that of all
     * @throws DataException if one has other joints than the first
     */
    public static SkeletonData own(String name, Map<String, Motion> motions) {
        Motion first = motions.values().iterator().next();
        List<PoseClip> clips = new ArrayList<>();
        motions.forEach((file, motion) -> {
            if (!names(motion.skeleton()).equals(names(first.skeleton()))) {
                throw new DataException(file + " has other joints than "
                        + motions.keySet().iterator().next() + "; give motions of one skeleton");
            }
            boolean sameRate = Math.abs(motion.frameSeconds() - first.frameSeconds()) < 1e-3 * first.frameSeconds();
            clips.add(clip(name, sameRate ? motion : motion.resampled(first.frameSeconds())));
        });
        List<PoseClip> train = clips.size() == 1 ? clips : clips.subList(0, clips.size() - 1);
        List<PoseClip> validation = clips.size() == 1 ? clips : clips.subList(clips.size() - 1, clips.size());
        return new SkeletonData(name, first.skeleton(), first.frameSeconds(), train, validation);
    }

    private static List<String> names(Skeleton skeleton) {
        return skeleton.joints().stream().map(Joint::name).toList();
    }

    /**
     * The windows of the motions that are held out, each fourth frame a new one.
     *
     * @throws DataException if the model is for another skeleton or rate, or no motion holds a window
     */
    public List<float[][]> windows(SkeletonModel model) {
        if (!names(model.layout().skeleton()).equals(names(skeleton))) {
            throw new DataException(
                    name + " has other joints than the model was trained with; give motions of its skeleton");
        }
        if (Math.abs(model.frameSeconds() - frameSeconds) > 1e-3 * frameSeconds) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s has a frame every %.4f s and the model was trained for %.4f s; resample the motions",
                    name,
                    frameSeconds,
                    model.frameSeconds()));
        }
        int frames = model.config().seen() + model.config().predicted();
        List<float[][]> windows = new ArrayList<>();
        for (PoseClip clip : validation) {
            for (int start = 0; start < clip.starts(frames); start += WINDOW_STEP * clip.stride()) {
                windows.add(clip.window(start, frames));
            }
        }
        if (windows.isEmpty()) {
            throw new DataException("no motion of " + name + " has the " + frames + " frames of a window");
        }
        return windows;
    }

    /** The name for rows: that of a file or folder without where it lies. */
    public String label() {
        Path file = Path.of(name).getFileName();
        return file == null ? name : file.toString();
    }

    /** A motion as a clip of its own rate. */
    public static PoseClip clip(String group, Motion motion) {
        return new PoseClip(
                group, motion.poses().stream().map(ExponentialMaps::row).toList(), 1);
    }

    /** A checksum of all numbers. */
    public String sha256() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (PoseClip clip : train) {
            for (float[] row : clip.rows()) {
                ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * row.length);
                bytes.asFloatBuffer().put(row);
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
