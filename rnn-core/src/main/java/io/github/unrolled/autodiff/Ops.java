package io.github.unrolled.autodiff;

import io.github.unrolled.engine.Binary;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.Unary;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The differentiable operations: each is a forward kernel and, beside it, what its backward pass does. Gradients are
 * always added to, so a variable used twice receives both contributions. No operation modifies its arguments.
 *
 * <p>Meant to be imported statically: {@code tanh(add(matmul(x, w), b))}.
 */
public final class Ops {
    private Ops() {}

    /** Writes a gradient contribution into {@code target}, adding if {@code accumulate}. */
    interface Contribution {
        void write(Tensor target, boolean accumulate);
    }

    static void contribute(Variable to, Contribution contribution) {
        if (to.requiresGradient()) {
            boolean accumulate = to.mustAccumulate();
            contribution.write(to.gradientToWrite(), accumulate);
        }
    }

    // ---- element by element

    /** a + b; b is repeated where its extent is 1 or its outer axes are missing. */
    public static Variable add(Variable a, Variable b) {
        Engine engine = a.tape().engine();
        Variable y = binary(Binary.ADD, a, b);
        a.tape().record(y, () -> {
            contribute(a, (da, more) -> engine.copy(y.gradient(), da, more));
            contribute(b, (db, more) -> engine.sum(y.gradient(), db, more));
        });
        return y;
    }

    /** a - b; b is repeated as in {@link #add}. */
    public static Variable subtract(Variable a, Variable b) {
        Tape tape = a.tape();
        Engine engine = tape.engine();
        Variable y = binary(Binary.SUBTRACT, a, b);
        tape.record(y, () -> {
            contribute(a, (da, more) -> engine.copy(y.gradient(), da, more));
            contribute(b, (db, more) -> {
                Tensor sum = tape.allocate(b.shape());
                engine.sum(y.gradient(), sum, false);
                engine.scale(sum, -1, 0, db, more);
            });
        });
        return y;
    }

    /** a · b, element by element; b is repeated as in {@link #add}. */
    public static Variable multiply(Variable a, Variable b) {
        Tape tape = a.tape();
        Engine engine = tape.engine();
        Variable y = binary(Binary.MULTIPLY, a, b);
        tape.record(y, () -> {
            contribute(a, (da, more) -> engine.binary(Binary.MULTIPLY, y.gradient(), b.value(), da, more));
            contribute(b, (db, more) -> {
                if (a.shape().equals(b.shape())) {
                    engine.binary(Binary.MULTIPLY, y.gradient(), a.value(), db, more);
                } else {
                    Tensor product = tape.allocate(a.shape());
                    engine.binary(Binary.MULTIPLY, y.gradient(), a.value(), product, false);
                    engine.sum(product, db, more);
                }
            });
        });
        return y;
    }

    private static Variable binary(Binary op, Variable a, Variable b) {
        Tape tape = a.tape();
        Tensor y = tape.allocate(a.shape());
        tape.engine().binary(op, a.value(), b.value(), y, false);
        return tape.result(y, a, b);
    }

    /** factor · x + shift. */
    public static Variable scale(Variable x, double factor, double shift) {
        Engine engine = x.tape().engine();
        Tensor value = x.tape().allocate(x.shape());
        engine.scale(x.value(), factor, shift, value, false);
        Variable y = x.tape().result(value, x);
        x.tape().record(y, () -> contribute(x, (dx, more) -> engine.scale(y.gradient(), factor, 0, dx, more)));
        return y;
    }

    /** 1 - x. */
    public static Variable oneMinus(Variable x) {
        return scale(x, -1, 1);
    }

    /** tanh(x). */
    public static Variable tanh(Variable x) {
        return unary(Unary.TANH, x);
    }

    /** The logistic function 1 / (1 + exp(-x)). */
    public static Variable sigmoid(Variable x) {
        return unary(Unary.SIGMOID, x);
    }

    /** max(x, 0). */
    public static Variable relu(Variable x) {
        return unary(Unary.RELU, x);
    }

    /** exp(x). */
    public static Variable exp(Variable x) {
        return unary(Unary.EXP, x);
    }

    /** √x. */
    public static Variable sqrt(Variable x) {
        return unary(Unary.SQRT, x);
    }

    /** Any element-wise function. Keeps y, not x: the derivative is a function of the result. */
    public static Variable unary(Unary op, Variable x) {
        Engine engine = x.tape().engine();
        Tensor value = x.tape().allocate(x.shape());
        engine.unary(op, x.value(), value);
        Variable y = x.tape().result(value, x);
        x.tape().record(y, () -> contribute(x, (dx, more) -> engine.unaryBackward(op, value, y.gradient(), dx, more)));
        return y;
    }

    // ---- products

    /** x · w. x {@code [.., in]}, w {@code [in, out]}, result {@code [.., out]}. */
    public static Variable matmul(Variable x, Variable w) {
        Engine engine = x.tape().engine();
        Tensor value = x.tape().allocate(x.shape().withColumns(w.shape().columns()));
        engine.matmul(x.value(), false, w.value(), false, value, false);
        Variable y = x.tape().result(value, x, w);
        x.tape().record(y, () -> productBackward(engine, x, w, y));
        return y;
    }

    /** x · w + b. x {@code [.., in]}, w {@code [in, out]}, b {@code [out]}, result {@code [.., out]}. */
    public static Variable affine(Variable x, Variable w, Variable b) {
        Engine engine = x.tape().engine();
        Tensor value = x.tape().allocate(x.shape().withColumns(w.shape().columns()));
        engine.affine(x.value(), w.value(), b.value(), value);
        Variable y = x.tape().result(value, x, w, b);
        x.tape().record(y, () -> {
            productBackward(engine, x, w, y);
            contribute(b, (db, more) -> engine.sum(y.gradient(), db, more));
        });
        return y;
    }

    private static void productBackward(Engine engine, Variable x, Variable w, Variable y) {
        contribute(x, (dx, more) -> engine.matmul(y.gradient(), false, w.value(), true, dx, more));
        contribute(w, (dw, more) -> engine.matmul(x.value(), true, y.gradient(), false, dw, more));
    }

    // ---- shapes

    /** The same elements under another shape; free. */
    public static Variable reshape(Variable x, Shape shape) {
        return Variable.view(x, 0, x.shape().dim(0), shape);
    }

    /** Step {@code index} of a sequence {@code [time, ..]}, without the time axis; free. */
    public static Variable step(Variable x, int index) {
        return Variable.view(x, index, index + 1, x.shape().inner());
    }

    /** The outermost indices {@code from} to {@code to} (exclusive); free. */
    public static Variable slice(Variable x, int from, int to) {
        return Variable.view(x, from, to, x.shape().withOuter(to - from));
    }

    /** Equal shapes {@code [..]} side by side along a new outermost axis: {@code [n, ..]}. */
    public static Variable stack(List<Variable> parts) {
        Variable first = parts.get(0);
        Tape tape = first.tape();
        int[] dims = new int[first.shape().rank() + 1];
        dims[0] = parts.size();
        System.arraycopy(first.shape().dims(), 0, dims, 1, first.shape().rank());
        Tensor value = tape.allocate(Shape.of(dims));
        for (int i = 0; i < parts.size(); i++) {
            tape.engine().copy(parts.get(i).value(), value.step(i), false);
        }
        Variable y = tape.result(value, parts.toArray(Variable[]::new));
        tape.record(y, () -> {
            for (int i = 0; i < parts.size(); i++) {
                Tensor dy = y.gradient().step(i);
                contribute(parts.get(i), (dx, more) -> tape.engine().copy(dy, dx, more));
            }
        });
        return y;
    }

    /** Columns {@code from} to {@code from + count} of {@code [.., columns]}. */
    public static Variable columns(Variable x, int from, int count) {
        Engine engine = x.tape().engine();
        if (from < 0 || count < 0 || from + count > x.shape().columns()) {
            throw new ShapeException("no columns " + from + ".." + (from + count) + " in a variable " + x.shape());
        }
        Tensor value = x.tape().allocate(x.shape().withColumns(count));
        engine.copyColumns(x.value(), from, value, 0, count, false);
        Variable y = x.tape().result(value, x);
        x.tape().record(y, () -> {
            if (x.requiresGradient()) {
                engine.copyColumns(y.gradient(), 0, x.gradientToAdd(), from, count, true);
            }
        });
        return y;
    }

    /** Matrices of equal rows side by side: {@code [.., a]} and {@code [.., b]} give {@code [.., a + b]}. */
    public static Variable concat(List<Variable> parts) {
        Variable first = parts.get(0);
        Engine engine = first.tape().engine();
        int width = parts.stream().mapToInt(part -> part.shape().columns()).sum();
        Tensor value = first.tape().allocate(first.shape().withColumns(width));
        int at = 0;
        for (Variable part : parts) {
            engine.copyColumns(part.value(), 0, value, at, part.shape().columns(), false);
            at += part.shape().columns();
        }
        Variable y = first.tape().result(value, parts.toArray(Variable[]::new));
        first.tape().record(y, () -> {
            int column = 0;
            for (Variable part : parts) {
                int from = column;
                int count = part.shape().columns();
                contribute(part, (dx, more) -> engine.copyColumns(y.gradient(), from, dx, 0, count, more));
                column += count;
            }
        });
        return y;
    }

    /** The sequence {@code [time, ..]} read from its end. */
    public static Variable reverse(Variable x) {
        Engine engine = x.tape().engine();
        Tensor value = x.tape().allocate(x.shape());
        engine.reverse(x.value(), value, false);
        Variable y = x.tape().result(value, x);
        x.tape().record(y, () -> contribute(x, (dx, more) -> engine.reverse(y.gradient(), dx, more)));
        return y;
    }

    /**
     * Whole rows of a where the mask is not 0, of b elsewhere. What is not chosen may be anything, NaN included, and gets
     * no gradient.
     *
     * @param mask one element per row
     */
    public static Variable select(Tensor mask, Variable a, Variable b) {
        Tape tape = a.tape();
        Engine engine = tape.engine();
        Tensor value = tape.allocate(a.shape());
        engine.select(mask, a.value(), b.value(), value);
        Variable y = tape.result(value, a, b);
        tape.record(y, () -> {
            Tensor zeros = tape.zeros(a.shape());
            contribute(a, (da, more) -> selected(tape, mask, y.gradient(), zeros, da, more));
            contribute(b, (db, more) -> selected(tape, mask, zeros, y.gradient(), db, more));
        });
        return y;
    }

    private static void selected(Tape tape, Tensor mask, Tensor a, Tensor b, Tensor target, boolean accumulate) {
        if (accumulate) {
            Tensor chosen = tape.allocate(target.shape());
            tape.engine().select(mask, a, b, chosen);
            tape.engine().copy(chosen, target, true);
        } else {
            tape.engine().select(mask, a, b, target);
        }
    }

    /** The same elements, through which no gradient flows: where backpropagation through time is cut. */
    public static Variable detach(Variable x) {
        return x.tape().constant(x.value());
    }

    // ---- sums and losses

    /** The sum of all elements, {@code [1]}. */
    public static Variable sum(Variable x) {
        return sumTo(x, Shape.of(1));
    }

    /** The sum over the axes that {@code shape} lacks or where its extent is 1. */
    public static Variable sumTo(Variable x, Shape shape) {
        Tape tape = x.tape();
        Engine engine = tape.engine();
        Tensor value = tape.allocate(shape);
        engine.sum(x.value(), value, false);
        Variable y = tape.result(value, x);
        tape.record(y, () -> {
            if (x.requiresGradient()) {
                Tensor dx = x.gradientToAdd();
                engine.binary(Binary.ADD, dx, y.gradient(), dx, false);
            }
        });
        return y;
    }

    /** The mean of all elements, {@code [1]}. */
    public static Variable mean(Variable x) {
        return scale(sum(x), 1.0 / x.value().elements(), 0);
    }

    /**
     * Σ weight · -ln softmax(logits)[target], {@code [1]}.
     *
     * @param logits {@code [.., classes]}
     * @param targets one class per row
     * @param weights one element per row; 0 for rows that do not count
     */
    public static Variable softmaxCrossEntropy(Variable logits, int[] targets, Tensor weights) {
        Tape tape = logits.tape();
        Engine engine = tape.engine();
        Tensor probabilities = tape.allocate(logits.shape());
        Tensor value = tape.allocate(Shape.of(1));
        engine.softmaxCrossEntropy(logits.value(), targets, weights, probabilities, value);
        Variable loss = tape.result(value, logits);
        tape.record(
                loss,
                () -> contribute(
                        logits,
                        (dx, more) -> engine.softmaxCrossEntropyBackward(
                                probabilities, targets, weights, loss.gradient(), dx, more)));
        return loss;
    }

    // ---- tables, normalisation, dropout

    /** Rows of a table: table {@code [size, features]}, result {@code [indices.length, features]}. */
    public static Variable gather(Variable table, int[] indices) {
        Tape tape = table.tape();
        Tensor value = tape.allocate(Shape.of(indices.length, table.shape().columns()));
        tape.engine().gather(table.value(), indices, value);
        Variable y = tape.result(value, table);
        tape.record(y, () -> {
            if (table.requiresGradient()) {
                tape.engine().scatterAdd(y.gradient(), indices, table.gradientToAdd());
            }
        });
        return y;
    }

    /**
     * Rows added up by where they belong: y[indices[i]] += x[i]; zeros where nothing does. x {@code [indices.length,
     * features]}, result {@code [rows, features]}.
     */
    public static Variable sumRows(Variable x, int[] indices, int rows) {
        Tape tape = x.tape();
        Engine engine = tape.engine();
        Tensor value = tape.zeros(Shape.of(rows, x.shape().columns()));
        engine.scatterAdd(x.value(), indices, value);
        Variable y = tape.result(value, x);
        tape.record(
                y,
                () -> contribute(x, (dx, more) -> {
                    Tensor rowsOfGradient = more ? tape.allocate(x.shape()) : dx;
                    engine.gather(y.gradient(), indices, rowsOfGradient);
                    if (more) {
                        engine.copy(rowsOfGradient, dx, true);
                    }
                }));
        return y;
    }

    /** Layer normalisation of every row, with gain and bias {@code [columns]} (Ba et al. 2016). */
    public static Variable layerNorm(Variable x, Variable gain, Variable bias, double epsilon) {
        Tape tape = x.tape();
        Engine engine = tape.engine();
        Tensor value = tape.allocate(x.shape());
        Tensor statistics = tape.allocate(Shape.of(2, x.shape().rows()));
        engine.layerNorm(x.value(), gain.value(), bias.value(), epsilon, value, statistics);
        Variable y = tape.result(value, x, gain, bias);
        tape.record(y, () -> {
            Tensor dx = tape.allocate(x.shape());
            Tensor dGain = gain.requiresGradient() ? gain.gradientToAdd() : tape.zeros(gain.shape());
            Tensor dBias = bias.requiresGradient() ? bias.gradientToAdd() : tape.zeros(bias.shape());
            engine.layerNormBackward(x.value(), gain.value(), epsilon, statistics, y.gradient(), dx, dGain, dBias);
            contribute(x, (target, more) -> engine.copy(dx, target, more));
        });
        return y;
    }

    /**
     * Sets elements to zero with the given probability and scales the others by 1 / (1 - probability), on a recording
     * tape; returns x itself otherwise. One mask of shape {@code maskShape} is drawn and repeated where its extent is 1:
     * {@code [1, batch, features]} for a sequence is variational dropout, the same units at every step (Gal and
     * Ghahramani 2016).
     *
     * @param probability of dropping, in [0, 1)
     */
    public static Variable dropout(Variable x, double probability, Shape maskShape) {
        if (!(probability >= 0 && probability < 1)) {
            throw new IllegalArgumentException("dropout is a probability of dropping in [0, 1), not " + probability);
        }
        if (probability == 0 || !x.tape().isRecording()) {
            return x;
        }
        return multiply(x, x.tape().constant(dropoutMask(x.tape(), probability, maskShape)));
    }

    private static Tensor dropoutMask(Tape tape, double probability, Shape shape) {
        RandomGenerator random = tape.random();
        float[] mask = new float[Math.toIntExact(shape.elements())];
        float kept = (float) (1 / (1 - probability));
        // 24 bits of each half of a long: two draws for the price of one.
        int threshold = (int) (probability * (1 << 24));
        for (int i = 0; i < mask.length; i += 2) {
            long bits = random.nextLong();
            mask[i] = (int) (bits >>> 40) < threshold ? 0 : kept;
            if (i + 1 < mask.length) {
                mask[i + 1] = (int) (bits & 0xffffff) < threshold ? 0 : kept;
            }
        }
        return tape.allocate(shape).set(mask);
    }
}
