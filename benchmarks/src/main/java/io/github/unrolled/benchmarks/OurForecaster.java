package io.github.unrolled.benchmarks;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Decoder;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Losses;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.nn.cell.LstmState;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The encoder-decoder of this library's layers, as the trainer sees it: its batch is always the same walkers. */
final class OurForecaster extends FixedBatch<OurForecaster.Walkers> {
    private final ForecastTask task;
    private final Linear reading;
    private final Linear writing;
    private final Lstm encoder;
    private final Lstm decoder;
    private final Linear output;

    /**
     * What one worker computes.
     *
     * @param seen {@code [observed, walkers, 2]}
     * @param truth {@code [predicted, walkers, 2]}
     */
    record Walkers(Tensor seen, Tensor truth) {}

    OurForecaster(ForecastTask task, int workers) {
        super(shards(task, workers));
        this.task = task;
        Parameters parameters = new Parameters(OurSubjects.BACKEND, new Seed(1));
        reading = Linear.create(parameters.scope("reading"), ForecastTask.PLACE, task.embedding());
        writing = Linear.create(parameters.scope("writing"), ForecastTask.PLACE, task.embedding());
        encoder = new Lstm(parameters.scope("encoder"), new Lstm.Options(task.embedding(), task.hidden()));
        decoder = new Lstm(parameters.scope("decoder"), new Lstm.Options(task.embedding(), task.hidden()));
        output = Linear.create(parameters.scope("output"), task.hidden(), ForecastTask.PLACE);
    }

    private static List<Walkers> shards(ForecastTask task, int workers) {
        List<Walkers> shards = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            int walkers = share(task.batch(), i, workers);
            shards.add(
                    new Walkers(random(2 + i, task.observed(), walkers), random(1000 + i, task.predicted(), walkers)));
        }
        return shards;
    }

    private static Tensor random(long seed, int time, int walkers) {
        Tensor values = Tensor.allocate(OurSubjects.BACKEND, Shape.of(time, walkers, ForecastTask.PLACE));
        RandomGenerator random = new Seed(seed).generator();
        values.set(DoubleStream.generate(random::nextGaussian)
                .limit(values.elements())
                .toArray());
        return values;
    }

    @Override
    public Variable loss(Tape tape, List<Walkers> shard, int worker) {
        Walkers walkers = shard.get(0);
        Variable seen = tape.constant(walkers.seen);
        LstmState state = encoder.unroll(
                        tape,
                        embedded(reading, seen),
                        encoder.zeroState(tape, seen.shape().dim(1)))
                .state();
        Variable last = Ops.step(seen, task.observed() - 1);
        List<Variable> written = Decoder.run(
                        tape,
                        decoder,
                        embedded(writing, last),
                        state,
                        task.predicted(),
                        output::apply,
                        displacement -> embedded(writing, displacement))
                .outputs();
        return Ops.sum(Losses.squared(Ops.stack(written), tape.constant(walkers.truth)));
    }

    private static Variable embedded(Linear embedding, Variable displacements) {
        return Ops.relu(embedding.apply(displacements));
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.<Module>of(reading, writing, encoder, decoder, output)
                .flatMap(module -> module.parameters().stream())
                .toList();
    }

    @Override
    public double targets(List<Walkers> batch) {
        return (double) task.batch() * task.predicted() * ForecastTask.PLACE;
    }

    @Override
    public double units(List<Walkers> batch) {
        return task.batch();
    }
}
