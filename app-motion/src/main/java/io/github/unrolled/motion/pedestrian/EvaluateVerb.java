package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.track.EthUcy;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.motion.pedestrian.Baseline;
import io.github.unrolled.models.motion.pedestrian.Forecast;
import io.github.unrolled.models.motion.pedestrian.ForecastErrors;
import io.github.unrolled.models.motion.pedestrian.PedestrianData;
import io.github.unrolled.models.motion.pedestrian.PedestrianForecaster;
import io.github.unrolled.models.motion.pedestrian.SavedPedestrian;
import io.github.unrolled.motion.task.ErrorTables;
import io.github.unrolled.motion.task.EvaluationVerb;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures models of walkers beside baselines and published figures. */
@Command(
        name = "evaluate",
        description = "Measure models on scenes that they have not seen, beside baselines and published figures.",
        footer = {
            "  ./run motion evaluate",
            "  ./run motion evaluate --model 'runs/{fold}-{seed}' --seeds 1,2,3 --format markdown",
            "  ./run motion evaluate --model motion/pedestrian-all --data walkers.csv --json result.json"
        })
final class EvaluateVerb extends EvaluationVerb {
    private static final String FOLD = "{fold}";
    private static final String DEFAULT_MODELS = "motion/pedestrian-" + FOLD;
    private static final String DEFAULT_SINGLE = DEFAULT_MODELS + "-single";

    @Mixin
    private final WalkerData data = new WalkerData();

    @Option(
            names = "--single",
            paramLabel = "MODEL",
            description =
                    "Models of one future (train --modes 1), measured on one sample in place of the first sample of"
                            + " --model (default: those of the zoo, if --model is not given).")
    private @Nullable String single;

    EvaluateVerb() {
        super(PedestrianMotion.NAME);
    }

    @Override
    protected Result measure(Console console, Backend backend) throws IOException {
        return data.isPublished() ? published(console, backend) : own(console, backend);
    }

    @Override
    protected ErrorTables tables(Result result) {
        return WalkerTables.of(result);
    }

    // ---- the published folds

    private Result published(Console console, Backend backend) throws IOException {
        String samplers = model().model().orElse(DEFAULT_MODELS);
        Optional<String> singles = Optional.ofNullable(single)
                .or(() -> model().model().isPresent() ? Optional.empty() : Optional.of(DEFAULT_SINGLE));
        checkFolds("--model", samplers);
        singles.ifPresent(pattern -> checkFolds("--single", pattern));
        Map<EthUcy.Fold, PedestrianData> folds = new LinkedHashMap<>();
        for (EthUcy.Fold fold : EthUcy.Fold.values()) {
            folds.put(fold, data.fold(fold, console));
        }
        List<ResultRow> rows = new ArrayList<>(WalkerRows.published());
        for (Baseline baseline : Baseline.values()) {
            List<ForecastErrors> errors = folds.values().stream()
                    .map(fold -> errors(baseline, fold.test()))
                    .toList();
            rows.addAll(WalkerRows.folds(baseline.id(), List.of(errors), 1));
        }
        Measured ours = measured(samplers, folds, backend);
        if (singles.isPresent()) {
            rows.addAll(WalkerRows.folds(
                    WalkerRows.OURS, measured(singles.get(), folds, backend).ofSeeds(), 1));
            rows.addAll(WalkerRows.folds(WalkerRows.FIRST_OF + ours.samples(), ours.ofSeeds(), 1));
            rows.addAll(WalkerRows.samplesOfFolds(WalkerRows.OURS, ours.ofSeeds(), ours.samples()));
        } else {
            rows.addAll(WalkerRows.folds(WalkerRows.OURS, ours.ofSeeds(), ours.samples()));
        }
        return Result.of(rows);
    }

    private static void checkFolds(String option, String pattern) {
        if (!pattern.contains(FOLD)) {
            throw new UsageException(option + " is " + pattern + ", and every fold of " + EthUcy.ID
                    + " needs a model of its own; write {fold} where the names differ, such as 'runs/{fold}'");
        }
    }

    /** The errors of every fold for every seed, and of how many samples the best were taken. */
    private record Measured(List<List<ForecastErrors>> ofSeeds, int samples) {}

    private Measured measured(String pattern, Map<EthUcy.Fold, PedestrianData> folds, Backend backend)
            throws IOException {
        List<List<ForecastErrors>> measured = new ArrayList<>();
        int samples = 1;
        for (String ofSeed : ofSeeds(pattern)) {
            List<ForecastErrors> errors = new ArrayList<>();
            for (Map.Entry<EthUcy.Fold, PedestrianData> fold : folds.entrySet()) {
                String name = ofSeed.replace(FOLD, fold.getKey().id());
                try (SavedPedestrian saved = ModelOption.named(name, SavedPedestrian::load, backend)) {
                    checkUnseen(name, saved, fold.getValue());
                    errors.add(errors(saved, backend, fold.getValue().test()));
                    samples = saved.model().config().modes();
                }
            }
            measured.add(errors);
        }
        return new Measured(measured, samples);
    }

    /** A figure on scenes that were trained on says nothing. */
    private static void checkUnseen(String name, SavedPedestrian saved, PedestrianData windows) {
        if (saved.trainedOn().startsWith(EthUcy.ID + "/") && !saved.trainedOn().equals(windows.name())) {
            throw new UsageException("--model " + name + " was trained on " + saved.trainedOn()
                    + ", so it has seen what " + windows.name() + " tests; use the model of that fold");
        }
    }

    // ---- data of one's own

    private Result own(Console console, Backend backend) throws IOException {
        List<TrackWindow> windows = data.name().equals(WalkerData.SIMULATOR)
                ? data.read(WalkerData.SIMULATOR, console).validation()
                : data.windows(Path.of(data.name()));
        if (windows.isEmpty()) {
            throw new UsageException("--data is " + data.name() + ", in which nobody was seen for 20 steps in a row");
        }
        List<ResultRow> rows = new ArrayList<>();
        for (Baseline baseline : Baseline.values()) {
            rows.addAll(WalkerRows.own(data.name(), baseline.id(), errors(baseline, windows), 1));
        }
        String name = model().model().orElse(PedestrianMotion.DEFAULT_MODEL);
        try (SavedPedestrian saved = ModelOption.named(name, SavedPedestrian::load, backend)) {
            WalkerData.checkStep(saved, data.stepSeconds());
            console.remark(String.format(
                    Locale.ROOT,
                    "%s, trained on %s: %,d windows with %,d walkers",
                    name,
                    saved.trainedOn(),
                    windows.size(),
                    PedestrianData.walkers(windows)));
            ForecastErrors errors = errors(saved, backend, windows);
            rows.addAll(WalkerRows.own(
                    data.name(), WalkerRows.OURS, errors, saved.model().config().modes()));
        }
        return Result.of(rows);
    }

    private static ForecastErrors errors(Baseline baseline, List<TrackWindow> windows) {
        return ForecastErrors.of(
                windows, baseline.forecast(windows, windows.get(0).predicted()));
    }

    private static ForecastErrors errors(SavedPedestrian saved, Backend backend, List<TrackWindow> windows) {
        try (Engine engine = backend.newEngine(Runtime.getRuntime().availableProcessors());
                Tape tape = Tape.inference(engine)) {
            List<Forecast> forecasts = new PedestrianForecaster(saved.model(), tape)
                    .forecast(windows, windows.get(0).predicted());
            return ForecastErrors.of(windows, forecasts);
        }
    }
}
