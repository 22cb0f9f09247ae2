package io.github.unrolled.model;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Embedding;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.nn.cell.VanillaRnn;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Weights under PyTorch's names and in its layout, both ways: {@code nn.RNN}, {@code nn.LSTM}, {@code nn.GRU},
 * {@code nn.Embedding} and {@code nn.Linear}. With {@link SafeTensors} the file of a {@code state_dict} is read and
 * written:
 *
 * <pre>{@code
 * var file = SafeTensors.read(Path.of("model.safetensors"));
 * PyTorchWeights.load(file.tensors(), "rnn.", "l0", lstm);
 * PyTorchWeights.load(file.tensors(), "output.", linear);
 * }</pre>
 *
 * PyTorch keeps {@code [gates · hidden, in]}, we {@code [in, gates · hidden]}; its GRU orders the gates r, z, n, ours u = z,
 * r, o = n; its two biases of a gate are one of ours (their sum), except the candidate's of the GRU.
 */
public final class PyTorchWeights {
    private PyTorchWeights() {}

    /**
     * Takes the weights of one layer into a cell. Without biases in the file they become zero.
     *
     * @param prefix what the names begin with, such as {@code "rnn."}
     * @param layer {@code l0}, {@code l1}, {@code l0_reverse} and so on
     * @throws ModelFileException if a tensor is missing or has another shape, or PyTorch has no such cell
     */
    public static void load(Map<String, Tensor> tensors, String prefix, String layer, Cell<?> cell) {
        Gates gates = Gates.of(cell);
        List<Parameter> own = cell.parameters();
        int width = gates.count * gates.hidden;
        Shape input = Shape.of(width, cell.inputSize());
        Shape hidden = Shape.of(width, gates.hidden);
        own.get(0).value().set(gates.ours(values(tensors, prefix + "weight_ih_" + layer, input), cell.inputSize()));
        own.get(1).value().set(gates.ours(values(tensors, prefix + "weight_hh_" + layer, hidden), gates.hidden));
        boolean hasBias = tensors.containsKey(prefix + "bias_ih_" + layer);
        double[] inputBias =
                hasBias ? values(tensors, prefix + "bias_ih_" + layer, Shape.of(width)) : new double[width];
        double[] hiddenBias =
                hasBias ? values(tensors, prefix + "bias_hh_" + layer, Shape.of(width)) : new double[width];
        own.get(2).value().set(gates.ourBias(inputBias, hiddenBias));
        own.forEach(parameter -> parameter.value().modified());
    }

    /** Takes {@code weight} and {@code bias} into a linear layer. */
    public static void load(Map<String, Tensor> tensors, String prefix, Linear linear) {
        int in = linear.weight().shape().dim(0);
        int out = linear.weight().shape().dim(1);
        double[] weight = values(tensors, prefix + "weight", Shape.of(out, in));
        linear.weight().value().set(transposed(weight, out, in));
        linear.bias().value().set(values(tensors, prefix + "bias", Shape.of(out)));
        linear.parameters().forEach(parameter -> parameter.value().modified());
    }

    /** Takes {@code weight} into an embedding. */
    public static void load(Map<String, Tensor> tensors, String prefix, Embedding embedding) {
        embedding
                .table()
                .value()
                .set(values(tensors, prefix + "weight", embedding.table().shape()));
        embedding.table().value().modified();
    }

    /**
     * The weights of a cell as PyTorch names them. Our single bias of a gate becomes the input's, the hidden state's is zero.
     *
     * @throws ModelFileException if PyTorch has no such cell
     */
    public static Map<String, Tensor> save(String prefix, String layer, Cell<?> cell) {
        Gates gates = Gates.of(cell);
        List<Parameter> own = cell.parameters();
        int width = gates.count * gates.hidden;
        double[][] biases = gates.theirBiases(own.get(2).value().toDoubles());
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(
                prefix + "weight_ih_" + layer,
                tensor(
                        own.get(0),
                        gates.theirs(own.get(0).value().toDoubles(), cell.inputSize()),
                        Shape.of(width, cell.inputSize())));
        tensors.put(
                prefix + "weight_hh_" + layer,
                tensor(
                        own.get(1),
                        gates.theirs(own.get(1).value().toDoubles(), gates.hidden),
                        Shape.of(width, gates.hidden)));
        tensors.put(prefix + "bias_ih_" + layer, tensor(own.get(2), biases[0], Shape.of(width)));
        tensors.put(prefix + "bias_hh_" + layer, tensor(own.get(2), biases[1], Shape.of(width)));
        return tensors;
    }

    /** {@code weight} and {@code bias} of a linear layer. */
    public static Map<String, Tensor> save(String prefix, Linear linear) {
        int in = linear.weight().shape().dim(0);
        int out = linear.weight().shape().dim(1);
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put(
                prefix + "weight",
                tensor(linear.weight(), transposed(linear.weight().value().toDoubles(), in, out), Shape.of(out, in)));
        tensors.put(prefix + "bias", tensor(linear.bias(), linear.bias().value().toDoubles(), Shape.of(out)));
        return tensors;
    }

    /** {@code weight} of an embedding. */
    public static Map<String, Tensor> save(String prefix, Embedding embedding) {
        return Map.of(
                prefix + "weight",
                tensor(
                        embedding.table(),
                        embedding.table().value().toDoubles(),
                        embedding.table().shape()));
    }

    private static Tensor tensor(Parameter like, double[] values, Shape shape) {
        return Tensor.allocate(HeapMemory.allocator(like.value().type()), shape).set(values);
    }

    private static double[] values(Map<String, Tensor> tensors, String name, Shape shape) {
        Tensor found = tensors.get(name);
        if (found == null) {
            throw new ModelFileException("there is no tensor " + name + " among " + tensors.keySet());
        }
        if (!found.shape().equals(shape)) {
            throw new ModelFileException(name + " is " + found.shape() + ", expected " + shape);
        }
        return found.toDoubles();
    }

    /** {@code [rows, columns]} to {@code [columns, rows]}. */
    private static double[] transposed(double[] values, int rows, int columns) {
        double[] turned = new double[values.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                turned[c * rows + r] = values[r * columns + c];
            }
        }
        return turned;
    }

    /**
     * How the gates of a cell lie.
     *
     * @param count how many
     * @param hidden rows of each
     * @param swapped whether the first two change places
     */
    private record Gates(int count, int hidden, boolean swapped) {
        static Gates of(Cell<?> cell) {
            int hidden = cell.outputSize();
            List<Parameter> own = cell.parameters();
            if (own.size() == 3 && cell instanceof Lstm) {
                return new Gates(4, hidden, false);
            }
            if (cell instanceof Gru && own.get(2).shape().elements() == 4L * hidden) {
                return new Gates(3, hidden, true);
            }
            if (cell instanceof VanillaRnn) {
                return new Gates(1, hidden, false);
            }
            throw new ModelFileException(
                    "PyTorch has no cell like this " + cell.getClass().getSimpleName()
                            + "; it has vanilla RNN, LSTM without peepholes and normalisation, and GRU with the reset after the"
                            + " product");
        }

        /** The same row in the other order; its own inverse. */
        private int row(int row) {
            int gate = row / hidden;
            return swapped && gate < 2 ? (1 - gate) * hidden + row % hidden : row;
        }

        double[] ours(double[] theirs, int in) {
            return transposed(reordered(theirs, in), count * hidden, in);
        }

        double[] theirs(double[] ours, int in) {
            return reordered(transposed(ours, in, count * hidden), in);
        }

        private double[] reordered(double[] rows, int columns) {
            double[] changed = new double[rows.length];
            for (int r = 0; r < rows.length / columns; r++) {
                System.arraycopy(rows, r * columns, changed, row(r) * columns, columns);
            }
            return changed;
        }

        private boolean isCandidate(int row) {
            return swapped && row >= 2 * hidden;
        }

        double[] ourBias(double[] input, double[] hiddenBias) {
            double[] ours = new double[input.length + (swapped ? hidden : 0)];
            for (int r = 0; r < input.length; r++) {
                ours[row(r)] = input[r] + (isCandidate(r) ? 0 : hiddenBias[r]);
                if (isCandidate(r)) {
                    ours[r + hidden] = hiddenBias[r];
                }
            }
            return ours;
        }

        double[][] theirBiases(double[] ours) {
            double[][] theirs = new double[2][count * hidden];
            for (int r = 0; r < count * hidden; r++) {
                theirs[0][r] = ours[row(r)];
                theirs[1][r] = isCandidate(r) ? ours[r + hidden] : 0;
            }
            return theirs;
        }
    }
}
