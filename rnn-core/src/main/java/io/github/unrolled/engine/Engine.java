package io.github.unrolled.engine;

import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/**
 * The closed list of kernels. {@code engine.reference} defines what each one means; every other engine must agree with
 * it. An engine belongs to the thread that made it.
 *
 * <p>Conventions. The first tensors of a signature are read, the last ones written ("Modified"); a kernel never modifies
 * another argument. Results may not overlap inputs unless the method says so. Where a kernel takes {@code accumulate},
 * true adds to what the target holds, false overwrites it. Tensors are seen as matrices of {@link Shape#rows()} by
 * {@link Shape#columns()} where a method speaks of rows and columns. Every kernel accepts tensors without elements and
 * then does nothing, except that sums over nothing are zero. All throw
 * {@link io.github.unrolled.tensor.ShapeException} for shapes that do not fit together.
 */
public interface Engine extends AutoCloseable {
    /** The backend that made this engine, whose memory it computes on. */
    Backend backend();

    /** The element type of all tensors passed to this engine. */
    default ElementType type() {
        return backend().type();
    }

    /** How many threads a kernel may use. */
    int threads();

    // ---- moving

    /** target = source, or target += source; same number of elements. */
    void copy(Tensor source, Tensor target, boolean accumulate);

    /**
     * Copies {@code count} columns of each row: target[r, targetFrom + j] = source[r, sourceFrom + j].
     */
    void copyColumns(Tensor source, int sourceFrom, Tensor target, int targetFrom, int count, boolean accumulate);

    /** target[T - 1 - t] = source[t] over the outermost axis; same shapes, no overlap. */
    void reverse(Tensor source, Tensor target, boolean accumulate);

    /**
     * Chooses whole rows: target[r] = mask[r] ≠ 0 ? a[r] : b[r], bit by bit, so that what is not chosen may be anything,
     * NaN included. Rows are those of the mask: {@code mask.elements()} of them.
     */
    void select(Tensor mask, Tensor a, Tensor b, Tensor target);

    // ---- element by element

    /** y = op(x). y may be x. */
    void unary(Unary op, Tensor x, Tensor y);

    /** dx = dy · op'(y), where y is the result of the forward pass. */
    void unaryBackward(Unary op, Tensor y, Tensor dy, Tensor dx, boolean accumulate);

    /**
     * y = a op b. The shape of y is that of a. b has the shape of a, or fewer axes (missing outer ones), or extents of 1:
     * it is then repeated. y may be a.
     */
    void binary(Binary op, Tensor a, Tensor b, Tensor y, boolean accumulate);

    /** y = factor · x + shift. y may be x unless accumulating. */
    void scale(Tensor x, double factor, double shift, Tensor y, boolean accumulate);

    /**
     * Adds up x over the axes that y lacks or where y's extent is 1: the transpose of the repetition in {@link #binary}.
     * A y of one element receives the sum of everything.
     */
    void sum(Tensor x, Tensor y, boolean accumulate);

    // ---- products

    /**
     * c = op(a) · op(b) for matrices; op transposes where asked. Shapes {@code [m, k]}, {@code [k, n]}, {@code [m, n]} after op;
     * outer axes count as rows.
     */
    void matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB, Tensor c, boolean accumulate);

    /** y = x · weight + bias. x {@code [.., in]}, weight {@code [in, out]}, bias {@code [out]}, y {@code [.., out]}. */
    void affine(Tensor x, Tensor weight, Tensor bias, Tensor y);

    // ---- tables

    /**
     * rows[i] = table[indices[i]].
     *
     * @throws IndexOutOfBoundsException if an index lies outside the table, with its position
     */
    void gather(Tensor table, int[] indices, Tensor rows);

    /** table[indices[i]] += rows[i], in the order of i. */
    void scatterAdd(Tensor rows, int[] indices, Tensor table);

    /**
     * rows[i, j] = 1 where j = indices[i], else 0.
     *
     * @throws IndexOutOfBoundsException if an index is not a column, with its position
     */
    void oneHot(int[] indices, Tensor rows);

    // ---- normalisation and losses

    /**
     * Layer normalisation over the columns: y = (x - mean) / √(variance + ε) · gain + bias (Ba et al. 2016), variance
     * over n. {@code statistics} {@code [2, rows]} receives mean and variance for the backward pass.
     */
    void layerNorm(Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics);

    /** Gradients of {@link #layerNorm}; dx is overwritten, dGain and dBias are added to. */
    void layerNormBackward(
            Tensor x, Tensor gain, double epsilon, Tensor statistics, Tensor dy, Tensor dx, Tensor dGain, Tensor dBias);

    /** y[r] = exp(x[r]) / Σ exp(x[r]), computed without overflow. */
    void softmax(Tensor x, Tensor y);

    /**
     * Fused softmax and cross-entropy on integer targets: {@code probabilities} receives softmax(logits) and {@code loss}
     * (one element) Σᵣ weight[r] · -ln probabilities[r, targets[r]], added up in double.
     *
     * @param weights one per row, 0 for rows that do not count (their target may then be anything)
     */
    void softmaxCrossEntropy(Tensor logits, int[] targets, Tensor weights, Tensor probabilities, Tensor loss);

    /** dLogits[r, j] = dLoss · weight[r] · (probabilities[r, j] - [j = targets[r]]); dLoss has one element. */
    void softmaxCrossEntropyBackward(
            Tensor probabilities, int[] targets, Tensor weights, Tensor dLoss, Tensor dLogits, boolean accumulate);

    // ---- recurrent layers

    /** Whether this engine has a fused kernel for such a layer; where not, the cell is unrolled step by step. */
    boolean fuses(RecurrentKind kind, int inputSize, int hiddenSize);

    /** The shape of the workspace that {@link #recurrentForward} fills for the backward pass; empty for inference. */
    Shape recurrentWorkspace(RecurrentSpec spec);

    /**
     * One recurrent layer over a whole sequence.
     *
     * @param in the input sequence and the initial states
     * @param out receives the outputs and the final states
     * @param workspace of {@link #recurrentWorkspace}; its contents are this engine's own business
     */
    void recurrentForward(
            RecurrentSpec spec,
            RecurrentSequence in,
            RecurrentWeights weights,
            RecurrentSequence out,
            Tensor workspace);

    /**
     * Backward of {@link #recurrentForward} with the same arguments; may be called once for a workspace.
     *
     * @param dOut gradients with respect to the outputs and the final states
     * @param dIn receives (overwritten) the gradients of the input sequence and the initial states
     * @param dWeights added to
     */
    void recurrentBackward(
            RecurrentSpec spec,
            RecurrentSequence in,
            RecurrentWeights weights,
            RecurrentSequence out,
            Tensor workspace,
            RecurrentSequence dOut,
            RecurrentSequence dIn,
            RecurrentWeights dWeights);

    // ---- images

    /** The kernels of convolutional networks, under the same conventions. */
    ImageKernels images();

    // ---- optimisers

    /** Σ x², added up in double. NaN and infinities come through. */
    double sumOfSquares(Tensor x);

    /** One step of AdamW; value and both moments are modified. All four have the same shape. */
    void adamW(Tensor gradient, AdamStep step, Tensor value, Tensor firstMoment, Tensor secondMoment);

    /**
     * One step of SGD with momentum: v = momentum · v + (gradientScale · g + weightDecay · p); p = p - rate · v.
     */
    void sgd(
            Tensor gradient,
            double rate,
            double momentum,
            double weightDecay,
            double gradientScale,
            Tensor value,
            Tensor velocity);

    /** average = average + weight · (value - average). */
    void average(Tensor value, double weight, Tensor average);

    /** Frees what this engine cached. Tensors are their owners' business. */
    @Override
    void close();
}
