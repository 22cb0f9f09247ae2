package io.github.unrolled.models.motion.pedestrian;

import java.util.List;

/**
 * What others published for the ETH and UCY folds, in metres: the five scenes in the order eth, hotel, univ, zara1, zara2.
 *
 * @param model who
 * @param kind of which figure
 * @param ade of each scene
 * @param fde of each scene
 * @param source where it was read
 */
public record PublishedErrors(String model, Kind kind, List<Double> ade, List<Double> fde, String source) {
    /** The three figures of {@link ForecastErrors}. */
    public enum Kind {
        /** One sample. */
        SINGLE,
        /** Best of 20 for every pedestrian. */
        PEDESTRIAN,
        /** Best of 20 for all pedestrians of a window together. */
        WINDOW
    }

    /** Copies the lists. */
    public PublishedErrors {
        ade = List.copyOf(ade);
        fde = List.copyOf(fde);
    }

    /** The rows that a comparison should have: a strong and a usual one of each kind. */
    public static List<PublishedErrors> all() {
        return List.of(
                new PublishedErrors(
                        "sr-lstm",
                        Kind.SINGLE,
                        List.of(0.63, 0.37, 0.51, 0.41, 0.32),
                        List.of(1.25, 0.74, 1.10, 0.90, 0.70),
                        "Zhang et al. 2019; eth at its true rate, which is easier"),
                new PublishedErrors(
                        "social-stgcnn",
                        Kind.PEDESTRIAN,
                        List.of(0.64, 0.49, 0.44, 0.34, 0.30),
                        List.of(1.11, 0.85, 0.79, 0.53, 0.48),
                        "Mohamed et al. 2020"),
                new PublishedErrors(
                        "agentformer",
                        Kind.PEDESTRIAN,
                        List.of(0.45, 0.14, 0.25, 0.18, 0.14),
                        List.of(0.75, 0.22, 0.45, 0.30, 0.24),
                        "Yuan et al. 2021, as corrected by the authors"),
                new PublishedErrors(
                        "sgan-20v-20",
                        Kind.WINDOW,
                        List.of(0.71, 0.48, 0.56, 0.34, 0.31),
                        List.of(1.29, 1.02, 1.18, 0.69, 0.64),
                        "Gupta et al. 2018, the released models"));
    }
}
