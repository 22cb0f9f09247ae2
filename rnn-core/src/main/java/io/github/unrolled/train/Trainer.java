package io.github.unrolled.train;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.TrainingListener.EvaluationReport;
import io.github.unrolled.train.TrainingListener.StepReport;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The training loop of every task. A batch is split over workers, their gradients are added in the workers' order,
 * clipped by their global norm and handed to the optimiser. The same seed, data, options and number of workers give the
 * same run bit by bit, and so does a run that was stopped anywhere and continued from its last checkpoint.
 *
 * @param <B> a batch
 */
public final class Trainer<B> implements AutoCloseable {
    /** How many seconds of steps the reported rate looks back on. */
    private static final double RATE_WINDOW_SECONDS = 5;

    private final TrainerOptions options;
    private final Objective<B> objective;
    private final BatchSource<B> source;
    private final Optimizer optimizer;
    private final Seed seed;
    private final Workers workers;
    private final List<Parameter> parameters;
    private final @Nullable WeightAverage average;
    private final Divergence divergence;
    private long step;
    private double secondsBefore;
    private long startedNanos;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private long bestStep;
    private int evaluationsSinceBest;

    /**
     * Makes the workers; the objective, source and optimiser stay their owner's to close.
     *
     * @param seed of all random numbers drawn during training
     */
    public Trainer(
            Backend backend,
            TrainerOptions options,
            Objective<B> objective,
            BatchSource<B> source,
            Optimizer optimizer,
            Seed seed) {
        this.options = options;
        this.objective = objective;
        this.source = source;
        this.optimizer = optimizer;
        this.seed = seed;
        this.parameters = List.copyOf(objective.parameters());
        this.divergence = new Divergence(parameters);
        this.average =
                options.averageDecay() > 0 ? new WeightAverage(options.averageDecay(), backend, parameters) : null;
        this.workers = new Workers(backend, options.workers(), options.threadsPerWorker());
    }

    /**
     * What a run came to.
     *
     * @param steps done in all
     * @param bestLoss lowest validation loss; NaN without evaluation
     * @param bestStep when
     * @param seconds of training, earlier parts of a resumed run included
     * @param completed whether the budget was used up, or early stopping ended the run; false when it was stopped
     */
    public record Outcome(long steps, double bestLoss, long bestStep, double seconds, boolean completed) {
        /** The same, stopped before all was done. */
        Outcome stopped() {
            return new Outcome(steps, bestLoss, bestStep, seconds, false);
        }
    }

    /**
     * Trains until the budget is used up, early stopping ends it or {@code stop} says so; then saves a last checkpoint.
     *
     * @param evaluation validation loss, computed on the workers; called with the averaged parameters in place where averaging is on
     * @throws DivergenceException if the loss or a gradient is not finite, or the loss has exploded
     */
    public Outcome run(
            ToDoubleFunction<Workers> evaluation,
            Checkpoints checkpoints,
            TrainingListener listener,
            BooleanSupplier stop) {
        startedNanos = System.nanoTime();
        Rate rate = new Rate(RATE_WINDOW_SECONDS);
        boolean stoppedEarly = false;
        while (progress() < 1 && !stoppedEarly && !stop.getAsBoolean()) {
            StepReport report = step(rate);
            listener.onStep(report);
            boolean over = progress() >= 1;
            if (over || (options.evaluateEvery() > 0 && step % options.evaluateEvery() == 0)) {
                evaluate(evaluation, checkpoints, listener);
                stoppedEarly = options.patience() > 0 && evaluationsSinceBest >= options.patience();
            }
            if (!over && options.checkpointEvery() > 0 && step % options.checkpointEvery() == 0) {
                checkpoints.saveLast(snapshot());
            }
        }
        checkpoints.saveLast(snapshot());
        double best = bestStep == 0 ? Double.NaN : bestLoss;
        return new Outcome(step, best, bestStep, seconds(), stoppedEarly || progress() >= 1);
    }

    /** Seconds of training so far, earlier parts of a resumed run included. */
    public double seconds() {
        return secondsBefore + (System.nanoTime() - startedNanos) / 1e9;
    }

    private double progress() {
        return options.budget().progress(step, source.epochs(), seconds());
    }

    private StepReport step(Rate rate) {
        double progress = Math.min(1, progress());
        double learningRate = options.learningRate() * options.schedule().factor(progress);
        step++;
        B batch = source.next();
        double loss = lossAndGradients(batch);
        double norm = clipNorm();
        optimizer.beginStep(step);
        // As PyTorch clips: the small constant keeps the result below the limit.
        double clip = Math.min(1, options.clipNorm() / (norm + 1e-6));
        workers.runAll(worker -> {
            for (int i = worker.index(); i < parameters.size(); i += workers.count()) {
                Parameter parameter = parameters.get(i);
                optimizer.update(worker.engine(), parameter, gradient(parameter), learningRate, clip);
                if (average != null) {
                    average.update(worker.engine(), i, step);
                }
            }
            return worker.index();
        });
        double speed = rate.add(objective.units(batch), System.nanoTime());
        return new StepReport(step, loss, learningRate, norm, speed, Math.min(1, progress()), seconds());
    }

    private double lossAndGradients(B batch) {
        List<B> shards = objective.split(batch, workers.count());
        double targets = objective.targets(batch);
        Seed ofStep = seed.split("step").split(step);
        List<Double> losses = workers.runAll(worker -> {
            Tape tape = worker.tape();
            tape.reset(ofStep.split(worker.index()).generator());
            Variable loss = objective.loss(tape, shards.get(worker.index()), worker.index());
            double sum = loss.value().scalar();
            if (Double.isFinite(sum)) {
                tape.backward(loss, 1 / targets);
            }
            // Makes the gradients that the shard did not touch, here, where the tape may be changed.
            parameters.forEach(tape::gradient);
            return sum;
        });
        double loss = losses.stream().mapToDouble(Double::doubleValue).sum() / targets;
        divergence.checkLoss(step, loss);
        return loss;
    }

    /** Adds the workers' gradients into the first one's, and returns their global norm. */
    private double clipNorm() {
        double[] squares = new double[parameters.size()];
        workers.runAll(worker -> {
            for (int i = worker.index(); i < parameters.size(); i += workers.count()) {
                Tensor total = gradient(parameters.get(i));
                for (int other = 1; other < workers.count(); other++) {
                    worker.engine().copy(workers.tape(other).gradient(parameters.get(i)), total, true);
                }
                squares[i] = worker.engine().sumOfSquares(total);
            }
            return worker.index();
        });
        return divergence.checkedNorm(step, squares);
    }

    private Tensor gradient(Parameter parameter) {
        return workers.tape(0).gradient(parameter);
    }

    private void evaluate(ToDoubleFunction<Workers> evaluation, Checkpoints checkpoints, TrainingListener listener) {
        swapAverages();
        try {
            double loss = evaluation.applyAsDouble(workers);
            boolean best = loss < bestLoss;
            if (best) {
                bestLoss = loss;
                bestStep = step;
                evaluationsSinceBest = 0;
                checkpoints.saveBest(step, loss);
            } else {
                evaluationsSinceBest++;
            }
            listener.onEvaluation(new EvaluationReport(step, loss, best));
        } finally {
            swapAverages();
        }
    }

    private void swapAverages() {
        if (average != null) {
            average.swap();
        }
    }

    private Snapshot snapshot() {
        Snapshot snapshot = new Snapshot();
        Snapshot own = snapshot.scope("trainer");
        own.put("step", step);
        own.put("seed", seed.value());
        own.put("workers", workers.count());
        own.put("seconds", seconds());
        own.put("firstLoss", divergence.firstLoss());
        own.put("bestLoss", bestLoss);
        own.put("bestStep", bestStep);
        own.put("evaluationsSinceBest", evaluationsSinceBest);
        Snapshot weights = snapshot.scope("weights");
        parameters.forEach(parameter -> weights.put(parameter.name(), parameter.value()));
        if (average != null) {
            average.save(snapshot.scope("average"));
        }
        optimizer.save(snapshot.scope("optimizer"));
        objective.save(snapshot.scope("objective"));
        source.save(snapshot.scope("source"));
        return snapshot;
    }

    /**
     * Goes back to where a snapshot was taken.
     *
     * @throws SnapshotException if it was taken under another seed or of another model
     */
    public void restore(Snapshot snapshot) {
        Snapshot own = snapshot.scope("trainer");
        if (own.integer("seed") != seed.value()) {
            throw new SnapshotException("the checkpoint was made with another seed; resume with the same --seed");
        }
        step = own.integer("step");
        secondsBefore = own.decimal("seconds");
        divergence.restore(own.decimal("firstLoss"));
        bestLoss = own.decimal("bestLoss");
        bestStep = own.integer("bestStep");
        evaluationsSinceBest = Math.toIntExact(own.integer("evaluationsSinceBest"));
        Snapshot weights = snapshot.scope("weights");
        parameters.forEach(parameter -> weights.restore(parameter.name(), parameter.value()));
        if (average != null) {
            average.restore(snapshot.scope("average"));
        }
        optimizer.restore(snapshot.scope("optimizer"));
        objective.restore(snapshot.scope("objective"));
        source.restore(snapshot.scope("source"));
    }

    /** Steps done so far. */
    public long steps() {
        return step;
    }

    /** Ends the workers. */
    @Override
    public void close() {
        workers.close();
        if (average != null) {
            average.close();
        }
    }
}
