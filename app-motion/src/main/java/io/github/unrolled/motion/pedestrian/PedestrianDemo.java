package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.track.SocialForce;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.motion.pedestrian.Baseline;
import io.github.unrolled.models.motion.pedestrian.Forecast;
import io.github.unrolled.models.motion.pedestrian.ForecastErrors;
import io.github.unrolled.models.motion.pedestrian.Forecaster;
import io.github.unrolled.models.motion.pedestrian.PedestrianForecaster;
import io.github.unrolled.models.motion.pedestrian.SavedPedestrian;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.motion.task.DemoPart;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Walkers of the simulator that the model has not seen, measured and drawn. */
final class PedestrianDemo implements DemoPart {
    private static final String MODEL = "motion/pedestrian-simulator";
    private static final int STEPS = 400;
    private static final int FEWEST_DRAWN = 7;
    private static final String NAME = "simulator";

    @Override
    public Result run(Console console, Path folder, Seed seed) throws IOException {
        console.out().println(console.bold("Where will they walk? 3.2 seconds are observed, 4.8 seconds predicted."));
        console.out().println("Walkers of a social-force simulator, a place that the model was not trained on.");
        console.out().println();
        List<TrackWindow> windows = TrackWindow.cut(
                SocialForce.simulate(new SocialForce.Options(STEPS), seed.split("walkers")),
                TrackWindow.Rule.SOCIAL_GAN);
        Backend backend = Backends.best();
        List<ResultRow> rows = new ArrayList<>();
        for (Baseline baseline : Baseline.values()) {
            rows.addAll(WalkerRows.own(NAME, baseline.id(), errors(windows, forecasts(baseline, windows)), 1));
        }
        Path picture = folder.resolve("walkers.png");
        try (SavedPedestrian saved = Zoo.load(MODEL, SavedPedestrian::load, backend);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            List<Forecast> forecasts = forecasts(new PedestrianForecaster(saved.model(), tape), windows);
            rows.addAll(WalkerRows.own(
                    NAME,
                    WalkerRows.OURS,
                    errors(windows, forecasts),
                    saved.model().config().modes()));
            int drawn = drawn(windows);
            TrackPlot.of("Walkers of the simulator, seen from above", windows.get(drawn), forecasts.get(drawn))
                    .write(picture);
        }
        Result result = Result.of(rows);
        console.out().print(WalkerTables.of(result).text());
        console.out().println("The plot is " + picture + ".");
        return result;
    }

    private static List<Forecast> forecasts(Forecaster forecaster, List<TrackWindow> windows) {
        return forecaster.forecast(windows, TrackWindow.Rule.SOCIAL_GAN.predicted());
    }

    private static ForecastErrors errors(List<TrackWindow> windows, List<Forecast> forecasts) {
        return ForecastErrors.of(windows, forecasts);
    }

    /** The first window with enough walkers to look at. */
    private static int drawn(List<TrackWindow> windows) {
        for (int i = 0; i < windows.size(); i++) {
            if (windows.get(i).walkers() >= FEWEST_DRAWN) {
                return i;
            }
        }
        return 0;
    }
}
