package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.motion.cmu.CmuMocap;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.datasets.motion.cmu.CmuSkeleton;
import io.github.unrolled.datasets.motion.gait.GaitGenerator;
import io.github.unrolled.datasets.motion.gait.GaitSkeleton;
import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

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
