package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.OptionValues;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.WorkFailedException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.result.Table;
import io.github.unrolled.datasets.motion.track.Scene;
import io.github.unrolled.datasets.motion.track.Track;
import io.github.unrolled.datasets.motion.track.TrackReader;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.AtomicFile;
import io.github.unrolled.models.motion.pedestrian.Forecast;
import io.github.unrolled.models.motion.pedestrian.SavedPedestrian;
import io.github.unrolled.models.motion.pedestrian.WalkerStream;
import io.github.unrolled.motion.task.TaskOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts where the walkers of a file go on. */
@Command(
        name = "predict",
        description = "Predict where the walkers of a file go on, as CSV with samples and their probabilities.",
        footer = {
            "  ./run motion predict --input walkers.csv > futures.csv",
            "  ./run motion predict --input walkers.csv --frame 780 --out futures.csv --plot futures.png"
        })
final class PredictVerb extends Verb {
    @Mixin
    private final TaskOption task = new TaskOption();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description = "Lines of frame, id, x, y with tabs, commas or blanks between; metres.")
    private Path input = Path.of("");

    @Option(
            names = "--step-seconds",
            paramLabel = "X",
            description = "Time between consecutive positions (default: ${DEFAULT-VALUE}).")
    private double stepSeconds = TrackReader.ETH_UCY_STEP_SECONDS;

    @Option(names = "--frame", paramLabel = "N", description = "Predict from this frame on (default: the last one).")
    private @Nullable Long frame;

    @Option(names = "--steps", paramLabel = "N", description = "How many steps ahead (default: ${DEFAULT-VALUE}).")
    private int steps = 12;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the CSV here (default: standard output).",
            order = 60)
    private @Nullable Path out;

    @Option(names = "--plot", paramLabel = "FILE", description = "Draw the futures into this PNG.")
    private @Nullable Path plot;

    @Override
    protected Result run(Console console) throws Exception {
        task.require(PedestrianMotion.NAME);
        OptionValues.positive("--steps", steps);
        Scene scene = new TrackReader(OptionValues.positive("--step-seconds", stepSeconds)).read(input);
        long[] frames = scene.frames();
        int last = frame == null ? frames.length - 1 : Arrays.binarySearch(frames, frame);
        if (last < 0) {
            throw new UsageException("--frame is " + frame + ", and " + input + " has no such frame (it has "
                    + frames[0] + " to " + frames[frames.length - 1] + ")");
        }
        try (SavedPedestrian saved =
                model.load(PedestrianMotion.DEFAULT_MODEL, SavedPedestrian::load, Backends.best())) {
            WalkerData.checkStep(saved, stepSeconds);
            try (WalkerStream stream = new WalkerStream(saved.model(), stepSeconds, Backends.best())) {
                int observed = saved.model().config().observed();
                replay(scene, stream, last, observed);
                WalkerStream.Prediction prediction = stream.predict(steps);
                report(console, stream.tooShort(), prediction, observed, frames[last]);
                return written(console, scene, last, prediction);
            }
        }
    }

    /** Shows the stream the steps that it needs; walkers who are missing for a frame begin anew. */
    private static void replay(Scene scene, WalkerStream stream, int last, int observed) {
        for (int i = Math.max(0, last - observed + 1); i <= last; i++) {
            for (Track track : scene.tracks()) {
                if (track.first() <= i && i < track.end()) {
                    stream.observe(track.id(), track.x()[i - track.first()], track.y()[i - track.first()]);
                }
            }
            stream.endStep();
        }
    }

    private void report(
            Console console, List<String> tooShort, WalkerStream.Prediction prediction, int observed, long at) {
        if (prediction.ids().isEmpty()) {
            throw new WorkFailedException(input + ": nobody has " + observed + " positions in a row up to frame " + at
                    + ", which the model needs; give a longer history or another --frame");
        }
        if (!tooShort.isEmpty()) {
            console.remark("left out, with fewer than " + observed + " positions up to frame " + at + ": "
                    + String.join(", ", tooShort.subList(0, Math.min(10, tooShort.size())))
                    + (tooShort.size() > 10 ? " and " + (tooShort.size() - 10) + " more" : ""));
        }
        if (prediction.ids().size() == 1) {
            console.remark("one walker, predicted without neighbours");
        }
    }

    private Result written(Console console, Scene scene, int last, WalkerStream.Prediction prediction)
            throws IOException {
        Table table = table(scene, last, prediction);
        if (plot != null) {
            TrackPlot.of("Futures from frame " + scene.frames()[last], scene, last, prediction)
                    .write(plot);
        }
        Optional<Path> file = Optional.ofNullable(out);
        if (file.isPresent()) {
            AtomicFile.write(file.get(), table.csv());
            console.remark("the futures are in " + file.get());
        } else {
            console.out().print(table.csv());
        }
        return Result.of(ResultRow.of("walkers", "count", prediction.ids().size(), "")
                .with("samples", prediction.forecast().samples())
                .with("steps", steps));
    }

    /** The rows are counts for {@code --json}; what was asked for is the CSV. */
    @Override
    protected void show(Result result, Console console) {}

    private static Table table(Scene scene, int last, WalkerStream.Prediction prediction) {
        Forecast forecast = prediction.forecast();
        long first = scene.frames()[last];
        Table table = new Table("frame", "id", "sample", "probability", "x", "y");
        for (int walker = 0; walker < forecast.walkers(); walker++) {
            for (int sample = 0; sample < forecast.samples(); sample++) {
                for (int t = 0; t < forecast.steps(); t++) {
                    table.row(
                            first + (t + 1) * scene.frameStep(),
                            prediction.ids().get(walker),
                            sample,
                            rounded(forecast.probability(walker, sample)),
                            rounded(forecast.x(sample, t, walker)),
                            rounded(forecast.y(sample, t, walker)));
                }
            }
        }
        return table;
    }

    private static double rounded(double value) {
        return Math.rint(value * 1e4) / 1e4;
    }
}
