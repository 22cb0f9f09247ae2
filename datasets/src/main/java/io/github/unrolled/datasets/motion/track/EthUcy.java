package io.github.unrolled.datasets.motion.track;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The ETH (Pellegrini et al. 2009) and UCY (Lerner et al. 2007) scenes as the Social-GAN code divides them: five folds,
 * each of which tests on scenes that it has not trained on. Tests use whole scenes; of the others the earlier part trains
 * and the later part validates.
 *
 * <p>The positions of {@code biwi_eth} are 10 frames apart where the annotation's 2.5 a second would be 6, so its walkers
 * seem to move faster and its errors are larger, for every method. The files are used as they are, so that figures compare.
 */
public final class EthUcy {
    /** The id in the catalogue. */
    public static final String ID = "eth-ucy";

    private static final List<String> SCENES = List.of(
            "biwi_eth",
            "biwi_hotel",
            "crowds_zara01",
            "crowds_zara02",
            "crowds_zara03",
            "students001",
            "students003",
            "uni_examples");

    private EthUcy() {}

    /** The five folds, by the scene that is tested. */
    public enum Fold {
        /** Tests on biwi_eth. */
        ETH,
        /** Tests on biwi_hotel. */
        HOTEL,
        /** Tests on students001 and students003. */
        UNIV,
        /** Tests on crowds_zara01. */
        ZARA1,
        /** Tests on crowds_zara02. */
        ZARA2;

        /** The short name in tables and on command lines. */
        public String id() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * The fold of that name.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Fold of(String id) {
            for (Fold fold : values()) {
                if (fold.id().equals(id)) {
                    return fold;
                }
            }
            throw new IllegalArgumentException(
                    "no fold is called '" + id + "'; there are eth, hotel, univ, zara1 and zara2");
        }

        private List<String> tested() {
            return switch (this) {
                case ETH -> List.of("biwi_eth");
                case HOTEL -> List.of("biwi_hotel");
                case UNIV -> List.of("students001", "students003");
                case ZARA1 -> List.of("crowds_zara01");
                case ZARA2 -> List.of("crowds_zara02");
            };
        }

        private List<String> trained() {
            return SCENES.stream().filter(scene -> !tested().contains(scene)).toList();
        }
    }

    /**
     * The windows of a fold.
     *
     * @param train from the earlier parts of the scenes that are not tested
     * @param validation from their later parts
     * @param test from the tested scenes, whole
     */
    public record Windows(List<TrackWindow> train, List<TrackWindow> validation, List<TrackWindow> test) {
        /** Copies the lists. */
        public Windows {
            train = List.copyOf(train);
            validation = List.copyOf(validation);
            test = List.copyOf(test);
        }
    }

    /** The folder with {@code all}, {@code train} and {@code val}, from the files that a store fetched. */
    public static Path folder(List<Path> files) {
        return files.get(0).resolveSibling("..").normalize();
    }

    /** Cuts the windows of a fold. */
    public static Windows windows(Path folder, Fold fold, TrackWindow.Rule rule) throws IOException {
        return new Windows(
                cut(folder, "train", "_train", fold.trained(), rule),
                cut(folder, "val", "_val", fold.trained(), rule),
                cut(folder, "all", "", fold.tested(), rule));
    }

    /** Windows of all eight scenes, no test: for a model that is used, not measured. */
    public static Windows allScenes(Path folder, TrackWindow.Rule rule) throws IOException {
        return new Windows(
                cut(folder, "train", "_train", SCENES, rule), cut(folder, "val", "_val", SCENES, rule), List.of());
    }

    private static List<TrackWindow> cut(
            Path folder, String part, String suffix, List<String> scenes, TrackWindow.Rule rule) throws IOException {
        TrackReader reader = new TrackReader(TrackReader.ETH_UCY_STEP_SECONDS);
        List<TrackWindow> windows = new ArrayList<>();
        for (String scene : scenes) {
            Scene read = reader.read(folder.resolve(part).resolve(scene + suffix + ".txt"));
            // Both parts of a scene are of one place.
            windows.addAll(TrackWindow.cut(read.named(scene), rule));
        }
        return windows;
    }
}
