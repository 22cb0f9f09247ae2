package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.track.EthUcy;
import io.github.unrolled.datasets.motion.track.Scene;
import io.github.unrolled.datasets.motion.track.SocialForce;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Windows to train on and others to validate with.
 *
 * @param name what they are
 * @param train windows
 * @param validation windows that share no step with them
 * @param test windows of scenes that are in neither; may be empty
 */
public record PedestrianData(
        String name, List<TrackWindow> train, List<TrackWindow> validation, List<TrackWindow> test) {
    /** The part of the frames of a scene that trains where nothing is published. */
    private static final double TRAINED = 0.8;

    private static final int SIMULATED_STEPS = 2500;
    /** Always the same scene, whatever the seed of a run is. */
    private static final Seed SIMULATION = new Seed(2026).split("walkers");

    /**
     * Copies the lists.
     *
     * @throws DataException if there is nothing to train on or to validate with
     */
    public PedestrianData {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        if (train.isEmpty() || validation.isEmpty()) {
            throw new DataException(name + " gives " + train.size() + " windows to train on and " + validation.size()
                    + " to validate with; more is needed: tracks at least as long as a window, two or more at a time");
        }
    }

    /** A fold of the ETH and UCY scenes. */
    public static PedestrianData fold(Path folder, EthUcy.Fold fold, TrackWindow.Rule rule) throws IOException {
        EthUcy.Windows windows = EthUcy.windows(folder, fold, rule);
        return new PedestrianData(EthUcy.ID + "/" + fold.id(), windows.train(), windows.validation(), windows.test());
    }

    /** All ETH and UCY scenes, which leaves nothing to test on. */
    public static PedestrianData allScenes(Path folder, TrackWindow.Rule rule) throws IOException {
        EthUcy.Windows windows = EthUcy.allScenes(folder, rule);
        return new PedestrianData(EthUcy.ID + "/all", windows.train(), windows.validation(), List.of());
    }

    /** The embedded simulator: 1,000 seconds of walkers. */
    public static PedestrianData simulator(TrackWindow.Rule rule) {
        return scenes(
                "simulator", List.of(SocialForce.simulate(new SocialForce.Options(SIMULATED_STEPS), SIMULATION)), rule);
    }

    /** Scenes of one's own: of each the earlier frames train, the later ones validate. */
    public static PedestrianData scenes(String name, List<Scene> scenes, TrackWindow.Rule rule) {
        List<TrackWindow> train = new ArrayList<>();
        List<TrackWindow> validation = new ArrayList<>();
        for (Scene scene : scenes) {
            long[] frames = scene.frames();
            int border = (int) (TRAINED * frames.length);
            for (TrackWindow window : TrackWindow.cut(scene, rule)) {
                int first = java.util.Arrays.binarySearch(frames, window.frame());
                if (first + rule.length() <= border) {
                    train.add(window);
                } else if (first >= border) {
                    validation.add(window);
                }
            }
        }
        return new PedestrianData(name, train, validation, List.of());
    }

    /** A checksum of all windows to train on and to validate with. */
    public String sha256() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        for (List<TrackWindow> windows : List.of(train, validation)) {
            digest.update((byte) windows.size());
            for (TrackWindow window : windows) {
                ByteBuffer bytes = ByteBuffer.allocate(Double.BYTES * window.xy().length);
                bytes.asDoubleBuffer().put(window.xy());
                digest.update(String.join(",", window.ids()).getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** How many walkers some windows have together. */
    public static int walkers(List<TrackWindow> windows) {
        return windows.stream().mapToInt(TrackWindow::walkers).sum();
    }
}
