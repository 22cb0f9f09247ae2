package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Training;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * How much of what a network adds to constant velocity helps in a place that it has not seen: the part t of cv + t (network
 * - cv) for which the mean ADE of validation windows is lowest, every scene counting once. The scenes of the training are
 * dealt out to {@link #GROUPS} groups; for each, a network is trained by the same options on the training windows of the
 * other groups, and forecasts the validation windows of this one. So no scene outside the training data decides anything,
 * and no network is judged on a scene where it learned, though another recording of the same place may have been there, as
 * in the published folds. With one scene alone there is none to hold out: the network is judged on later windows of its own.
 *
 * @param trust t, in (0, 1]
 * @param ade the mean ADE with it, metres; comparable between options, for it is of scenes that were not seen
 * @param constantAde that of constant velocity
 * @param unseen whether that was on scenes that were not seen, not on later windows of the only one
 */
record TrustFit(double trust, double ade, double constantAde, boolean unseen) {
    static final int GROUPS = 3;

    private static final int GRID = 100;

    /** Trains as many networks as there are groups, each by the recipe; empty if that was stopped. */
    static Optional<TrustFit> fit(
            Backend backend, PedestrianOptions options, Recipe recipe, PedestrianData data, BooleanSupplier stop) {
        List<String> scenes = scenes(data);
        int groups = Math.min(GROUPS, scenes.size());
        TreeMap<String, List<double[]>> curves = new TreeMap<>();
        for (int group = 0; group < groups; group++) {
            Set<String> heldOut = group(scenes, group, groups);
            boolean alone = groups == 1;
            List<TrackWindow> train = data.train().stream()
                    .filter(window -> alone || !heldOut.contains(window.scene()))
                    .toList();
            List<TrackWindow> judged = data.validation().stream()
                    .filter(window -> heldOut.contains(window.scene()))
                    .toList();
            if (train.isEmpty() || judged.isEmpty()) {
                continue;
            }
            List<Forecast> forecasts = forecasts(
                    backend, options, recipe, new PedestrianData(data.name(), train, judged, List.of()), stop);
            if (forecasts.isEmpty()) {
                return Optional.empty();
            }
            for (int i = 0; i < judged.size(); i++) {
                curves.computeIfAbsent(judged.get(i).scene(), scene -> new ArrayList<>())
                        .addAll(curves(judged.get(i), forecasts.get(i)));
            }
        }
        return Optional.of(best(List.copyOf(curves.values()), groups > 1));
    }

    private static List<String> scenes(PedestrianData data) {
        Set<String> scenes = new LinkedHashSet<>();
        data.train().forEach(window -> scenes.add(window.scene()));
        data.validation().forEach(window -> scenes.add(window.scene()));
        return List.copyOf(scenes);
    }

    /** Every third scene, so that every group has some of each kind where names of a kind stand together. */
    private static Set<String> group(List<String> scenes, int group, int groups) {
        Set<String> members = new LinkedHashSet<>();
        for (int i = group; i < scenes.size(); i += groups) {
            members.add(scenes.get(i));
        }
        return members;
    }

    /** Of every validation window; empty if the training was stopped. */
    private static List<Forecast> forecasts(
            Backend backend, PedestrianOptions options, Recipe recipe, PedestrianData data, BooleanSupplier stop) {
        Recipe once = recipe.withIntervals(0, 0);
        List<Forecast> forecasts = new ArrayList<>();
        try (PedestrianTask task = new PedestrianTask(backend, options.withoutFit(), once, data);
                Training<WindowBatch> training = new Training<>(backend, once, task)) {
            boolean completed = training.rehearse(
                    workers -> {
                        forecasts.addAll(workers.runAll(worker -> {
                                    if (worker.index() > 0) {
                                        return List.<Forecast>of();
                                    }
                                    try (Tape tape = Tape.inference(worker.engine())) {
                                        return new PedestrianForecaster(task.model(), tape)
                                                .forecast(
                                                        data.validation(),
                                                        data.validation().get(0).predicted());
                                    }
                                })
                                .get(0));
                        return 0;
                    },
                    stop);
            return completed ? forecasts : List.of();
        }
    }

    /** ADE of every walker of a window for every t of the grid: 0, 1 / GRID, 2 / GRID, .., 1. */
    private static List<double[]> curves(TrackWindow window, Forecast network) {
        Forecast constant = Baseline.CONSTANT_VELOCITY
                .forecast(List.of(window), window.predicted())
                .get(0);
        List<double[]> curves = new ArrayList<>();
        for (int walker = 0; walker < window.walkers(); walker++) {
            double[] ade = new double[GRID + 1];
            for (int step = 0; step < window.predicted(); step++) {
                double x = constant.x(0, step, walker);
                double y = constant.y(0, step, walker);
                double dx = network.x(0, step, walker) - x;
                double dy = network.y(0, step, walker) - y;
                double missingX = window.x(window.observed() + step, walker) - x;
                double missingY = window.y(window.observed() + step, walker) - y;
                for (int t = 0; t <= GRID; t++) {
                    double part = (double) t / GRID;
                    ade[t] += Math.hypot(part * dx - missingX, part * dy - missingY) / window.predicted();
                }
            }
            curves.add(ade);
        }
        return curves;
    }

    /** The t above 0 whose mean over scenes of the mean over walkers is lowest. */
    static TrustFit best(List<List<double[]>> ofScenes, boolean unseen) {
        double[] mean = new double[GRID + 1];
        for (List<double[]> walkers : ofScenes) {
            for (double[] ade : walkers) {
                Arrays.setAll(mean, t -> mean[t] + ade[t] / walkers.size() / ofScenes.size());
            }
        }
        int best = IntStream.rangeClosed(1, GRID)
                .boxed()
                .min(Comparator.comparingDouble(t -> mean[t]))
                .orElseThrow();
        return new TrustFit((double) best / GRID, mean[best], mean[0], unseen);
    }
}
