package io.github.unrolled.engine;

import static io.github.unrolled.engine.Checks.count;
import static io.github.unrolled.engine.Checks.outerAxis;
import static io.github.unrolled.engine.Checks.repeated;
import static io.github.unrolled.engine.Checks.same;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks the arguments of every kernel before another engine computes: shapes, element types, indices, whose memory they
 * lie in, and that results do not overlap inputs. So both engines reject the same things with the same sentences, and no
 * native kernel ever reads or writes beyond its memory.
 */
public final class CheckedEngine implements Engine {
    private final Engine engine;
    private final Checks checks;
    private final ImageKernels images;

    /** @param engine what computes */
    public CheckedEngine(Engine engine) {
        this.engine = engine;
        this.checks = new Checks(engine.backend());
        this.images = new CheckedImageKernels(engine.images(), checks);
    }

    @Override
    public Backend backend() {
        return engine.backend();
    }

    @Override
    public int threads() {
        return engine.threads();
    }

    @Override
    public void copy(Tensor source, Tensor target, boolean accumulate) {
        checks.types("copy", source, target);
        count("copy", "the target", target.elements(), source.elements());
        Overlap.partly("copy", target, source);
        engine.copy(source, target, accumulate);
    }

    @Override
    public void copyColumns(
            Tensor source, int sourceFrom, Tensor target, int targetFrom, int count, boolean accumulate) {
        checks.types("copyColumns", source, target);
        if (source.shape().rows() != target.shape().rows()) {
            throw new ShapeException("copyColumns: the source " + source.shape() + " and the target " + target.shape()
                    + " have different numbers of rows");
        }
        if (sourceFrom < 0
                || targetFrom < 0
                || count < 0
                || (long) sourceFrom + count > source.shape().columns()
                || (long) targetFrom + count > target.shape().columns()) {
            throw new ShapeException("copyColumns: " + count + " columns from " + sourceFrom + " of " + source.shape()
                    + " to " + targetFrom + " of " + target.shape() + " do not exist");
        }
        Overlap.none("copyColumns", target, source);
        engine.copyColumns(source, sourceFrom, target, targetFrom, count, accumulate);
    }

    @Override
    public void reverse(Tensor source, Tensor target, boolean accumulate) {
        checks.types("reverse", source, target);
        same("reverse", "the target", target.shape(), source.shape());
        outerAxis("reverse", "the source", source.shape());
        Overlap.none("reverse", target, source);
        engine.reverse(source, target, accumulate);
    }

    @Override
    public void select(Tensor mask, Tensor a, Tensor b, Tensor target) {
        checks.types("select", mask, a, b, target);
        same("select", "b", b.shape(), a.shape());
        same("select", "the target", target.shape(), a.shape());
        boolean divides = mask.elements() == 0 ? a.elements() == 0 : a.elements() % mask.elements() == 0;
        if (!divides) {
            throw new ShapeException(
                    "select: the mask " + mask.shape() + " does not have one element per row of " + a.shape());
        }
        Overlap.partly("select", target, a, b);
        Overlap.none("select", target, mask);
        engine.select(mask, a, b, target);
    }

    @Override
    public void unary(Unary op, Tensor x, Tensor y) {
        checks.types("unary", x, y);
        count("unary " + op, "the result", y.elements(), x.elements());
        Overlap.partly("unary " + op, y, x);
        engine.unary(op, x, y);
    }

    @Override
    public void unaryBackward(Unary op, Tensor y, Tensor dy, Tensor dx, boolean accumulate) {
        checks.types("unaryBackward", y, dy, dx);
        count("unaryBackward " + op, "dy", dy.elements(), y.elements());
        count("unaryBackward " + op, "dx", dx.elements(), y.elements());
        Overlap.partly("unaryBackward " + op, dx, y, dy);
        engine.unaryBackward(op, y, dy, dx, accumulate);
    }

    @Override
    public void binary(Binary op, Tensor a, Tensor b, Tensor y, boolean accumulate) {
        checks.types("binary", a, b, y);
        same("binary " + op, "the result", y.shape(), a.shape());
        repeated("binary " + op, a.shape(), b.shape());
        Overlap.partly("binary " + op, y, a, b);
        engine.binary(op, a, b, y, accumulate);
    }

    @Override
    public void scale(Tensor x, double factor, double shift, Tensor y, boolean accumulate) {
        checks.types("scale", x, y);
        count("scale", "the result", y.elements(), x.elements());
        Overlap.partly("scale", y, x);
        engine.scale(x, factor, shift, y, accumulate);
    }

    @Override
    public void sum(Tensor x, Tensor y, boolean accumulate) {
        checks.types("sum", x, y);
        repeated("sum", x.shape(), y.shape());
        Overlap.none("sum", y, x);
        engine.sum(x, y, accumulate);
    }

    @Override
    public void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor c, boolean accumulate) {
        checks.types("matmul", a, b, c);
        int m = transposeA ? a.shape().columns() : a.shape().rows();
        int k = transposeA ? a.shape().rows() : a.shape().columns();
        int inner = transposeB ? b.shape().columns() : b.shape().rows();
        int n = transposeB ? b.shape().rows() : b.shape().columns();
        if (k != inner || c.shape().rows() != m || c.shape().columns() != n) {
            throw new ShapeException("matmul: " + a.shape() + (transposeA ? " transposed" : "") + " times " + b.shape()
                    + (transposeB ? " transposed" : "") + " does not give " + c.shape());
        }
        Overlap.none("matmul", c, a, b);
        engine.matmul(a, transposeA, b, transposeB, c, accumulate);
    }

    @Override
    public void affine(Tensor x, Tensor weight, Tensor bias, Tensor y) {
        checks.types("affine", x, weight, bias, y);
        outerAxis("affine", "the input", x.shape());
        int in = weight.shape().rows();
        int out = weight.shape().columns();
        if (x.shape().columns() != in) {
            throw new ShapeException(
                    "affine: the input is " + x.shape() + ", expected [.., " + in + "] for weights " + weight.shape());
        }
        count("affine", "the bias", bias.elements(), out);
        same("affine", "the result", y.shape(), x.shape().withColumns(out));
        Overlap.none("affine", y, x, weight, bias);
        engine.affine(x, weight, bias, y);
    }

    private static void rows(String kernel, int[] indices, Shape rows) {
        if (rows.rows() != indices.length) {
            throw new ShapeException(kernel + ": there are " + indices.length + " indices for rows " + rows);
        }
    }

    private static void indices(String kernel, int[] indices, int size) {
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] < 0 || indices[i] >= size) {
                throw new IndexOutOfBoundsException(
                        kernel + ": index " + indices[i] + " in place " + i + " is not in 0.." + (size - 1));
            }
        }
    }

    @Override
    public void gather(Tensor table, int[] indices, Tensor rows) {
        checks.types("gather", table, rows);
        rows("gather", indices, rows.shape());
        count("gather", "a row", rows.shape().columns(), table.shape().columns());
        indices("gather", indices, table.shape().rows());
        Overlap.none("gather", rows, table);
        engine.gather(table, indices, rows);
    }

    @Override
    public void scatterAdd(Tensor rows, int[] indices, Tensor table) {
        checks.types("scatterAdd", rows, table);
        rows("scatterAdd", indices, rows.shape());
        count("scatterAdd", "a row", rows.shape().columns(), table.shape().columns());
        indices("scatterAdd", indices, table.shape().rows());
        Overlap.none("scatterAdd", table, rows);
        engine.scatterAdd(rows, indices, table);
    }

    @Override
    public void oneHot(int[] indices, Tensor rows) {
        checks.types("oneHot", rows);
        rows("oneHot", indices, rows.shape());
        indices("oneHot", indices, rows.shape().columns());
        engine.oneHot(indices, rows);
    }

    @Override
    public void layerNorm(Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        checks.types("layerNorm", x, gain, bias, y, statistics);
        count("layerNorm", "the gain", gain.elements(), x.shape().columns());
        count("layerNorm", "the bias", bias.elements(), x.shape().columns());
        same("layerNorm", "the result", y.shape(), x.shape());
        same(
                "layerNorm",
                "the statistics",
                statistics.shape(),
                Shape.of(2, x.shape().rows()));
        Overlap.none("layerNorm", y, x, gain, bias, statistics);
        Overlap.none("layerNorm", statistics, x, gain, bias);
        engine.layerNorm(x, gain, bias, epsilon, y, statistics);
    }

    @Override
    public void layerNormBackward(
            Tensor x,
            Tensor gain,
            double epsilon,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGain,
            Tensor dBias) {
        checks.types("layerNormBackward", x, gain, statistics, dy, dx, dGain, dBias);
        same("layerNormBackward", "dy", dy.shape(), x.shape());
        same("layerNormBackward", "dx", dx.shape(), x.shape());
        same(
                "layerNormBackward",
                "the statistics",
                statistics.shape(),
                Shape.of(2, x.shape().rows()));
        for (Tensor vector : List.of(gain, dGain, dBias)) {
            count("layerNormBackward", "a vector", vector.elements(), x.shape().columns());
        }
        Overlap.none("layerNormBackward", dx, x, gain, statistics, dy, dGain, dBias);
        Overlap.none("layerNormBackward", dGain, x, gain, statistics, dy, dBias);
        Overlap.none("layerNormBackward", dBias, x, gain, statistics, dy);
        engine.layerNormBackward(x, gain, epsilon, statistics, dy, dx, dGain, dBias);
    }

    @Override
    public void softmax(Tensor x, Tensor y) {
        checks.types("softmax", x, y);
        same("softmax", "the result", y.shape(), x.shape());
        Overlap.none("softmax", y, x);
        engine.softmax(x, y);
    }

    private static void targets(String kernel, Shape logits, int[] targets, Tensor weights) {
        if (logits.rows() != targets.length || weights.elements() != targets.length) {
            throw new ShapeException(kernel + ": logits " + logits + " have " + logits.rows() + " rows, there are "
                    + targets.length + " targets and " + weights.elements() + " weights");
        }
        double[] counted = weights.toDoubles();
        for (int i = 0; i < targets.length; i++) {
            if (counted[i] != 0 && (targets[i] < 0 || targets[i] >= logits.columns())) {
                throw new IndexOutOfBoundsException(kernel + ": target " + targets[i] + " in place " + i
                        + " is not a class in 0.." + (logits.columns() - 1));
            }
        }
    }

    @Override
    public void softmaxCrossEntropy(Tensor logits, int[] targets, Tensor weights, Tensor probabilities, Tensor loss) {
        checks.types("softmaxCrossEntropy", logits, weights, probabilities, loss);
        targets("softmaxCrossEntropy", logits.shape(), targets, weights);
        same("softmaxCrossEntropy", "the probabilities", probabilities.shape(), logits.shape());
        count("softmaxCrossEntropy", "the loss", loss.elements(), 1);
        Overlap.none("softmaxCrossEntropy", probabilities, logits, weights, loss);
        Overlap.none("softmaxCrossEntropy", loss, logits, weights);
        engine.softmaxCrossEntropy(logits, targets, weights, probabilities, loss);
    }

    @Override
    public void softmaxCrossEntropyBackward(
            Tensor probabilities, int[] targets, Tensor weights, Tensor dLoss, Tensor dLogits, boolean accumulate) {
        checks.types("softmaxCrossEntropyBackward", probabilities, weights, dLoss, dLogits);
        targets("softmaxCrossEntropyBackward", probabilities.shape(), targets, weights);
        same("softmaxCrossEntropyBackward", "dLogits", dLogits.shape(), probabilities.shape());
        count("softmaxCrossEntropyBackward", "dLoss", dLoss.elements(), 1);
        Overlap.none("softmaxCrossEntropyBackward", dLogits, probabilities, weights, dLoss);
        engine.softmaxCrossEntropyBackward(probabilities, targets, weights, dLoss, dLogits, accumulate);
    }

    @Override
    public boolean fuses(RecurrentKind kind, int inputSize, int hiddenSize) {
        return engine.fuses(kind, inputSize, hiddenSize);
    }

    @Override
    public Shape recurrentWorkspace(RecurrentSpec spec) {
        fused(spec);
        return engine.recurrentWorkspace(spec);
    }

    private void fused(RecurrentSpec spec) {
        if (!engine.fuses(spec.kind(), spec.inputSize(), spec.hiddenSize())) {
            throw new ShapeException(spec.kind() + ": " + engine.backend().name() + " has no fused kernel for "
                    + spec.inputSize() + " inputs and " + spec.hiddenSize() + " units; unroll step by step");
        }
    }

    private void sequence(RecurrentSpec spec, String what, RecurrentSequence sequence, Shape expected) {
        String kernel = spec.kind().name();
        checks.types(kernel, sequence.sequence());
        same(kernel, what, sequence.sequence().shape(), expected);
        if (sequence.states().size() != spec.kind().states()) {
            throw new ShapeException(
                    kernel + ": " + what + " has " + sequence.states().size() + " states, expected "
                            + spec.kind().states());
        }
        for (Tensor state : sequence.states()) {
            checks.types(kernel, state);
            same(kernel, "a state of " + what, state.shape(), spec.stateShape());
        }
    }

    private void weights(RecurrentSpec spec, RecurrentWeights weights) {
        String kernel = spec.kind().name();
        checks.types(kernel, weights.input(), weights.hidden(), weights.bias());
        same(kernel, "the input weight", weights.input().shape(), spec.weightInputShape());
        same(kernel, "the hidden weight", weights.hidden().shape(), spec.weightHiddenShape());
        same(kernel, "the bias", weights.bias().shape(), spec.biasShape());
    }

    /** A native kernel writes as much as it needs, whatever it is given. */
    private void workspace(RecurrentSpec spec, Tensor workspace) {
        String kernel = spec.kind().name();
        checks.types(kernel, workspace);
        fused(spec);
        same(kernel, "the workspace", workspace.shape(), engine.recurrentWorkspace(spec));
    }

    private static Tensor[] all(RecurrentSequence sequence) {
        return Stream.concat(Stream.of(sequence.sequence()), sequence.states().stream())
                .toArray(Tensor[]::new);
    }

    private static Tensor[] all(RecurrentWeights weights) {
        return new Tensor[] {weights.input(), weights.hidden(), weights.bias()};
    }

    @Override
    public void recurrentForward(
            RecurrentSpec spec,
            RecurrentSequence in,
            RecurrentWeights weights,
            RecurrentSequence out,
            Tensor workspace) {
        sequence(spec, "the input", in, spec.inputShape());
        sequence(spec, "the output", out, spec.outputShape());
        weights(spec, weights);
        workspace(spec, workspace);
        Overlap.results(
                spec.kind().name(), List.of(all(out), new Tensor[] {workspace}), List.of(all(in), all(weights)));
        engine.recurrentForward(spec, in, weights, out, workspace);
    }

    @Override
    public void recurrentBackward(
            RecurrentSpec spec,
            RecurrentSequence in,
            RecurrentWeights weights,
            RecurrentSequence out,
            Tensor workspace,
            RecurrentSequence dOut,
            RecurrentSequence dIn,
            RecurrentWeights dWeights) {
        if (!spec.training()) {
            throw new ShapeException(
                    spec.kind() + ": a backward pass was asked after a forward one for inference, which "
                            + "keeps no workspace; make the specification with training = true");
        }
        sequence(spec, "the input", in, spec.inputShape());
        sequence(spec, "the output", out, spec.outputShape());
        sequence(spec, "the output's gradient", dOut, spec.outputShape());
        sequence(spec, "the input's gradient", dIn, spec.inputShape());
        weights(spec, weights);
        weights(spec, dWeights);
        workspace(spec, workspace);
        Overlap.results(
                spec.kind().name(),
                List.of(all(dIn), all(dWeights)),
                List.of(all(in), all(weights), all(out), all(dOut), new Tensor[] {workspace}));
        engine.recurrentBackward(spec, in, weights, out, workspace, dOut, dIn, dWeights);
    }

    @Override
    public ImageKernels images() {
        return images;
    }

    @Override
    public double sumOfSquares(Tensor x) {
        checks.types("sumOfSquares", x);
        return engine.sumOfSquares(x);
    }

    private void update(String kernel, Tensor value, Tensor... others) {
        checks.types(kernel, value);
        checks.types(kernel, others);
        for (Tensor other : others) {
            count(kernel, "an argument", other.elements(), value.elements());
        }
    }

    @Override
    public void adamW(Tensor gradient, AdamStep step, Tensor value, Tensor firstMoment, Tensor secondMoment) {
        update("adamW", value, gradient, firstMoment, secondMoment);
        engine.adamW(gradient, step, value, firstMoment, secondMoment);
    }

    @Override
    public void sgd(
            Tensor gradient,
            double rate,
            double momentum,
            double weightDecay,
            double gradientScale,
            Tensor value,
            Tensor velocity) {
        update("sgd", value, gradient, velocity);
        engine.sgd(gradient, rate, momentum, weightDecay, gradientScale, value, velocity);
    }

    @Override
    public void average(Tensor value, double weight, Tensor average) {
        update("average", value, average);
        engine.average(value, weight, average);
    }

    @Override
    public void close() {
        engine.close();
    }
}
