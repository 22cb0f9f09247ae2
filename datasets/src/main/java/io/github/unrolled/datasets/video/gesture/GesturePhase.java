package io.github.unrolled.datasets.video.gesture;

import io.github.unrolled.datasets.DataException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Gesture Phase Segmentation (UCI; Madeo, Lima and Peres 2013): velocities and accelerations of hands and wrists of three
 * people who tell stories, and the phase of the gesture at every frame. Two protocols: the published one, in which windows of
 * training and test overlap, so that its figures compare with those of others but say little of new people, and one that
 * leaves a user out.
 */
public final class GesturePhase {
    /** The id in the catalogue. */
    public static final String ID = "gesture-phase";

    /** The phases by their letters: rest, preparation, stroke, hold, retraction; in the published order of codes. */
    public static final List<String> CLASSES = List.of("rest", "preparation", "stroke", "hold", "retraction");

    /** Velocities and accelerations of a frame. */
    public static final int FEATURES = 32;

    /** Frames of a window of the published protocol. */
    public static final int WINDOW = 32;

    private static final String LETTERS = "DPSHR";
    private static final int PERMUTATION_SEED = 23489;
    private static final double VALID_SHARE = 0.1;
    private static final double TEST_SHARE = 0.15;

    /** In the order in which the published protocol reads them, which decides what the permutation does. */
    private static final List<String> PUBLISHED_ORDER = List.of("a3", "b1", "b3", "c1", "c3", "a2", "a1");

    private GesturePhase() {}

    /**
     * Sequences for training, validation and test.
     *
     * @param train to learn from
     * @param valid to choose by
     * @param test to measure on
     */
    public record Parts(List<FeatureSequence> train, List<FeatureSequence> valid, List<FeatureSequence> test) {
        /** Copies the lists. */
        public Parts {
            train = List.copyOf(train);
            valid = List.copyOf(valid);
            test = List.copyOf(test);
        }
    }

    /**
     * Reads the seven videos.
     *
     * @param folder with {@code a1_va3.csv} and so on
     * @return whole videos with the features as they are, each with its user as the group, in the published order
     * @throws DataException naming file and line, if one is missing or not as expected
     */
    public static List<FeatureSequence> read(Path folder) throws IOException {
        List<FeatureSequence> videos = new ArrayList<>();
        for (String video : PUBLISHED_ORDER) {
            videos.add(read(video, folder.resolve(video + "_va3.csv")));
        }
        return videos;
    }

    private static FeatureSequence read(String video, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + " does not exist; the folder of " + ID + " has a1_va3.csv and six more");
        }
        // One of the files has the line ends of an old Macintosh.
        String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\r\n|\r|\n", -1);
        List<float[]> features = new ArrayList<>();
        int[] labels = new int[lines.length];
        for (int i = 1; i < lines.length; i++) {
            if (lines[i].isBlank()) {
                continue;
            }
            String[] fields = lines[i].split(",", -1);
            String where = file + ", line " + (i + 1);
            if (fields.length != FEATURES + 1) {
                throw new DataException(where + ": " + fields.length + " fields, expected " + (FEATURES + 1));
            }
            float[] row = new float[FEATURES];
            for (int f = 0; f < FEATURES; f++) {
                row[f] = number(where, fields[f]);
            }
            String letter = fields[FEATURES].strip().toUpperCase(Locale.ROOT);
            if (letter.length() != 1 || LETTERS.indexOf(letter) < 0) {
                throw new DataException(where + ": the phase is '" + fields[FEATURES] + "', expected one of D P S H R");
            }
            labels[features.size()] = LETTERS.indexOf(letter);
            features.add(row);
        }
        if (features.isEmpty()) {
            throw new DataException(file + " has no frames");
        }
        return new FeatureSequence(
                video, video.substring(0, 1), features.toArray(new float[0][]), Arrays.copyOf(labels, features.size()));
    }

    private static float number(String where, String text) {
        try {
            return Float.parseFloat(text.strip());
        } catch (NumberFormatException e) {
            throw new DataException(where + ": '" + text + "' is not a number", e);
        }
    }

    /**
     * The protocol of the Liquid Time-Constant Networks code (Hasani et al. 2021): windows of 32 frames, and between any two
     * the one that lies half in each; standardised over all of them; a fixed permutation; the first tenth for validation,
     * the next 15 % for test. Since windows overlap, three quarters of the test's frames are also in training windows.
     *
     * @param videos as {@link #read} gives them
     */
    public static Parts published(List<FeatureSequence> videos) {
        List<FeatureSequence> windows = new ArrayList<>();
        for (FeatureSequence video : videos) {
            int whole = video.length() / WINDOW;
            for (int i = 0; i < whole; i++) {
                windows.add(video.slice(i * WINDOW, (i + 1) * WINDOW));
                if (i < whole - 1) {
                    windows.add(video.slice(i * WINDOW + WINDOW / 2, (i + 1) * WINDOW + WINDOW / 2));
                }
            }
        }
        List<FeatureSequence> standardised = Standardisation.of(windows).apply(windows);
        int valid = (int) (VALID_SHARE * windows.size());
        int test = (int) (TEST_SHARE * windows.size());
        List<FeatureSequence> shuffled = new ArrayList<>();
        for (int index : new LegacyRandom(PERMUTATION_SEED).permutation(windows.size())) {
            shuffled.add(standardised.get(index));
        }
        return new Parts(
                shuffled.subList(valid + test, shuffled.size()),
                shuffled.subList(0, valid),
                shuffled.subList(valid, valid + test));
    }

    /**
     * Tests on one user, whole videos. Of the others one video, the last by name, is held out for validation; features are
     * standardised by what the training videos have.
     *
     * @param videos as {@link #read} gives them
     * @param user a, b or c
     * @throws DataException if there is no such user
     */
    public static Parts leaveOut(List<FeatureSequence> videos, String user) {
        List<FeatureSequence> test = new ArrayList<>();
        List<FeatureSequence> others = new ArrayList<>();
        for (FeatureSequence video : videos) {
            (video.group().equals(user) ? test : others).add(video);
        }
        if (test.isEmpty() || others.size() < 2) {
            throw new DataException("the videos cannot be tested on the user '" + user + "'; there are a, b and c");
        }
        others.sort(java.util.Comparator.comparing(FeatureSequence::name));
        List<FeatureSequence> valid = others.subList(others.size() - 1, others.size());
        List<FeatureSequence> train = others.subList(0, others.size() - 1);
        Standardisation fitted = Standardisation.of(train);
        return new Parts(fitted.apply(train), fitted.apply(valid), fitted.apply(test));
    }
}
