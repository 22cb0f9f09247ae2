package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Forecasts of walkers who are observed live, one position at a time. Keeps the last steps of those who are in the place and
 * nothing else, so its memory does not grow. Belongs to the thread that made it; the model stays its owner's to close.
 *
 * <pre>{@code
 * for (Frame frame : camera) {
 *     frame.people().forEach(p -> stream.observe(p.id(), p.x(), p.y()));
 *     stream.endStep();
 *     show(stream.predict(12));
 * }
 * }</pre>
 */
public final class WalkerStream implements AutoCloseable {
    private final int observed;
    private final Engine engine;
    private final Tape tape;
    private final PedestrianForecaster forecaster;
    private final double stepSeconds;
    private final Map<String, History> walkers = new LinkedHashMap<>();
    private long step;

    /** The last positions of a walker, the newest one at {@code count - 1} modulo the length. */
    private static final class History {
        private final double[] x;
        private final double[] y;
        private long count;
        private long lastStep = -1;

        History(int length) {
            x = new double[length];
            y = new double[length];
        }
    }

    /**
     * What is expected of those who were observed long enough.
     *
     * @param ids the walkers, in the order of the forecast
     * @param forecast their futures; without walkers if nobody was observed long enough
     */
    public record Prediction(List<String> ids, Forecast forecast) {
        /** Copies the list. */
        public Prediction {
            ids = List.copyOf(ids);
        }
    }

    /**
     * A stream without anybody in it.
     *
     * @param stepSeconds the time between steps, for which the model was trained
     */
    public WalkerStream(PedestrianModel model, double stepSeconds, Backend backend) {
        this.observed = model.config().observed();
        this.stepSeconds = stepSeconds;
        this.engine = backend.newEngine(1);
        this.tape = Tape.inference(engine);
        this.forecaster = new PedestrianForecaster(model, tape);
    }

    /**
     * A walker's position in the step that is going on.
     *
     * @param x metres
     * @param y metres
     * @throws IllegalArgumentException if it is no finite number, or the walker was observed in this step already
     */
    public void observe(String id, double x, double y) {
        if (!Double.isFinite(x) || !Double.isFinite(y)) {
            throw new IllegalArgumentException("walker " + id + " is observed at (" + x + ", " + y
                    + "); expected finite metres, leave out positions that are not known");
        }
        History history = walkers.computeIfAbsent(id, fresh -> new History(observed));
        if (history.lastStep == step) {
            throw new IllegalArgumentException(
                    "walker " + id + " is observed twice in one step; call endStep() between steps");
        }
        int at = (int) (history.count % observed);
        history.x[at] = x;
        history.y[at] = y;
        history.count++;
        history.lastStep = step;
    }

    /** Ends a step; walkers who were not observed in it are forgotten, and begin anew when they come back. */
    public void endStep() {
        walkers.values().removeIf(history -> history.lastStep != step);
        step++;
    }

    /** Who was observed up to the last step that ended, but not long enough to be predicted. */
    public List<String> tooShort() {
        return walkers.entrySet().stream()
                .filter(entry -> entry.getValue().count < observed)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * The futures after the last step that ended.
     *
     * @param steps how far to look ahead
     */
    public Prediction predict(int steps) {
        List<String> ids = new ArrayList<>();
        List<History> ready = new ArrayList<>();
        walkers.forEach((id, history) -> {
            if (history.count >= observed && history.lastStep == step - 1) {
                ids.add(id);
                ready.add(history);
            }
        });
        if (ids.isEmpty()) {
            return new Prediction(ids, new Forecast(1, steps, 0, new double[0], new double[0]));
        }
        double[] xy = new double[2 * observed * ids.size()];
        int at = 0;
        for (int t = 0; t < observed; t++) {
            for (History history : ready) {
                int place = (int) ((history.count + t) % observed);
                xy[at++] = history.x[place];
                xy[at++] = history.y[place];
            }
        }
        TrackWindow window = new TrackWindow("stream", step - observed, stepSeconds, observed, ids, xy);
        return new Prediction(ids, forecaster.forecast(List.of(window), steps).get(0));
    }

    /** Frees what it computes with. */
    @Override
    public void close() {
        tape.close();
        engine.close();
    }
}
