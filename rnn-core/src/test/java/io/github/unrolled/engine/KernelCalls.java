package io.github.unrolled.engine;

import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * A call of every kernel with arguments that fit, over a given number of rows, for tests of what holds for all kernels.
 * Every tensor lies between guards in a larger one. Tensors that a kernel overwrites begin as NaN.
 */
final class KernelCalls implements AutoCloseable {
    private static final double GUARD = 12345.5;
    private static final int GUARDS = 8;

    /**
     * One call.
     *
     * @param kernel the method of {@link Engine}
     * @param read arguments that the kernel may not modify
     * @param written arguments that it overwrites or adds to
     */
    record Call(String kernel, List<Tensor> read, List<Tensor> written, Runnable run) {}

    private final Engine engine;
    private final int rows;
    private final RandomGenerator random = new Seed(3).generator();
    private final List<Tensor> owned = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    KernelCalls(Backend backend, int rows) {
        this.engine = backend.newEngine(1);
        this.rows = rows;
        moving();
        elements();
        products();
        tables();
        losses();
        for (RecurrentKind kind : RecurrentKind.values()) {
            recurrent(new RecurrentSpec(kind, 3, rows, 3, 4, true));
        }
        new ImageKernelCalls(this, engine.images(), rows).addAll();
        optimizers();
    }

    List<Call> all() {
        return calls;
    }

    void add(String kernel, List<Tensor> read, List<Tensor> written, Runnable run) {
        calls.add(new Call(kernel, read, written, run));
    }

    Tensor guarded(Shape shape) {
        int count = Math.toIntExact(shape.elements());
        Tensor whole = Tensor.allocate(engine.backend(), Shape.of(count + 2 * GUARDS));
        whole.fill(GUARD);
        owned.add(whole);
        return whole.slice(GUARDS, GUARDS + count).reshape(shape);
    }

    Tensor in(int... dims) {
        Tensor tensor = guarded(Shape.of(dims));
        float[] values = new float[Math.toIntExact(tensor.elements())];
        for (int i = 0; i < values.length; i++) {
            values[i] = 0.1f + 0.8f * random.nextFloat();
        }
        return tensor.set(values);
    }

    Tensor overwritten(int... dims) {
        return guarded(Shape.of(dims)).fill(Double.NaN);
    }

    Tensor addedTo(int... dims) {
        return guarded(Shape.of(dims)).fill(1);
    }

    /** Whether nothing before or after any tensor was written. */
    boolean guardsAreIntact() {
        for (Tensor whole : owned) {
            int end = Math.toIntExact(whole.elements());
            for (Tensor guard : List.of(whole.slice(0, GUARDS), whole.slice(end - GUARDS, end))) {
                for (double value : guard.toDoubles()) {
                    if (value != GUARD) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private void moving() {
        Tensor x = in(rows, 3, 5);
        Tensor y = overwritten(rows, 3, 5);
        add("copy", List.of(x), List.of(y), () -> engine.copy(x, y, false));
        Tensor all = overwritten(rows, 2);
        Tensor wide = in(rows, 5);
        add("copyColumns", List.of(wide), List.of(all), () -> engine.copyColumns(wide, 3, all, 0, 2, false));
        Tensor turned = overwritten(rows, 3, 5);
        add("reverse", List.of(x), List.of(turned), () -> engine.reverse(x, turned, false));
        Tensor mask = in(rows, 3);
        Tensor other = in(rows, 3, 5);
        Tensor chosen = overwritten(rows, 3, 5);
        add("select", List.of(mask, x, other), List.of(chosen), () -> engine.select(mask, x, other, chosen));
    }

    private void elements() {
        Tensor x = in(rows, 3, 5);
        Tensor dy = in(rows, 3, 5);
        for (Unary op : Unary.values()) {
            Tensor y = overwritten(rows, 3, 5);
            Tensor dx = overwritten(rows, 3, 5);
            add("unary", List.of(x), List.of(y), () -> engine.unary(op, x, y));
            add("unaryBackward", List.of(x, dy), List.of(dx), () -> engine.unaryBackward(op, x, dy, dx, false));
        }
        for (Tensor b : List.of(in(rows, 3, 5), in(3, 5), in(5), in(1), in(rows, 3, 1), in(rows, 1, 5), in(1, 3, 1))) {
            for (Binary op : Binary.values()) {
                Tensor y = overwritten(rows, 3, 5);
                add("binary", List.of(x, b), List.of(y), () -> engine.binary(op, x, b, y, false));
            }
            Tensor sum = overwritten(b.shape().dims());
            add("sum", List.of(x), List.of(sum), () -> engine.sum(x, sum, false));
        }
        Tensor y = overwritten(rows, 3, 5);
        add("scale", List.of(x), List.of(y), () -> engine.scale(x, 2, 1, y, false));
    }

    private void products() {
        Tensor x = in(rows, 5);
        Tensor w = in(5, 4);
        Tensor transposed = in(4, 5);
        Tensor y = overwritten(rows, 4);
        Tensor dy = in(rows, 4);
        Tensor dw = overwritten(5, 4);
        Tensor dwTransposed = overwritten(4, 5);
        add("matmul", List.of(x, w), List.of(y), () -> engine.matmul(x, false, w, false, y, false));
        add("matmul", List.of(x, transposed), List.of(y), () -> engine.matmul(x, false, transposed, true, y, false));
        // The extent that is summed over is the number of rows here: over none of them, sums are zero.
        add("matmul", List.of(x, dy), List.of(dw), () -> engine.matmul(x, true, dy, false, dw, false));
        add(
                "matmul",
                List.of(dy, x),
                List.of(dwTransposed),
                () -> engine.matmul(dy, true, x, false, dwTransposed, false));
        Tensor bias = in(4);
        Tensor z = overwritten(rows, 4);
        add("affine", List.of(x, w, bias), List.of(z), () -> engine.affine(x, w, bias, z));
    }

    private void tables() {
        Tensor table = in(7, 3);
        int[] indices = random.ints(rows, 0, 7).toArray();
        Tensor found = overwritten(rows, 3);
        add("gather", List.of(table), List.of(found), () -> engine.gather(table, indices, found));
        Tensor x = in(rows, 3);
        Tensor sums = addedTo(7, 3);
        add("scatterAdd", List.of(x), List.of(sums), () -> engine.scatterAdd(x, indices, sums));
        Tensor hot = overwritten(rows, 7);
        add("oneHot", List.of(), List.of(hot), () -> engine.oneHot(indices, hot));
    }

    private void losses() {
        Tensor x = in(rows, 5);
        Tensor gain = in(5);
        Tensor bias = in(5);
        Tensor y = overwritten(rows, 5);
        Tensor statistics = overwritten(2, rows);
        add(
                "layerNorm",
                List.of(x, gain, bias),
                List.of(y, statistics),
                () -> engine.layerNorm(x, gain, bias, 0.1, y, statistics));
        Tensor known = in(2, rows);
        Tensor dy = in(rows, 5);
        Tensor dx = overwritten(rows, 5);
        Tensor dGain = addedTo(5);
        Tensor dBias = addedTo(5);
        add(
                "layerNormBackward",
                List.of(x, gain, known, dy),
                List.of(dx, dGain, dBias),
                () -> engine.layerNormBackward(x, gain, 0.1, known, dy, dx, dGain, dBias));
        Tensor p = overwritten(rows, 5);
        add("softmax", List.of(x), List.of(p), () -> engine.softmax(x, p));
        int[] targets = random.ints(rows, 0, 5).toArray();
        Tensor weights = in(rows);
        Tensor probabilities = overwritten(rows, 5);
        Tensor loss = overwritten(1);
        add(
                "softmaxCrossEntropy",
                List.of(x, weights),
                List.of(probabilities, loss),
                () -> engine.softmaxCrossEntropy(x, targets, weights, probabilities, loss));
        Tensor dLoss = in(1);
        Tensor dLogits = overwritten(rows, 5);
        add(
                "softmaxCrossEntropyBackward",
                List.of(x, weights, dLoss),
                List.of(dLogits),
                () -> engine.softmaxCrossEntropyBackward(x, targets, weights, dLoss, dLogits, false));
    }

    private void recurrent(RecurrentSpec spec) {
        RecurrentSequence in = side(in(spec.inputShape().dims()), spec, false);
        RecurrentSequence out = side(overwritten(spec.outputShape().dims()), spec, true);
        RecurrentSequence dOut = side(in(spec.outputShape().dims()), spec, false);
        RecurrentSequence dIn = side(overwritten(spec.inputShape().dims()), spec, true);
        RecurrentWeights weights = new RecurrentWeights(
                in(spec.weightInputShape().dims()),
                in(spec.weightHiddenShape().dims()),
                in(spec.biasShape().dims()));
        RecurrentWeights dWeights = new RecurrentWeights(
                addedTo(spec.weightInputShape().dims()),
                addedTo(spec.weightHiddenShape().dims()),
                addedTo(spec.biasShape().dims()));
        Tensor workspace = guarded(engine.recurrentWorkspace(spec)).fill(Double.NaN);
        List<Tensor> read = new ArrayList<>(tensors(in));
        read.addAll(List.of(weights.input(), weights.hidden(), weights.bias()));
        Runnable forward = () -> engine.recurrentForward(spec, in, weights, out, workspace);
        add("recurrentForward", read, tensors(out), forward);
        List<Tensor> readBackward = new ArrayList<>(read);
        readBackward.addAll(tensors(dOut));
        List<Tensor> written = new ArrayList<>(tensors(dIn));
        written.addAll(List.of(dWeights.input(), dWeights.hidden(), dWeights.bias()));
        add("recurrentBackward", readBackward, written, () -> {
            forward.run();
            engine.recurrentBackward(spec, in, weights, out, workspace, dOut, dIn, dWeights);
        });
    }

    private RecurrentSequence side(Tensor sequence, RecurrentSpec spec, boolean overwritten) {
        List<Tensor> states = new ArrayList<>();
        for (int i = 0; i < spec.kind().states(); i++) {
            int[] dims = spec.stateShape().dims();
            states.add(overwritten ? overwritten(dims) : in(dims));
        }
        return new RecurrentSequence(sequence, states);
    }

    private static List<Tensor> tensors(RecurrentSequence side) {
        List<Tensor> all = new ArrayList<>(side.states());
        all.add(side.sequence());
        return all;
    }

    private void optimizers() {
        Tensor g = in(rows, 5);
        add("sumOfSquares", List.of(g), List.of(), () -> engine.sumOfSquares(g));
        List<Tensor> adam = List.of(in(rows, 5), in(rows, 5), in(rows, 5));
        AdamStep step = new AdamStep(0.1, 0.9, 0.99, 1e-8, 0.1, 0.1, 0.01, 1);
        add("adamW", List.of(g), adam, () -> engine.adamW(g, step, adam.get(0), adam.get(1), adam.get(2)));
        List<Tensor> sgd = List.of(in(rows, 5), in(rows, 5));
        add("sgd", List.of(g), sgd, () -> engine.sgd(g, 0.1, 0.9, 0.01, 1, sgd.get(0), sgd.get(1)));
        Tensor average = in(rows, 5);
        add("average", List.of(g), List.of(average), () -> engine.average(g, 0.5, average));
    }

    @Override
    public void close() {
        owned.forEach(Tensor::close);
        engine.close();
    }

    /** The kernels that are called. */
    Set<String> kernels() {
        return calls.stream().map(Call::kernel).collect(Collectors.toSet());
    }

    /** Makes tensors and closes them. */
    record Owner(Backend backend, List<Tensor> tensors) implements AutoCloseable {
        Owner(Backend backend) {
            this(backend, new ArrayList<>());
        }

        Tensor filled(Shape shape, double value) {
            Tensor tensor = Tensor.allocate(backend, shape);
            tensors.add(tensor);
            return tensor.fill(value);
        }

        RecurrentSequence side(RecurrentSpec spec, Shape sequence, double value) {
            List<Tensor> states = new ArrayList<>();
            for (int i = 0; i < spec.kind().states(); i++) {
                states.add(filled(spec.stateShape(), value));
            }
            return new RecurrentSequence(filled(sequence, value), states);
        }

        RecurrentWeights weights(RecurrentSpec spec, double value) {
            return new RecurrentWeights(
                    filled(spec.weightInputShape(), value),
                    filled(spec.weightHiddenShape(), value),
                    filled(spec.biasShape(), value));
        }

        @Override
        public void close() {
            tensors.forEach(Tensor::close);
        }
    }
}
