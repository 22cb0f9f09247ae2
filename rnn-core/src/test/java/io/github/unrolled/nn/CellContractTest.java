package io.github.unrolled.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.StoredType;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.testing.GradientCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every cell keeps. A subclass says how to make its cell; all sizes differ, so that a swapped axis fails.
 *
 * @param <S> the cell's state
 */
public abstract class CellContractTest<S extends State<S>> {
    /** Features of the input. */
    protected static final int INPUT = 3;

    private static final int TIME = 5;
    private static final int BATCH = 2;
    private static final double SINGLE = 2e-5;

    /** A cell that reads {@link #INPUT} features. */
    protected abstract Cell<S> create(Parameters parameters);

    private enum MaskKind {
        LEFT,
        RIGHT,
        HOLES
    }

    /** A backend, a cell with random parameters, an input and an initial state, all owned. */
    private final class Fixture implements AutoCloseable {
        final Backend backend;
        final Engine engine;
        final Cell<S> cell;
        final Shape places;
        final Tensor x;
        final List<Tensor> initial = new ArrayList<>();

        Fixture(Backend backend, int time, int batch) {
            this.backend = backend;
            this.engine = backend.newEngine(1);
            this.cell = create(new Parameters(backend, new Seed(7)));
            RandomGenerator random = new Seed(11).generator();
            // Random everywhere: a bias of zero or a gain of one would hide mistakes.
            cell.parameters().forEach(p -> fill(p.value(), random, 0.6));
            places = places(cell, batch);
            x = fill(Tensor.allocate(backend, sequence(time, places, INPUT)), random, 1);
            try (Tape tape = Tape.inference(engine)) {
                for (Variable part : cell.zeroState(tape, places).parts()) {
                    initial.add(fill(Tensor.allocate(backend, part.shape()), random, 0.8));
                }
            }
        }

        private Tensor fill(Tensor tensor, RandomGenerator random, double scale) {
            double[] values = new double[Math.toIntExact(tensor.elements())];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) ((2 * random.nextDouble() - 1) * scale);
            }
            return tensor.set(values);
        }

        S carried(Tape tape) {
            return cell.zeroState(tape, places)
                    .withParts(initial.stream().map(tape::source).toList());
        }

        @Override
        public void close() {
            cell.close();
            x.close();
            initial.forEach(Tensor::close);
            engine.close();
        }
    }

    private Fixture inDouble() {
        return new Fixture(new ReferenceBackend(ElementType.FLOAT64), TIME, BATCH);
    }

    private Fixture onBest() {
        return new Fixture(Backends.named("onednn"), TIME, BATCH);
    }

    private static <S extends State<S>> List<Variable> all(Sequence<S> run) {
        return Stream.concat(Stream.of(run.outputs()), run.state().parts().stream())
                .toList();
    }

    /** Without a tape: from zeros, again after a reset, and from a state that was written in. */
    @Test
    void stepperEqualsTheWholeSequence() {
        try (Fixture f = onBest();
                Tape tape = Tape.inference(f.engine);
                Stepper stepper = f.cell.stepper(f.engine, f.places)) {
            for (boolean carried : new boolean[] {false, true, false}) {
                tape.reset();
                stepper.reset();
                for (int i = 0; carried && i < f.initial.size(); i++) {
                    stepper.state().get(i).set(f.initial.get(i).toFloats());
                }
                S from = carried ? f.carried(tape) : f.cell.zeroState(tape, f.places);
                Sequence<S> run = f.cell.unroll(tape, tape.constant(f.x), from);
                for (int t = 0; t < TIME; t++) {
                    assertThat(stepper.step(f.x.step(t)).toDoubles())
                            .as("step " + t + ", carried " + carried)
                            .containsExactly(run.outputs().value().step(t).toDoubles(), within(SINGLE));
                }
                for (int i = 0; i < f.initial.size(); i++) {
                    assertThat(stepper.state().get(i).toDoubles())
                            .containsExactly(run.state().parts().get(i).value().toDoubles(), within(SINGLE));
                }
            }
        }
    }

    @Test
    void gradientsFromZeroStateEqualDifferences() {
        checkGradients(false, Mask.none());
    }

    @Test
    void gradientsFromCarriedStateEqualDifferences() {
        checkGradients(true, Mask.none());
    }

    @ParameterizedTest
    @EnumSource(MaskKind.class)
    void gradientsUnderMasksEqualDifferences(MaskKind kind) {
        checkGradients(true, mask(new ReferenceBackend(ElementType.FLOAT64), kind));
    }

    private void checkGradients(boolean carried, Mask mask) {
        try (Fixture f = inDouble();
                Tape tape = Tape.recording(f.engine)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            f.cell.parameters().forEach(p -> tensors.put(p.name(), p.value()));
            tensors.put("x", f.x);
            for (int i = 0; carried && i < f.initial.size(); i++) {
                tensors.put("state" + i, f.initial.get(i));
            }
            Map<String, Variable> sources = new LinkedHashMap<>();
            GradientCheck.check(
                    tape,
                    t -> {
                        Variable x = t.source(f.x);
                        sources.put("x", x);
                        S state = carried ? f.carried(t) : f.cell.zeroState(t, f.places);
                        for (int i = 0; i < state.parts().size(); i++) {
                            sources.put("state" + i, state.parts().get(i));
                        }
                        return GradientCheck.mixed(all(f.cell.unroll(t, x, state, mask)));
                    },
                    name -> sources.containsKey(name)
                            ? sources.get(name).gradient()
                            : tape.gradient(parameter(f.cell, name)),
                    tensors);
        }
    }

    private static Parameter parameter(Cell<?> cell, String name) {
        return cell.parameters().stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void fastEngineAgreesWithReference() {
        Map<String, double[]> expected;
        Map<String, double[]> found;
        try (Fixture f = inDouble()) {
            expected = valuesAndGradients(f);
        }
        try (Fixture f = onBest()) {
            found = valuesAndGradients(f);
        }
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach(
                (name, values) -> assertThat(found.get(name)).as(name).containsExactly(values, within(SINGLE)));
    }

    private Map<String, double[]> valuesAndGradients(Fixture f) {
        Map<String, double[]> values = new LinkedHashMap<>();
        try (Tape tape = Tape.recording(f.engine)) {
            tape.reset();
            Variable x = tape.source(f.x);
            S state = f.carried(tape);
            Sequence<S> run = f.cell.unroll(tape, x, state);
            tape.backward(GradientCheck.mixed(all(run)));
            for (int i = 0; i < all(run).size(); i++) {
                values.put("result" + i, all(run).get(i).value().toDoubles());
            }
            values.put("dx", x.gradient().toDoubles());
            for (int i = 0; i < state.parts().size(); i++) {
                values.put("dState" + i, state.parts().get(i).gradient().toDoubles());
            }
            f.cell.parameters()
                    .forEach(p -> values.put("d " + p.name(), tape.gradient(p).toDoubles()));
        }
        return values;
    }

    @Test
    void wholeSequenceEqualsSingleSteps() {
        for (Fixture fixture : List.of(inDouble(), onBest())) {
            try (Fixture f = fixture;
                    Tape tape = Tape.inference(f.engine)) {
                Variable x = tape.constant(f.x);
                Sequence<S> whole = f.cell.unroll(tape, x, f.carried(tape));
                Sequence<S> steps = Unroll.stepwise(f.cell, tape, x, f.carried(tape), Mask.none());
                assertEqual(all(steps), all(whole), 1e-6);
            }
        }
    }

    @Test
    void twoWindowsWithCarriedStateEqualOneLongWindow() {
        try (Fixture f = inDouble();
                Tape tape = Tape.inference(f.engine)) {
            Variable x = tape.constant(f.x);
            Sequence<S> whole = f.cell.unroll(tape, x, f.carried(tape));
            Sequence<S> first = f.cell.unroll(tape, Ops.slice(x, 0, 2), f.carried(tape));
            Sequence<S> second =
                    f.cell.unroll(tape, Ops.slice(x, 2, TIME), first.state().detach());
            assertEqual(second.state().parts(), whole.state().parts(), 1e-12);
            assertEqual(
                    List.of(first.outputs(), second.outputs()),
                    List.of(Ops.slice(whole.outputs(), 0, 2), Ops.slice(whole.outputs(), 2, TIME)),
                    1e-12);
        }
    }

    @Test
    void noGradientPassesTheCutBetweenWindows() {
        try (Fixture f = inDouble();
                Tape tape = Tape.recording(f.engine)) {
            tape.reset();
            Variable x = tape.source(f.x);
            Sequence<S> first = f.cell.unroll(tape, Ops.slice(x, 0, 2), f.carried(tape));
            Sequence<S> second =
                    f.cell.unroll(tape, Ops.slice(x, 2, TIME), first.state().detach());
            tape.backward(GradientCheck.mixed(all(second)));
            double[] dx = x.gradient().toDoubles();
            int block = dx.length / TIME;
            assertThat(java.util.Arrays.copyOf(dx, 2 * block)).containsOnly(0);
            assertThat(java.util.Arrays.stream(dx)
                            .skip(2L * block)
                            .map(Math::abs)
                            .sum())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource(MaskKind.class)
    void whatTheMaskHidesMayBeAnything(MaskKind kind) {
        for (Fixture fixture : List.of(inDouble(), onBest())) {
            try (Fixture f = fixture) {
                Mask mask = mask(f.backend, kind);
                Map<String, double[]> clean = masked(f, mask);
                double[] spoiled = f.x.toDoubles();
                int width = spoiled.length / (TIME * BATCH);
                for (int row = 0; row < TIME * BATCH; row++) {
                    if (!real(kind, row / BATCH, row % BATCH)) {
                        java.util.Arrays.fill(spoiled, row * width, (row + 1) * width, 1e3);
                    }
                }
                f.x.set(spoiled);
                Map<String, double[]> found = masked(f, mask);
                clean.forEach(
                        (name, values) -> assertThat(found.get(name)).as(name).isEqualTo(values));
            }
        }
    }

    @Test
    void rightPaddingGivesTheStateOfTheLastRealStep() {
        try (Fixture f = inDouble();
                Tape tape = Tape.inference(f.engine)) {
            Variable x = tape.constant(f.x);
            Sequence<S> padded = f.cell.unroll(tape, x, f.carried(tape), mask(f.backend, MaskKind.RIGHT));
            // The second sequence of the batch has three real steps.
            Sequence<S> cut = f.cell.unroll(tape, Ops.slice(x, 0, 3), f.carried(tape));
            for (int i = 0; i < cut.state().parts().size(); i++) {
                assertThat(row(padded.state().parts().get(i), 1))
                        .containsExactly(row(cut.state().parts().get(i), 1), within(1e-12));
            }
            double[] outputs = padded.outputs().value().toDoubles();
            int width = outputs.length / (TIME * BATCH);
            for (int t = 3; t < TIME; t++) {
                int from = (t * BATCH + 1) * width;
                assertThat(java.util.Arrays.copyOfRange(outputs, from, from + width))
                        .containsOnly(0);
            }
        }
    }

    private static double[] row(Variable part, int index) {
        return part.value().slice(index, index + 1).toDoubles();
    }

    private Map<String, double[]> masked(Fixture f, Mask mask) {
        Map<String, double[]> values = new LinkedHashMap<>();
        try (Tape tape = Tape.recording(f.engine)) {
            Sequence<S> run = f.cell.unroll(tape, tape.constant(f.x), f.carried(tape), mask);
            tape.backward(GradientCheck.mixed(all(run)));
            for (int i = 0; i < all(run).size(); i++) {
                values.put("result" + i, all(run).get(i).value().toDoubles());
            }
            f.cell.parameters()
                    .forEach(p -> values.put("d " + p.name(), tape.gradient(p).toDoubles()));
        }
        return values;
    }

    private static Mask mask(Backend backend, MaskKind kind) {
        double[] values = new double[TIME * BATCH];
        for (int t = 0; t < TIME; t++) {
            for (int b = 0; b < BATCH; b++) {
                values[t * BATCH + b] = real(kind, t, b) ? 1 : 0;
            }
        }
        return Mask.of(Tensor.allocate(backend, Shape.of(TIME, BATCH)).set(values));
    }

    /** The first sequence of the batch is whole, the second one padded. */
    private static boolean real(MaskKind kind, int t, int b) {
        return b == 0
                || switch (kind) {
                    case LEFT -> t >= 2;
                    case RIGHT -> t < 3;
                    case HOLES -> t != 1 && t != 3;
                };
    }

    @Test
    void sequencesOfABatchAreIndependent() {
        try (Fixture f = inDouble();
                Tape tape = Tape.inference(f.engine)) {
            double[] before = f.cell.unroll(tape, tape.constant(f.x), f.carried(tape))
                    .outputs()
                    .value()
                    .toDoubles();
            double[] changed = f.x.toDoubles();
            for (int t = 0; t < TIME; t++) {
                changed[(t * BATCH + 1) * (changed.length / (TIME * BATCH))] += 0.5;
            }
            f.x.set(changed);
            double[] after = f.cell.unroll(tape, tape.constant(f.x), f.carried(tape))
                    .outputs()
                    .value()
                    .toDoubles();
            int width = after.length / (TIME * BATCH);
            boolean otherMoved = false;
            for (int t = 0; t < TIME; t++) {
                int first = t * BATCH * width;
                assertThat(java.util.Arrays.copyOfRange(after, first, first + width))
                        .isEqualTo(java.util.Arrays.copyOfRange(before, first, first + width));
                otherMoved |= !java.util.Arrays.equals(
                        java.util.Arrays.copyOfRange(after, first + width, first + 2 * width),
                        java.util.Arrays.copyOfRange(before, first + width, first + 2 * width));
            }
            assertThat(otherMoved).isTrue();
        }
    }

    @Test
    void aSecondRunRemembersNothingOfTheFirst() {
        try (Fixture f = onBest();
                Tape tape = Tape.inference(f.engine)) {
            Variable x = tape.constant(f.x);
            double[] first = f.cell.unroll(tape, x, f.cell.zeroState(tape, f.places))
                    .outputs()
                    .value()
                    .toDoubles();
            f.cell.unroll(tape, x, f.carried(tape));
            double[] second = f.cell.unroll(tape, x, f.cell.zeroState(tape, f.places))
                    .outputs()
                    .value()
                    .toDoubles();
            assertThat(second).isEqualTo(first);
        }
    }

    @Test
    void oneStepOfOneSequenceWorks() {
        try (Fixture f = new Fixture(Backends.named("onednn"), 1, 1);
                Fixture truth = new Fixture(new ReferenceBackend(ElementType.FLOAT64), 1, 1)) {
            Map<String, double[]> expected = valuesAndGradients(truth);
            valuesAndGradients(f)
                    .forEach((name, values) ->
                            assertThat(values).as(name).containsExactly(expected.get(name), within(SINGLE)));
        }
    }

    @Test
    void anEmptyBatchGivesEmptyResultsAndNoGradient() {
        for (Backend backend : List.of(Backends.named("onednn"), new ReferenceBackend(ElementType.FLOAT64))) {
            try (Fixture f = new Fixture(backend, TIME, 0)) {
                Map<String, double[]> values = valuesAndGradients(f);
                assertThat(values.get("result0")).isEmpty();
                f.cell.parameters()
                        .forEach(p -> assertThat(values.get("d " + p.name()))
                                .as(p.name())
                                .containsOnly(0));
            }
        }
    }

    @Test
    void networksInTwoThreadsDoNotTouch() throws Exception {
        Map<String, double[]> alone;
        try (Fixture f = onBest()) {
            alone = valuesAndGradients(f);
        }
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<List<Map<String, double[]>>>> runs = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                runs.add(threads.submit(() -> {
                    List<Map<String, double[]>> values = new ArrayList<>();
                    try (Fixture f = onBest()) {
                        for (int repeat = 0; repeat < 20; repeat++) {
                            values.add(valuesAndGradients(f));
                        }
                    }
                    return values;
                }));
            }
            for (Future<List<Map<String, double[]>>> run : runs) {
                for (Map<String, double[]> values : run.get()) {
                    alone.forEach((name, expected) ->
                            assertThat(values.get(name)).as(name).isEqualTo(expected));
                }
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void aSavedCellGivesTheSameBits(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("cell.zip");
        double[] before;
        try (Fixture f = onBest();
                Tape tape = Tape.inference(f.engine)) {
            before = f.cell.unroll(tape, tape.constant(f.x), f.carried(tape))
                    .outputs()
                    .value()
                    .toDoubles();
            new ModelFile(ModelFile.newDescription(), ModelFile.values(f.cell.parameters()), Map.of())
                    .write(file, StoredType.F32);
        }
        try (Fixture f = onBest();
                Tape tape = Tape.inference(f.engine)) {
            f.cell.parameters().forEach(parameter -> parameter.value().fill(0));
            ModelFile.read(file).assignTo(file.toString(), f.cell.parameters());
            double[] after = f.cell.unroll(tape, tape.constant(f.x), f.carried(tape))
                    .outputs()
                    .value()
                    .toDoubles();
            assertThat(after).isEqualTo(before);
        }
    }

    @Test
    void parametersHaveNamesOfTheirOwn() {
        try (Fixture f = inDouble()) {
            assertThat(f.cell.parameters().stream().map(Parameter::name))
                    .doesNotHaveDuplicates()
                    .isNotEmpty();
        }
    }

    @Test
    void theSameSeedGivesTheSameParameters() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Cell<S> a = create(new Parameters(backend, new Seed(5)));
                Cell<S> b = create(new Parameters(backend, new Seed(5)));
                Cell<S> c = create(new Parameters(backend, new Seed(6)))) {
            boolean differs = false;
            for (int i = 0; i < a.parameters().size(); i++) {
                double[] values = a.parameters().get(i).value().toDoubles();
                assertThat(b.parameters().get(i).value().toDoubles()).isEqualTo(values);
                differs |=
                        !java.util.Arrays.equals(c.parameters().get(i).value().toDoubles(), values);
            }
            assertThat(differs).isTrue();
        }
    }

    @Test
    void anInputOfTheWrongWidthIsNamed() {
        try (Fixture f = inDouble();
                Tape tape = Tape.inference(f.engine)) {
            Shape shape = sequence(TIME, f.places, INPUT + 1);
            Variable wrong = tape.constant(tape.zeros(shape));
            assertThatThrownBy(() -> f.cell.unroll(tape, wrong, f.carried(tape)))
                    .isInstanceOf(ShapeException.class)
                    .hasMessageContaining(shape.toString())
                    .hasMessageContaining("[time, " + String.join(", ", f.cell.axes()) + ", 3]");
        }
    }

    /** {@code [batch]}, or as many sequences of small images. */
    private static Shape places(Cell<?> cell, int batch) {
        return cell.axes().size() == 1 ? Shape.of(batch) : Shape.of(batch, 4, 2);
    }

    private static Shape sequence(int time, Shape places, int features) {
        int[] dims = new int[places.rank() + 1];
        dims[0] = time;
        System.arraycopy(places.dims(), 0, dims, 1, places.rank());
        return Shape.of(dims).append(features);
    }

    private static void assertEqual(List<Variable> found, List<Variable> expected, double tolerance) {
        for (int i = 0; i < expected.size(); i++) {
            assertThat(found.get(i).value().toDoubles())
                    .containsExactly(expected.get(i).value().toDoubles(), within(tolerance));
        }
    }
}
