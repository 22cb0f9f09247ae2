package io.github.unrolled.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** An engine under test, the reference in double beside it as the truth, and the same random numbers for both. */
final class KernelPair implements AutoCloseable {
    /** Repeats a run. */
    static final long SEED = Long.getLong("test.seed", 20261124L);

    private static final double TOLERANCE = 3e-5;

    private final Engine engine;
    private final Engine truth = new ReferenceBackend(ElementType.FLOAT64).newEngine(1);
    private final RandomGenerator random;
    private final List<Tensor> owned = new ArrayList<>();

    KernelPair(Backend backend, RandomGenerator random) {
        this.engine = backend.newEngine(1);
        this.random = random;
    }

    /** The same numbers in both memories. */
    record Both(Tensor tested, Tensor exact) {
        void assertEqual(String what) {
            double[] expected = exact.toDoubles();
            double scale = Arrays.stream(expected).map(Math::abs).max().orElse(0);
            assertThat(tested.toDoubles())
                    .as(what + " " + exact.shape() + ", seed " + SEED)
                    .containsExactly(expected, within(TOLERANCE * Math.max(1, scale)));
        }

        Shape shape() {
            return exact.shape();
        }
    }

    Engine engine() {
        return engine;
    }

    Engine truth() {
        return truth;
    }

    RandomGenerator random() {
        return random;
    }

    /** Uniform numbers, half of the time as a view at an offset in something larger. */
    Both ranged(double low, double high, int... dims) {
        Shape shape = Shape.of(dims);
        float[] values = new float[Math.toIntExact(shape.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (low + (high - low) * random.nextDouble());
        }
        Tensor tested = make(engine, shape);
        Tensor exact = make(truth, shape);
        tested.set(values);
        exact.set(values);
        return new Both(tested, exact);
    }

    Both tensor(int... dims) {
        return ranged(-1.5, 1.5, dims);
    }

    Tensor make(Engine owner, Shape shape) {
        int before = random.nextBoolean() ? 0 : 1 + random.nextInt(5);
        int count = Math.toIntExact(shape.elements());
        Tensor whole = Tensor.allocate(owner.backend(), Shape.of(before + count + 3));
        owned.add(whole);
        return whole.slice(before, before + count).reshape(shape);
    }

    /** An extent: one, sixteen, or anything up to nineteen. */
    int size() {
        return switch (random.nextInt(5)) {
            case 0 -> 1;
            case 1 -> 16;
            default -> 1 + random.nextInt(19);
        };
    }

    @Override
    public void close() {
        owned.forEach(Tensor::close);
        engine.close();
        truth.close();
    }
}
