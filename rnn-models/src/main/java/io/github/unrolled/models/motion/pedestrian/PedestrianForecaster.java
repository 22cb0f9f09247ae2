package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.util.ArrayList;
import java.util.List;

/** Forecasts of a trained model, on a tape that records nothing. Belongs to the thread of its tape's engine. */
public final class PedestrianForecaster implements Forecaster {
    /** Walkers that are decoded at the same time: enough for large products, little memory. */
    private static final int WALKERS_AT_ONCE = 192;

    private final PedestrianModel model;
    private final Tape tape;
    private final double trust;

    /** @param tape for inference, its caller's to close */
    public PedestrianForecaster(PedestrianModel model, Tape tape) {
        this(model, tape, model.config().trust());
    }

    /** @param trust in place of the model's */
    PedestrianForecaster(PedestrianModel model, Tape tape, double trust) {
        this.model = model;
        this.tape = tape;
        this.trust = trust;
    }

    /**
     * One forecast a window.
     *
     * @throws IllegalArgumentException if a window has another number of observed steps than the model was trained with
     */
    @Override
    public List<Forecast> forecast(List<TrackWindow> windows, int steps) {
        List<Forecast> forecasts = new ArrayList<>(windows.size());
        int from = 0;
        while (from < windows.size()) {
            int to = from;
            int walkers = 0;
            while (to < windows.size()
                    && (to == from || walkers + windows.get(to).walkers() <= WALKERS_AT_ONCE)) {
                check(windows.get(to));
                walkers += windows.get(to).walkers();
                to++;
            }
            decode(windows.subList(from, to), steps, forecasts);
            from = to;
        }
        return forecasts;
    }

    private void check(TrackWindow window) {
        if (window.observed() != model.config().observed()) {
            throw new IllegalArgumentException("the model reads "
                    + model.config().observed() + " observed steps, a window has " + window.observed());
        }
    }

    private void decode(List<TrackWindow> windows, int steps, List<Forecast> into) {
        tape.reset();
        WalkerBatch batch = WalkerBatch.of(windows, model.config().socialRadius());
        PedestrianModel.Futures futures = model.futures(tape, batch, model.allModes(batch), steps);
        float[] positions = futures.positions().value().toFloats();
        float[] logits = futures.logits().value().toFloats();
        int row = 0;
        for (TrackWindow window : windows) {
            into.add(forecast(batch, positions, logits, row, window.walkers(), steps));
            row += window.walkers();
        }
    }

    private Forecast forecast(WalkerBatch batch, float[] positions, float[] logits, int row, int walkers, int steps) {
        int modes = model.config().modes();
        int last = 2 * (batch.observedVelocities() - 1) * batch.rows();
        double[] xy = new double[2 * modes * steps * walkers];
        int at = 0;
        for (int mode = 0; mode < modes; mode++) {
            for (int t = 0; t < steps; t++) {
                for (int walker = row; walker < row + walkers; walker++) {
                    OwnFrame frame = batch.frames().get(walker);
                    int own = 2 * ((t * modes + mode) * batch.rows() + walker);
                    double along = mixed(positions[own], batch.velocities()[last + 2 * walker], t, trust);
                    double across = mixed(positions[own + 1], batch.velocities()[last + 2 * walker + 1], t, trust);
                    xy[at++] = frame.worldX(along, across);
                    xy[at++] = frame.worldY(along, across);
                }
            }
        }
        double[] probabilities = new double[walkers * modes];
        for (int walker = 0; walker < walkers; walker++) {
            softmax(logits, (row + walker) * modes, probabilities, walker * modes, modes);
        }
        return new Forecast(modes, steps, walkers, xy, probabilities);
    }

    /** Between the network's position and that of constant velocity. */
    private static double mixed(double position, double velocity, int step, double trust) {
        double constant = (step + 1) * velocity;
        return constant + trust * (position - constant);
    }

    private static void softmax(float[] logits, int from, double[] probabilities, int to, int count) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            largest = Math.max(largest, logits[from + i]);
        }
        double sum = 0;
        for (int i = 0; i < count; i++) {
            probabilities[to + i] = Math.exp(logits[from + i] - largest);
            sum += probabilities[to + i];
        }
        for (int i = 0; i < count; i++) {
            probabilities[to + i] /= sum;
        }
    }
}
