package io.github.unrolled.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.nn.cell.LstmState;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.testing.GradientCheck;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BidirectionalTest {
    private final Backend backend = new ReferenceBackend(ElementType.FLOAT64);

    private Bidirectional<LstmState> layer() {
        Parameters p = new Parameters(backend, new Seed(1));
        return new Bidirectional<>(
                new Lstm(p.scope("forward"), new Lstm.Options(2, 3)),
                new Lstm(p.scope("backward"), new Lstm.Options(2, 3)));
    }

    private Tensor input(int time) {
        Tensor x = Tensor.allocate(backend, Shape.of(time, 1, 2));
        return x.set(new Seed(3).generator().doubles(2L * time, -1, 1).toArray());
    }

    @Test
    void aPaddedSequenceGivesWhatItGivesWithoutPadding() {
        try (Bidirectional<LstmState> layer = layer();
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            Tensor x = input(5);
            Variable cut = tape.constant(x.slice(0, 3));
            double[] expected =
                    layer.unroll(tape, cut, Mask.none()).outputs().value().toDoubles();
            Tensor mask = tape.allocate(Shape.of(5, 1)).set(1d, 1d, 1d, 0d, 0d);
            double[] padded = layer.unroll(tape, tape.constant(x), Mask.of(mask))
                    .outputs()
                    .value()
                    .toDoubles();
            assertThat(java.util.Arrays.copyOf(padded, 18)).containsExactly(expected, within(1e-12));
            assertThat(java.util.Arrays.copyOfRange(padded, 18, 30)).containsOnly(0);
        }
    }

    @Test
    void gradientsUnderAMaskEqualDifferences() {
        try (Bidirectional<LstmState> layer = layer();
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine)) {
            Tensor x = input(4);
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            layer.parameters().forEach(p -> tensors.put(p.name(), p.value()));
            tensors.put("x", x);
            Variable[] source = new Variable[1];
            GradientCheck.check(
                    tape,
                    t -> {
                        source[0] = t.source(x);
                        Mask mask = Mask.of(t.allocate(Shape.of(4, 1)).set(1d, 0d, 1d, 1d));
                        return GradientCheck.mixed(
                                List.of(layer.unroll(t, source[0], mask).outputs()));
                    },
                    name -> name.equals("x")
                            ? source[0].gradient()
                            : tape.gradient(layer.parameters().stream()
                                    .filter(p -> p.name().equals(name))
                                    .findFirst()
                                    .orElseThrow()),
                    tensors);
        }
    }
}
