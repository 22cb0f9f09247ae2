package io.github.unrolled.datasets.motion.track;

import java.util.ArrayList;
import java.util.List;

/**
 * Walkers that were in a place at the same time, all of them through all steps of a window: what is observed first, and
 * what is to be predicted after it.
 *
 * @param scene name of the scene
 * @param frame the first step's
 * @param stepSeconds the time of a step
 * @param observed how many steps are given to a model
 * @param ids one a walker
 * @param xy metres, {@code [time, walkers, 2]} in C order
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TrackWindow(String scene, long frame, double stepSeconds, int observed, List<String> ids, double[] xy) {
    /**
     * How windows are cut.
     *
     * @param observed steps given to a model
     * @param predicted steps after them
     * @param fewestTracks windows with fewer complete tracks are left out
     */
    public record Rule(int observed, int predicted, int fewestTracks) {
        /**
         * The windows of Gupta et al. 2018 (Social-GAN, {@code sgan/data/trajectories.py}): 8 steps observed, 12 predicted,
         * and more than one complete track.
         */
        public static final Rule SOCIAL_GAN = new Rule(8, 12, 2);

        /** Checks the ranges. */
        public Rule {
            if (observed < 2 || predicted < 1 || fewestTracks < 1) {
                throw new IllegalArgumentException("windows of " + observed + " observed and " + predicted
                        + " predicted steps with at least " + fewestTracks
                        + " tracks; at least 2, 1 and 1 are expected");
            }
        }

        /** All steps of a window. */
        public int length() {
            return observed + predicted;
        }
    }

    /** Copies the list and checks that the positions are those of whole steps. */
    public TrackWindow {
        ids = List.copyOf(ids);
        if (ids.isEmpty() || xy.length % (2 * ids.size()) != 0) {
            throw new IllegalArgumentException(
                    xy.length + " coordinates for " + ids.size() + " walkers; expected 2 a walker and step");
        }
    }

    /** How many walkers. */
    public int walkers() {
        return ids.size();
    }

    /** How many steps. */
    public int length() {
        return xy.length / (2 * walkers());
    }

    /** Steps after the observed ones. */
    public int predicted() {
        return length() - observed;
    }

    /** Metres along x of a walker at a step. */
    public double x(int step, int walker) {
        return xy[2 * (step * walkers() + walker)];
    }

    /** Metres along y of a walker at a step. */
    public double y(int step, int walker) {
        return xy[2 * (step * walkers() + walker) + 1];
    }

    /**
     * All windows of a scene, one beginning at every frame. As in the published code, steps are neighbours in the list of
     * frames in which anybody was seen, a walker counts who has a position in all of them, and coordinates are rounded to
     * four decimals.
     */
    public static List<TrackWindow> cut(Scene scene, Rule rule) {
        List<TrackWindow> windows = new ArrayList<>();
        List<Track> present = new ArrayList<>();
        for (int start = 0; start + rule.length() <= scene.frames().length; start++) {
            present.clear();
            for (Track track : scene.tracks()) {
                if (track.first() <= start && track.end() >= start + rule.length()) {
                    present.add(track);
                }
            }
            if (present.size() >= rule.fewestTracks()) {
                windows.add(window(scene, rule, start, present));
            }
        }
        return windows;
    }

    private static TrackWindow window(Scene scene, Rule rule, int start, List<Track> present) {
        double[] xy = new double[2 * rule.length() * present.size()];
        int at = 0;
        for (int step = start; step < start + rule.length(); step++) {
            for (Track track : present) {
                xy[at++] = rounded(track.x()[step - track.first()]);
                xy[at++] = rounded(track.y()[step - track.first()]);
            }
        }
        List<String> ids = present.stream().map(Track::id).toList();
        return new TrackWindow(scene.name(), scene.frames()[start], scene.stepSeconds(), rule.observed(), ids, xy);
    }

    /** As numpy's {@code around(.., 4)}. */
    private static double rounded(double metres) {
        return Math.rint(metres * 1e4) / 1e4;
    }
}
