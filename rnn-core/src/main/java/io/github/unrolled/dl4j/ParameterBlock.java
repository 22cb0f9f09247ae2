package io.github.unrolled.dl4j;

import io.github.unrolled.nn.Initializer;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import java.util.Arrays;
import org.deeplearning4j.nn.weights.IWeightInit;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * One parameter in the flattened array of a layer, where it lies in C order.
 *
 * @param key Deeplearning4j's name of it
 * @param shape {@code [rows, columns]}, or {@code [columns]} for a bias
 * @param bias whether it is one, for regularisation and updaters
 * @param initial how it begins
 */
record ParameterBlock(String key, long[] shape, boolean bias, Initial initial) {
    /** Writes the first values into a view of the parameter. */
    interface Initial {
        void write(INDArray view);
    }

    static ParameterBlock weight(String key, long rows, long columns, Initial initial) {
        return new ParameterBlock(key, new long[] {rows, columns}, false, initial);
    }

    static ParameterBlock bias(String key, long columns, Initial initial) {
        return new ParameterBlock(key, new long[] {columns}, true, initial);
    }

    ParameterBlock withPrefix(String prefix) {
        return new ParameterBlock(prefix + key, shape, bias, initial);
    }

    long length() {
        return Arrays.stream(shape).reduce(1, Math::multiplyExact);
    }

    /** Each of the gates that lie side by side in the columns by itself, as a matrix of its own. */
    static Initial perGate(int gates, IWeightInit weightInit) {
        return view -> {
            long rows = view.size(0);
            long columns = view.size(1) / gates;
            for (int gate = 0; gate < gates; gate++) {
                INDArray drawn = weightInit.init(
                        (double) rows,
                        (double) columns,
                        new long[] {rows, columns},
                        'c',
                        Nd4j.create(view.dataType(), rows * columns));
                view.get(NDArrayIndex.all(), NDArrayIndex.interval(gate * columns, (gate + 1) * columns))
                        .assign(drawn);
            }
        };
    }

    /** An orthogonal matrix for each gate, drawn from ND4J's random numbers, which the network's seed has set. */
    static Initial orthogonal(int gates) {
        return view -> {
            Shape shape = Shape.of((int) view.size(0), (int) view.size(1));
            double[] drawn = Initializer.orthogonal(gates)
                    .draw(shape, new Seed(Nd4j.getRandom().nextLong()).generator());
            view.assign(Nd4j.createFromArray(drawn).reshape('c', view.shape()).castTo(view.dataType()));
        };
    }

    /** The same value everywhere. */
    static Initial constant(double value) {
        return view -> view.assign(value);
    }
}
