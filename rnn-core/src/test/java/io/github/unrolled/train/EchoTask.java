package io.github.unrolled.train;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.cell.HiddenState;
import io.github.unrolled.nn.cell.VanillaRnn;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A small task with everything that a checkpoint must hold: a carried state, dropout, a position in the data. The network
 * must say which of two symbols it read one step before.
 */
final class EchoTask implements Objective<EchoTask.Batch>, AutoCloseable {
    static final int TIME = 6;
    static final int BATCH = 4;

    record Batch(int[] symbols, int[] targets, int width) {}

    private final VanillaRnn cell;
    private final Linear head;
    private final List<CarriedState<HiddenState>> carried = new ArrayList<>();
    private final double dropout;
    double spoilAtStep = Double.POSITIVE_INFINITY;
    private int calls;

    EchoTask(Backend backend, int workers, double dropout) {
        this.dropout = dropout;
        Parameters parameters = new Parameters(backend, new Seed(3));
        cell = new VanillaRnn(parameters.scope("cell"), new VanillaRnn.Options(2, 8));
        head = Linear.create(parameters.scope("head"), 8, 2);
        for (int i = 0; i < workers; i++) {
            carried.add(new CarriedState<>(backend, cell));
        }
    }

    static BatchSource<Batch> source() {
        return new BatchSource<>() {
            private long given;

            @Override
            public Batch next() {
                int[] symbols = new int[TIME * BATCH];
                int[] targets = new int[TIME * BATCH];
                for (int i = 0; i < symbols.length; i++) {
                    symbols[i] = symbol(given * TIME + i / BATCH, i % BATCH);
                    targets[i] = symbol(given * TIME + i / BATCH - 1, i % BATCH);
                }
                given++;
                return new Batch(symbols, targets, BATCH);
            }

            private int symbol(long time, int stream) {
                return new Seed(time * 31 + stream).generator().nextInt(2);
            }

            @Override
            public double epochs() {
                return given / 100.0;
            }

            @Override
            public void save(Snapshot into) {
                into.put("given", given);
            }

            @Override
            public void restore(Snapshot from) {
                given = from.integer("given");
            }
        };
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.concat(cell.parameters().stream(), head.parameters().stream())
                .toList();
    }

    @Override
    public List<Batch> split(Batch batch, int workers) {
        List<Batch> shards = new ArrayList<>();
        for (int w = 0; w < workers; w++) {
            int from = w * batch.width / workers;
            int width = (w + 1) * batch.width / workers - from;
            int[] symbols = new int[TIME * width];
            int[] targets = new int[TIME * width];
            for (int i = 0; i < symbols.length; i++) {
                int at = i / width * batch.width + from + i % width;
                symbols[i] = batch.symbols[at];
                targets[i] = batch.targets[at];
            }
            shards.add(new Batch(symbols, targets, width));
        }
        return shards;
    }

    @Override
    public double targets(Batch batch) {
        return batch.targets.length;
    }

    @Override
    public double units(Batch batch) {
        return batch.targets.length;
    }

    @Override
    public Variable loss(Tape tape, Batch shard, int worker) {
        Tensor rows = tape.allocate(Shape.of(shard.symbols.length, 2));
        tape.engine().oneHot(shard.symbols, rows);
        Variable x = tape.constant(rows.reshape(TIME, shard.width, 2));
        Sequence<HiddenState> run = cell.unroll(tape, x, carried.get(worker).begin(tape, shard.width));
        carried.get(worker).carry(run.state());
        Variable hidden = Ops.dropout(run.outputs(), dropout, run.outputs().shape());
        Tensor weights = tape.allocate(Shape.of(shard.targets.length)).fill(++calls > spoilAtStep ? Double.NaN : 1);
        return Ops.softmaxCrossEntropy(head.apply(hidden), shard.targets, weights);
    }

    @Override
    public void save(Snapshot into) {
        for (int i = 0; i < carried.size(); i++) {
            carried.get(i).save(into.scope("worker" + i));
        }
    }

    @Override
    public void restore(Snapshot from) {
        for (int i = 0; i < carried.size(); i++) {
            carried.get(i).restore(from.scope("worker" + i));
        }
    }

    @Override
    public void close() {
        carried.forEach(CarriedState::close);
        cell.close();
        head.close();
    }
}
