package io.github.unrolled.engine.onednn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.engine.RecurrentSequence;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Primitives are kept by shape, and no more of them than the bound. */
final class OperationCacheTest {
    private record Key(int shape) {}

    private final List<Integer> closed = new ArrayList<>();
    private int made;

    private AutoCloseable entry(OperationCache cache, int shape) {
        return cache.get(new Key(shape), AutoCloseable.class, () -> {
            made++;
            return () -> closed.add(shape);
        });
    }

    @Test
    void aShapeIsMadeOnce() {
        try (OperationCache cache = new OperationCache(2)) {
            assertThat(entry(cache, 1)).isSameAs(entry(cache, 1));
            assertThat(made).isEqualTo(1);
        }
        assertThat(closed).containsExactly(1);
    }

    @Test
    void beyondTheBoundTheLongestUnusedIsClosed() {
        try (OperationCache cache = new OperationCache(2)) {
            entry(cache, 1);
            entry(cache, 2);
            entry(cache, 1);
            entry(cache, 3);
            assertThat(closed).containsExactly(2);
            entry(cache, 1);
            assertThat(made).isEqualTo(3);
        }
        assertThat(closed).containsExactly(2, 3, 1);
    }

    /** Sequences of a thousand lengths, as unequal texts have them: what is kept stops growing, results stay right. */
    @Test
    void anEngineThatSeesEveryLengthStaysBounded() {
        Backend backend = Backends.named("onednn");
        long[] bytes = new long[2];
        try (Engine engine = backend.newEngine(1);
                Tensor input = Tensor.allocate(backend, Shape.of(2, 4)).fill(0.3);
                Tensor hidden = Tensor.allocate(backend, Shape.of(4, 4)).fill(0.2);
                Tensor bias = Tensor.allocate(backend, Shape.of(4)).fill(0.1);
                Tensor state = Tensor.allocate(backend, Shape.of(1, 4))) {
            RecurrentWeights weights = new RecurrentWeights(input, hidden, bias);
            double first = 0;
            for (int time = 1; time <= 1_200; time++) {
                double last = firstOutput(engine, weights, state, time);
                first = time == 1 ? last : first;
                assertThat(last).isEqualTo(first);
                if (time == 600) {
                    bytes[0] = backend.nativeBytes();
                }
            }
            assertThat(firstOutput(engine, weights, state, 1)).isEqualTo(first);
            bytes[1] = backend.nativeBytes();
        }
        assertThat(bytes[1]).isEqualTo(bytes[0]);
    }

    private static double firstOutput(Engine engine, RecurrentWeights weights, Tensor state, int time) {
        RecurrentSpec spec = new RecurrentSpec(RecurrentKind.RNN_TANH, time, 1, 2, 4, false);
        try (Tensor x = Tensor.allocate(engine.backend(), spec.inputShape()).fill(0.5);
                Tensor y = Tensor.allocate(engine.backend(), spec.outputShape());
                Tensor last = Tensor.allocate(engine.backend(), spec.stateShape());
                Tensor workspace = Tensor.allocate(engine.backend(), engine.recurrentWorkspace(spec))) {
            engine.recurrentForward(
                    spec,
                    new RecurrentSequence(x, List.of(state)),
                    weights,
                    new RecurrentSequence(y, List.of(last)),
                    workspace);
            return y.toDoubles()[0];
        }
    }
}
