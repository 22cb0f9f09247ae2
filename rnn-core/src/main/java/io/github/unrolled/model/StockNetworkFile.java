package io.github.unrolled.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A network file of Deeplearning4j's ({@code ModelSerializer}, format of 1.0.0), read without Deeplearning4j and its natives:
 * {@code configuration.json} says which layers there are, {@code coefficients.bin} holds their parameters one after the other,
 * big-endian, each in Fortran order. What comes out has PyTorch's names and layout, so {@link PyTorchWeights} loads it:
 * {@code 0.weight_ih_l0} and so on for the recurrent layer 0, {@code 2.weight} and {@code 2.bias} for the output layer 2.
 *
 * @param layers from the input to the output
 * @param tensors every parameter, on the heap, in single precision
 */
public record StockNetworkFile(List<StockLayer> layers, Map<String, Tensor> tensors) {
    private static final int LARGEST_CONFIGURATION = 16 << 20;
    private static final long LARGEST_LAYER = 1 << 16;
    private static final int LARGEST_RANK = 32;

    /** Deeplearning4j has g, f, o, i; PyTorch i, f, g, o. */
    private static final int[] LSTM_GATES = {3, 1, 0, 2};

    private static final int[] ONE_GATE = {0};

    /**
     * A layer.
     *
     * @param type Deeplearning4j's simple name: LSTM, SimpleRnn or RnnOutputLayer
     * @param in features of the input
     * @param out features of the output
     */
    public record StockLayer(String type, int in, int out) {
        /** Whether it is recurrent. */
        public boolean isRecurrent() {
            return !type.equals("RnnOutputLayer");
        }

        private int[] gates() {
            return type.equals("LSTM") ? LSTM_GATES : ONE_GATE;
        }

        private long parameters() {
            long width = (long) gates().length * out;
            return width * in + (isRecurrent() ? width * out : 0) + width;
        }
    }

    /**
     * Reads a file.
     *
     * @throws ModelFileException if it is damaged, or has layers other than LSTM and SimpleRnn with tanh and an RnnOutputLayer
     *     with softmax
     */
    public static StockNetworkFile read(Path file) throws IOException {
        String source = file.toString();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            List<StockLayer> layers = layers(source, configuration(source, zip));
            long parameters = layers.stream().mapToLong(StockLayer::parameters).sum();
            try (DataInputStream in = new DataInputStream(
                    new BufferedInputStream(zip.getInputStream(entry(source, zip, "coefficients.bin"))))) {
                checkHeader(source, in, parameters);
                Map<String, Tensor> tensors = new LinkedHashMap<>();
                for (int i = 0; i < layers.size(); i++) {
                    readLayer(in, layers.get(i), i + ".", tensors);
                }
                return new StockNetworkFile(layers, tensors);
            } catch (EOFException e) {
                throw ModelFileException.damaged(source, "coefficients.bin ends too early", e);
            }
        } catch (ZipException e) {
            throw new ModelFileException(
                    source + " is no zip (" + e.getMessage()
                            + "); expected a network file written by Deeplearning4j's ModelSerializer",
                    e);
        }
    }

    private static ZipEntry entry(String source, ZipFile zip, String name) {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new ModelFileException(source + " has no " + name
                    + "; expected a network file written by Deeplearning4j's ModelSerializer");
        }
        return entry;
    }

    private static ObjectNode configuration(String source, ZipFile zip) throws IOException {
        try (InputStream in = zip.getInputStream(entry(source, zip, "configuration.json"))) {
            byte[] json = in.readNBytes(LARGEST_CONFIGURATION);
            if (in.read() >= 0) {
                throw ModelFileException.damaged(
                        source, "configuration.json is longer than " + LARGEST_CONFIGURATION + " bytes");
            }
            return Json.read(source, "configuration.json", json);
        }
    }

    private static List<StockLayer> layers(String source, ObjectNode configuration) {
        JsonNode listed = configuration.path("confs");
        if (!listed.isArray() || listed.isEmpty()) {
            throw new ModelFileException(source + " holds no MultiLayerNetwork; graphs are converted by"
                    + " StockNetworks.toUnrolled of io.github.unrolled.dl4j");
        }
        List<StockLayer> layers = new ArrayList<>();
        for (JsonNode each : listed) {
            JsonNode layer = each.path("layer");
            String type = simpleName(layer);
            boolean recurrent = type.equals("LSTM") || type.equals("SimpleRnn");
            require(source, layers.size(), type, recurrent || type.equals("RnnOutputLayer"));
            String activation = simpleName(layer.path("activationFn"));
            require(
                    source,
                    layers.size(),
                    type + " with " + activation,
                    activation.equals(recurrent ? "ActivationTanH" : "ActivationSoftmax"));
            boolean plain = !type.equals("LSTM")
                    || simpleName(layer.path("gateActivationFn")).equals("ActivationSigmoid");
            boolean normalised = layer.path("hasLayerNorm").asBoolean(false)
                    || layer.path("layerNorm").asBoolean(false);
            boolean biased = recurrent || layer.path("hasBias").asBoolean(true);
            require(source, layers.size(), type + " with other options", plain && !normalised && biased);
            layers.add(new StockLayer(type, size(source, layer, "nin"), size(source, layer, "nout")));
        }
        return List.copyOf(layers);
    }

    private static String simpleName(JsonNode node) {
        String name = node.path("@class").asText();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static void require(String source, int index, String found, boolean known) {
        if (!known) {
            throw new ModelFileException(source + ": layer " + index + " is " + found
                    + ", expected LSTM or SimpleRnn with tanh, or RnnOutputLayer with softmax; StockNetworks of"
                    + " io.github.unrolled.dl4j converts more, with ND4J on the class path");
        }
    }

    private static int size(String source, JsonNode layer, String name) {
        long size = layer.path(name).asLong(0);
        if (size < 1 || size > LARGEST_LAYER) {
            throw ModelFileException.damaged(source, name + " of a layer is " + size);
        }
        return (int) size;
    }

    /** ND4J writes the shape as a buffer of longs, then the elements as another buffer. */
    private static void checkHeader(String source, DataInputStream in, long parameters) throws IOException {
        in.readUTF();
        long rank = in.readLong();
        String type = in.readUTF();
        if (!type.equals("LONG") || rank < 1 || rank > 2 * LARGEST_RANK + 4) {
            throw ModelFileException.damaged(source, "coefficients.bin does not begin with a shape");
        }
        in.skipNBytes(rank * Long.BYTES);
        in.readUTF();
        long length = in.readLong();
        String elements = in.readUTF();
        if (!elements.equals("FLOAT")) {
            throw new ModelFileException(source + " holds parameters of type " + elements
                    + "; convert the network to FLOAT and save it again");
        }
        if (length != parameters) {
            throw ModelFileException.damaged(
                    source, "coefficients.bin has " + length + " parameters, and the layers have " + parameters);
        }
    }

    private static void readLayer(DataInputStream in, StockLayer layer, String prefix, Map<String, Tensor> tensors)
            throws IOException {
        int[] gates = layer.gates();
        if (!layer.isRecurrent()) {
            tensors.put(prefix + "weight", rows(in, gates, layer.out, layer.in));
            tensors.put(prefix + "bias", rows(in, gates, layer.out, 1).reshape(layer.out));
            return;
        }
        int width = gates.length * layer.out;
        tensors.put(prefix + "weight_ih_l0", rows(in, gates, layer.out, layer.in));
        tensors.put(prefix + "weight_hh_l0", rows(in, gates, layer.out, layer.out));
        tensors.put(prefix + "bias_ih_l0", rows(in, gates, layer.out, 1).reshape(width));
        tensors.put(prefix + "bias_hh_l0", Tensor.allocate(HeapMemory.allocator(ElementType.FLOAT32), Shape.of(width)));
    }

    /** A matrix in Fortran order is its transpose in C order: {@code [gates · size, columns]}, gates put in order. */
    private static Tensor rows(DataInputStream in, int[] gates, int size, int columns) throws IOException {
        int block = Math.multiplyExact(size, columns);
        float[] stored = new float[Math.multiplyExact(gates.length, block)];
        for (int i = 0; i < stored.length; i++) {
            stored[i] = in.readFloat();
        }
        float[] ordered = new float[stored.length];
        for (int gate = 0; gate < gates.length; gate++) {
            System.arraycopy(stored, gates[gate] * block, ordered, gate * block, block);
        }
        return Tensor.allocate(HeapMemory.allocator(ElementType.FLOAT32), Shape.of(gates.length * size, columns))
                .set(ordered);
    }
}
