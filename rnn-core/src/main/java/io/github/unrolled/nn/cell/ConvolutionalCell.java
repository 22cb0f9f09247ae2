package io.github.unrolled.nn.cell;

import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Window;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Initializer;
import io.github.unrolled.nn.Mask;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.State;
import io.github.unrolled.nn.StepFunction;
import io.github.unrolled.nn.Unroll;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import java.util.List;

/**
 * A gated cell whose products are convolutions. The convolution of the inputs does not depend on the state: over a
 * sequence it is one convolution of all images at once.
 *
 * @param <S> the cell's state
 */
abstract class ConvolutionalCell<S extends State<S>> implements Cell<S> {
    private final ImageOps.Convolution how;
    private final int hiddenSize;
    private final Parameter weightInput;
    private final Parameter bias;

    ConvolutionalCell(
            Parameters parameters,
            int inputSize,
            int hiddenSize,
            int kernelSize,
            int gates,
            Initializer biasInitializer) {
        this.how = new ImageOps.Convolution(Window.same(kernelSize));
        this.hiddenSize = hiddenSize;
        Shape input = Shape.of(kernelSize, kernelSize, inputSize, gates * hiddenSize);
        weightInput = parameters.create("weightInput", input, Initializer.glorot(gates));
        bias = parameters.create("bias", Shape.of(gates * hiddenSize), biasInitializer);
    }

    /** A weight from the state to {@code gates} gates side by side. */
    final Parameter recurrent(Parameters parameters, String name, int gates) {
        int size = weightInput.shape().dim(0);
        Shape shape = Shape.of(size, size, hiddenSize, gates * hiddenSize);
        return parameters.create(name, shape, Initializer.orthogonal(gates));
    }

    /** The cell's function once the convolution of the inputs, {@code [batch, height, width, gates]}, is known. */
    abstract StepFunction<S> afterInput(Tape tape);

    /** A state all of whose parts are these zeros. */
    abstract S state(Variable zeros);

    final Parameter weightInput() {
        return weightInput;
    }

    final Parameter bias() {
        return bias;
    }

    /** The convolution of a state, without a bias. */
    final Variable convolve(Variable state, Variable weight) {
        Tape tape = state.tape();
        return ImageOps.convolution(how, state, weight, tape.constant(tape.allocate(Shape.of(0))));
    }

    private Variable ofInput(Tape tape, Variable images) {
        return ImageOps.convolution(how, images, tape.use(weightInput), tape.use(bias));
    }

    @Override
    public final int inputSize() {
        return weightInput.shape().dim(2);
    }

    @Override
    public final int outputSize() {
        return hiddenSize;
    }

    @Override
    public final List<String> axes() {
        return List.of("batch", "height", "width");
    }

    @Override
    public final S zeroState(Tape tape, Shape places) {
        if (places.rank() != axes().size()) {
            throw new ShapeException(getClass().getSimpleName() + ": a state of zeros was asked for places " + places
                    + ", expected [batch, height, width]");
        }
        return state(tape.constant(tape.zeros(places.append(hiddenSize))));
    }

    @Override
    public final StepFunction<S> bind(Tape tape) {
        StepFunction<S> after = afterInput(tape);
        return (x, state) -> after.step(ofInput(tape, x), state);
    }

    @Override
    public final Sequence<S> unroll(Tape tape, Variable x, S state, Mask mask) {
        Unroll.check(this, x, mask);
        Shape shape = x.shape();
        if (shape.dim(0) == 0) {
            return Unroll.stepwise(this, tape, x, state, mask);
        }
        Shape images = Shape.of(shape.dim(0) * shape.dim(1), shape.dim(2), shape.dim(3), shape.dim(4));
        Variable gates = ofInput(tape, Ops.reshape(x, images));
        Variable sequence = Ops.reshape(gates, shape.withColumns(gates.shape().columns()));
        return Unroll.stepwise(afterInput(tape), hiddenSize, tape, sequence, state, mask);
    }
}
