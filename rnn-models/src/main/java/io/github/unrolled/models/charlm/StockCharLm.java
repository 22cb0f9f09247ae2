package io.github.unrolled.models.charlm;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.datasets.text.Vocabulary;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.model.PyTorchWeights;
import io.github.unrolled.model.StockNetworkFile;
import io.github.unrolled.model.StockNetworkFile.StockLayer;
import io.github.unrolled.models.charlm.CharLmConfig.CellType;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A character model that was trained in Deeplearning4j, as one of ours: recurrent layers of one kind and size that read
 * characters as vectors with a single 1, and a softmax over the same characters. The embedding of ours is then the identity.
 */
public final class StockCharLm {
    private StockCharLm() {}

    /**
     * Converts.
     *
     * @param source what the file is called in messages
     * @param characters the network's own list: place i is the character that input and output i stand for
     * @throws ModelFileException if the network is no character model, or the list has another length or one character twice
     */
    public static SavedCharLm convert(String source, StockNetworkFile file, int[] characters, Allocator allocator) {
        Vocabulary vocabulary = Vocabulary.of(characters);
        CharLmConfig config = config(source, file.layers(), characters.length);
        if (vocabulary.size() != characters.length) {
            throw new ModelFileException(source + ": the list of characters has " + characters.length
                    + " entries, of which " + vocabulary.size() + " differ; each character is expected once");
        }
        CharLm model = new CharLm(config, Parameters.zeros(allocator));
        load(file, model, ranks(vocabulary, characters));
        return new SavedCharLm(
                model, vocabulary, ModelFile.newDescription().put("convertedFrom", "a network file of Deeplearning4j"));
    }

    private static CharLmConfig config(String source, List<StockLayer> layers, int characters) {
        int last = layers.size() - 1;
        StockLayer first = layers.get(0);
        boolean fits = last > 0
                && !layers.get(last).isRecurrent()
                && first.in() == characters
                && layers.get(last).out() == characters;
        for (int i = 0; fits && i < last; i++) {
            StockLayer layer = layers.get(i);
            fits = layer.type().equals(first.type()) && layer.isRecurrent() && layer.out() == first.out();
        }
        if (!fits) {
            throw new ModelFileException(
                    source + " has the layers " + layers + ", expected recurrent ones of one kind and" + " size from "
                            + characters + " characters to an RnnOutputLayer of as many");
        }
        CellType cell = first.type().equals("LSTM") ? CellType.LSTM : CellType.RNN;
        return new CharLmConfig(cell, characters, characters, first.out(), last, 0, 0);
    }

    /** For each place in the network's list, the token of ours. */
    private static int[] ranks(Vocabulary vocabulary, int[] characters) {
        return vocabulary.encode(characters);
    }

    private static void load(StockNetworkFile file, CharLm model, int[] ranks) {
        int layers = model.config().layers();
        List<Parameter> parameters = model.parameters();
        identity(parameters.get(0).value(), ranks);
        for (int i = 0; i < layers; i++) {
            PyTorchWeights.load(
                    file.tensors(), i + ".", "l0", model.stack().cells().get(i));
        }
        Map<String, Tensor> output = new HashMap<>();
        for (String name : List.of("weight", "bias")) {
            Tensor rows = Objects.requireNonNull(file.tensors().get(layers + "." + name), name);
            output.put(name, permuted(rows, ranks));
        }
        PyTorchWeights.load(output, "", model.output());
    }

    /** The row of a token is a 1 at the character's place in the network's list. */
    private static void identity(Tensor table, int[] ranks) {
        float[] rows = new float[ranks.length * ranks.length];
        for (int place = 0; place < ranks.length; place++) {
            rows[ranks[place] * ranks.length + place] = 1;
        }
        table.set(rows);
    }

    private static Tensor permuted(Tensor rows, int[] ranks) {
        float[] values = rows.toFloats();
        int width = values.length / ranks.length;
        float[] moved = new float[values.length];
        for (int place = 0; place < ranks.length; place++) {
            System.arraycopy(values, place * width, moved, ranks[place] * width, width);
        }
        return Tensor.allocate(HeapMemory.allocator(rows.type()), rows.shape()).set(moved);
    }
}
