package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.datasets.motion.track.EthUcy;
import io.github.unrolled.models.motion.pedestrian.ForecastErrors;
import io.github.unrolled.models.motion.pedestrian.PublishedErrors;
import io.github.unrolled.motion.task.SeedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Errors as rows of a result: names {@code eth} to {@code zara2} and {@code mean}, metrics {@code ade}, {@code fde20} and so on. */
final class WalkerRows {
    static final String OURS = "ours";
    static final String MEAN = "mean";
    /** Begins the name of a model of several samples of which only the first counts. */
    static final String FIRST_OF = "first-of-";

    private static final int SAMPLES = 20;

    /** Of the folds. */
    private static final List<String> NAMES =
            Arrays.stream(EthUcy.Fold.values()).map(EthUcy.Fold::id).toList();

    /** A figure: how its metric ends, what it means, and how it is read. */
    private record Figure(
            String suffix,
            String protocol,
            ToDoubleFunction<ForecastErrors> ade,
            ToDoubleFunction<ForecastErrors> fde) {}

    private WalkerRows() {}

    private static List<Figure> figures(int samples) {
        Figure single = new Figure("", "one sample", ForecastErrors::ade, ForecastErrors::fde);
        if (samples == 1) {
            return List.of(single);
        }
        return List.of(
                single,
                new Figure(
                        Integer.toString(samples),
                        pedestrian(samples),
                        ForecastErrors::pedestrianAde,
                        ForecastErrors::pedestrianFde),
                new Figure(samples + "-window", window(samples), ForecastErrors::windowAde, ForecastErrors::windowFde));
    }

    private static String pedestrian(int samples) {
        return "best of " + samples + " per pedestrian, ADE and FDE each its own";
    }

    private static String window(int samples) {
        return "best of " + samples + " per window, one sample for all its pedestrians";
    }

    /** The five folds of one model, and their mean. */
    static List<ResultRow> folds(String model, List<List<ForecastErrors>> ofSeeds, int samples) {
        return folds(model, ofSeeds, figures(samples));
    }

    /** As {@link #folds}, without the figure of one sample. */
    static List<ResultRow> samplesOfFolds(String model, List<List<ForecastErrors>> ofSeeds, int samples) {
        List<Figure> figures = figures(samples);
        return folds(model, ofSeeds, figures.subList(1, figures.size()));
    }

    private static List<ResultRow> folds(String model, List<List<ForecastErrors>> ofSeeds, List<Figure> figures) {
        List<ResultRow> rows = new ArrayList<>();
        for (Figure figure : figures) {
            for (int i = 0; i <= NAMES.size(); i++) {
                int fold = i;
                List<ForecastErrors> errors = ofSeeds.stream()
                        .map(seed -> fold < seed.size() ? seed.get(fold) : ForecastErrors.mean(seed))
                        .toList();
                String name = i < NAMES.size() ? NAMES.get(i) : MEAN;
                rows.addAll(rows(name, model, figure, errors));
            }
        }
        return rows;
    }

    /** One model on data of the user's own. */
    static List<ResultRow> own(String name, String model, ForecastErrors errors, int samples) {
        List<ResultRow> rows = new ArrayList<>();
        for (Figure figure : figures(samples)) {
            rows.addAll(rows(name, model, figure, List.of(errors)));
        }
        return rows;
    }

    private static List<ResultRow> rows(String name, String model, Figure figure, List<ForecastErrors> ofSeeds) {
        return List.of(
                row(name, "ade" + figure.suffix, figure.ade, model, figure.protocol, ofSeeds),
                row(name, "fde" + figure.suffix, figure.fde, model, figure.protocol, ofSeeds));
    }

    private static ResultRow row(
            String name,
            String metric,
            ToDoubleFunction<ForecastErrors> value,
            String model,
            String protocol,
            List<ForecastErrors> ofSeeds) {
        ResultRow row = ResultRow.of(name, metric, 0, "metres")
                .with("model", model)
                .with("protocol", protocol)
                .with("walkers", ofSeeds.get(0).walkers());
        return SeedRow.of(row, ofSeeds.stream().mapToDouble(value).toArray());
    }

    /** What others published. */
    static List<ResultRow> published() {
        List<ResultRow> rows = new ArrayList<>();
        for (PublishedErrors published : PublishedErrors.all()) {
            String suffix = switch (published.kind()) {
                case SINGLE -> "";
                case PEDESTRIAN -> Integer.toString(SAMPLES);
                case WINDOW -> SAMPLES + "-window";
            };
            String protocol = switch (published.kind()) {
                case SINGLE -> "one sample";
                case PEDESTRIAN -> pedestrian(SAMPLES);
                case WINDOW -> window(SAMPLES);
            };
            for (int i = 0; i <= NAMES.size(); i++) {
                String name = i < NAMES.size() ? NAMES.get(i) : MEAN;
                rows.add(published(name, "ade" + suffix, published.ade(), i, published, protocol));
                rows.add(published(name, "fde" + suffix, published.fde(), i, published, protocol));
            }
        }
        return rows;
    }

    private static ResultRow published(
            String name, String metric, List<Double> values, int fold, PublishedErrors published, String protocol) {
        double value = fold < values.size()
                ? values.get(fold)
                : values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        return ResultRow.of(name, metric, value, "metres")
                .with("model", published.model())
                .with("protocol", protocol)
                .with("source", published.source());
    }
}
