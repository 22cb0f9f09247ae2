package io.github.unrolled.models.motion.pedestrian;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Task;
import io.github.unrolled.train.Workers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A model of walkers that learns from windows and is validated on others. */
public final class PedestrianTask implements Task<WindowBatch> {
    private final PedestrianOptions options;
    private final PedestrianData data;
    private final PedestrianModel model;
    private final PedestrianObjective objective;
    private final WindowSource source;
    private final int workers;
    private final Recipe recipe;
    private double trust;
    private String fitted = "";

    /** Makes the model with its initial values. */
    public PedestrianTask(Backend backend, PedestrianOptions options, Recipe recipe, PedestrianData data) {
        this.options = options;
        this.data = data;
        this.workers = recipe.workers();
        this.recipe = recipe;
        this.trust = options.trust();
        Seed seed = new Seed(recipe.seed());
        TrackWindow window = data.train().get(0);
        this.model = new PedestrianModel(
                options.config(window.observed(), window.predicted()), new Parameters(backend, seed.split("init")));
        this.objective = new PedestrianObjective(model, options.loss());
        this.source = new WindowSource(data.train(), options.batch(), options.augmentation(), seed.split("windows"));
    }

    @Override
    public PedestrianModel model() {
        return model;
    }

    @Override
    public Objective<WindowBatch> objective() {
        return objective;
    }

    @Override
    public BatchSource<WindowBatch> source() {
        return source;
    }

    @Override
    public int workers() {
        return workers;
    }

    /** ADE of one sample and of the best of all, per pedestrian and per window: their mean, since all three are wanted. */
    @Override
    public double validate(Workers threads) {
        List<WindowBatch> shards = new WindowBatch(data.validation()).split(threads.count());
        List<List<Forecast>> forecasts = threads.runAll(worker -> {
            try (Tape tape = Tape.inference(worker.engine())) {
                return forecast(tape, shards.get(worker.index()).windows());
            }
        });
        List<TrackWindow> windows = new ArrayList<>();
        shards.forEach(shard -> windows.addAll(shard.windows()));
        return figure(ForecastErrors.of(
                windows, forecasts.stream().flatMap(List::stream).toList()));
    }

    private List<Forecast> forecast(Tape tape, List<TrackWindow> windows) {
        return new PedestrianForecaster(model, tape, trust)
                .forecast(windows, model.config().predicted());
    }

    private static double figure(ForecastErrors errors) {
        return (errors.ade() + errors.pedestrianAde() + errors.windowAde()) / 3;
    }

    @Override
    public ObjectNode description() {
        return SavedPedestrian.describe(
                model.config().withTrust(trust), data.train().get(0).stepSeconds());
    }

    @Override
    public ObjectNode configuration() {
        return options.toJson();
    }

    @Override
    public ObjectNode data() {
        return ModelFile.newDescription()
                .put("name", data.name())
                .put("sha256", data.sha256())
                .put("windows", data.train().size())
                .put("walkers", PedestrianData.walkers(data.train()));
    }

    /** Finds out how far to trust the network where it has not been, if that was asked for. */
    @Override
    public boolean fit(Backend backend, BooleanSupplier stop) {
        if (!options.fitTrust()) {
            return true;
        }
        Optional<TrustFit> found = TrustFit.fit(backend, options, recipe, data, stop);
        found.ifPresent(fit -> {
            trust = fit.trust();
            fitted = String.format(
                    Locale.ROOT,
                    "; trust %.2f, fitted on %s: ADE %.4f there, %.4f at constant velocity",
                    trust,
                    fit.unseen() ? "scenes not seen" : "later windows",
                    fit.ade(),
                    fit.constantAde());
        });
        return found.isPresent();
    }

    @Override
    public Measurement measure(Backend backend) {
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            ForecastErrors errors = ForecastErrors.of(data.validation(), forecast(tape, data.validation()));
            return new Measurement(
                    figure(errors),
                    "metres",
                    "validation windows: mean of ADE of one sample, of the best per pedestrian and of the best per window"
                            + fitted);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
