package io.github.unrolled.datasets.motion.cmu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Which frames of the CMU files are seen and predicted in the published comparisons (Li et al. 2018, Mao et al. 2019):
 * every second row of a file, windows of 50 seen and 25 predicted frames, eight per test file at fixed places.
 *
 * <p>The trials are 120 Hz, so a frame is 1/60 s; the published times call it 40 ms. They are names, not durations.
 */
public final class CmuProtocol {
    /** Frames seen before a prediction. */
    public static final int SEEN = 50;

    /** Frames predicted. */
    public static final int PREDICTED = 25;

    /** The true time between two frames of the protocol. */
    public static final double FRAME_SECONDS = 2 / 120.0;

    /** The actions whose files can be had completely. */
    public static final List<String> ACTIONS = List.of("basketball", "jumping", "running", "soccer", "walking");

    /** The published horizons, by their nominal milliseconds. */
    public static final List<Integer> NOMINAL_MILLISECONDS = List.of(80, 160, 320, 400, 560, 1000);

    /** The predicted frame, from 0, that each horizon is measured at. */
    public static final List<Integer> HORIZONS = List.of(1, 3, 7, 9, 13, 24);

    /** Draws of NumPy's RandomState(1234567890).randint(0, n - 75) for the test file of each action, n halved rows. */
    private static final Map<String, int[]> STARTS = Map.of(
            "basketball", new int[] {130, 102, 47, 140, 51, 33, 171, 105},
            "jumping", new int[] {386, 358, 47, 140, 819, 289, 939, 105},
            "running", new int[] {2, 6, 4, 3, 1, 3, 1, 4},
            "soccer", new int[] {130, 102, 47, 140, 51, 33, 171, 105},
            "walking", new int[] {2, 102, 47, 12, 51, 33, 43, 60});

    private CmuProtocol() {}

    /** Rows 0, 2, 4, … of a file. */
    public static List<float[]> halved(List<float[]> rows) {
        List<float[]> kept = new ArrayList<>((rows.size() + 1) / 2);
        for (int i = 0; i < rows.size(); i += 2) {
            kept.add(rows.get(i));
        }
        return kept;
    }

    /**
     * The eight test windows of an action, each of {@link #SEEN} + {@link #PREDICTED} frames.
     *
     * @param halvedRows of its test file
     * @throws IllegalArgumentException if it is none of the actions, or the file is too short for its windows
     */
    public static List<List<float[]>> testWindows(String action, List<float[]> halvedRows) {
        int[] starts = STARTS.get(action);
        if (starts == null) {
            throw new IllegalArgumentException("no test windows are known of '" + action + "', only of " + ACTIONS);
        }
        List<List<float[]>> windows = new ArrayList<>(starts.length);
        for (int start : starts) {
            int end = start + SEEN + PREDICTED;
            if (end > halvedRows.size()) {
                throw new IllegalArgumentException("the test file of " + action + " has " + halvedRows.size()
                        + " frames at half rate, and a window of the protocol ends at " + end);
            }
            windows.add(List.copyOf(halvedRows.subList(start, end)));
        }
        return windows;
    }
}
