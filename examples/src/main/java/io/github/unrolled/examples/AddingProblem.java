package io.github.unrolled.examples;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.State;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.AdamW;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The adding problem of Hochreiter and Schmidhuber (1997): of a sequence of numbers two are marked, and their sum is asked
 * for at the end. Always answering 1 has a mean squared error of 1/6; less means that the network remembers.
 */
public final class AddingProblem {
    private static final int TIME = 20;
    private static final int BATCH = 32;
    private static final int HIDDEN = 24;

    private AddingProblem() {}

    /** Trains the cell of the README and prints the error before and after. */
    public static void main(String[] args) {
        double[] errors = train(Backends.best(), p -> MinimalGatedUnit.create(p, 2, HIDDEN), 400);
        System.out.printf(Locale.ROOT, "mean squared error: %.4f at first, %.4f in the end%n", errors[0], errors[1]);
    }

    // snippet: training
    /** Trains any cell that reads two features; returns the mean squared error of the first and of the last 20 steps. */
    public static <S extends State<S>> double[] train(Backend backend, Function<Parameters, Cell<S>> maker, int steps) {
        Seed seed = new Seed(1);
        Parameters init = new Parameters(backend, seed);
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine);
                Cell<S> cell = maker.apply(init.scope("cell"));
                Linear head = Linear.create(init.scope("head"), cell.outputSize(), 1)) {
            List<Parameter> parameters = new ArrayList<>(cell.parameters());
            parameters.addAll(head.parameters());
            AdamW adam = new AdamW(new AdamW.Options(), backend, parameters);
            double[] errors = new double[steps];
            for (int step = 1; step <= steps; step++) {
                tape.reset();
                RandomGenerator random = seed.split("data").split(step).generator();
                Tensor x = tape.zeros(Shape.of(TIME, BATCH, 2));
                Tensor sums = tape.zeros(Shape.of(BATCH, 1));
                draw(random, x, sums);
                Variable answer = SequenceShapes.manyToOne(tape, cell, head, tape.constant(x));
                Variable difference = Ops.subtract(answer, tape.constant(sums));
                Variable loss = Ops.mean(Ops.multiply(difference, difference));
                tape.backward(loss);
                adam.beginStep(step);
                parameters.forEach(p -> adam.update(engine, p, tape.gradient(p), 0.01, 1));
                errors[step - 1] = loss.value().scalar();
            }
            adam.close();
            return new double[] {mean(errors, 0, 20), mean(errors, steps - 20, steps)};
        }
    }
    // end of snippet

    private static void draw(RandomGenerator random, Tensor x, Tensor sums) {
        float[] numbers = new float[TIME * BATCH * 2];
        float[] wanted = new float[BATCH];
        for (int b = 0; b < BATCH; b++) {
            int first = random.nextInt(TIME / 2);
            int second = TIME / 2 + random.nextInt(TIME / 2);
            for (int t = 0; t < TIME; t++) {
                float value = random.nextFloat();
                boolean marked = t == first || t == second;
                numbers[(t * BATCH + b) * 2] = value;
                numbers[(t * BATCH + b) * 2 + 1] = marked ? 1 : 0;
                wanted[b] += marked ? value : 0;
            }
        }
        x.set(numbers);
        sums.set(wanted);
    }

    private static double mean(double[] values, int from, int to) {
        return java.util.Arrays.stream(values, from, to).average().orElseThrow();
    }
}
