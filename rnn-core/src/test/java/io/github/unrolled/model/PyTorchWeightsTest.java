package io.github.unrolled.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Embedding;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.nn.cell.VanillaRnn;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That loaded weights compute what PyTorch computed is shown by GoldenCellsTest. */
final class PyTorchWeightsTest {
    private static final Map<String, Function<Parameters, Cell<?>>> CELLS = Map.of(
            "rnn", p -> new VanillaRnn(p, new VanillaRnn.Options(3, 4)),
            "lstm", p -> new Lstm(p, new Lstm.Options(3, 4)),
            "gru", p -> new Gru(p, new Gru.Options(3, 4)));

    private static Cell<?> cell(String name, Backend backend, long seed) {
        Parameters parameters = new Parameters(backend, new Seed(seed));
        Cell<?> cell = CELLS.getOrDefault(name, p -> {
                    throw new IllegalArgumentException(name);
                })
                .apply(parameters);
        var random = new Seed(seed).generator();
        cell.parameters()
                .forEach(p -> p.value()
                        .set(random.doubles(p.value().elements(), -1, 1)
                                .map(v -> (float) v)
                                .toArray()));
        return cell;
    }

    @ParameterizedTest
    @ValueSource(strings = {"rnn", "lstm", "gru"})
    void whatWasSavedIsLoadedAgain(String name) throws IOException {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Cell<?> cell = cell(name, backend, 1);
                Cell<?> other = cell(name, Backends.named("onednn"), 2)) {
            Map<String, Tensor> tensors = PyTorchWeights.save("model.rnn.", "l0", cell);
            assertThat(tensors.keySet())
                    .containsExactly(
                            "model.rnn.weight_ih_l0",
                            "model.rnn.weight_hh_l0",
                            "model.rnn.bias_ih_l0",
                            "model.rnn.bias_hh_l0");
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            SafeTensors.write(file, tensors, Map.of(), StoredType.F32);
            PyTorchWeights.load(SafeTensors.read("test", file.toByteArray()).tensors(), "model.rnn.", "l0", other);
            for (int i = 0; i < cell.parameters().size(); i++) {
                assertThat(other.parameters().get(i).value().toDoubles())
                        .as(cell.parameters().get(i).name())
                        .containsExactly(cell.parameters().get(i).value().toDoubles());
            }
        }
    }

    /** PyTorch's gates r, z, n become u = z, r, o = n; only the candidate keeps two biases. */
    @Test
    void theGatesOfAGruChangePlaces() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Gru gru = new Gru(new Parameters(backend, new Seed(1)), new Gru.Options(1, 1))) {
            Map<String, Tensor> tensors = new LinkedHashMap<>(PyTorchWeights.save("", "l0", gru));
            tensors.values().forEach(tensor -> tensor.set(1.0, 2.0, 3.0));
            PyTorchWeights.load(tensors, "", "l0", gru);
            assertThat(gru.parameters().get(0).value().toDoubles()).containsExactly(2, 1, 3);
            assertThat(gru.parameters().get(2).value().toDoubles()).containsExactly(4, 2, 3, 3);
        }
    }

    @Test
    void biasesMayBeMissing() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        try (Cell<?> cell = cell("lstm", backend, 1)) {
            Map<String, Tensor> tensors = new HashMap<>(PyTorchWeights.save("", "l0", cell));
            tensors.remove("bias_ih_l0");
            tensors.remove("bias_hh_l0");
            PyTorchWeights.load(tensors, "", "l0", cell);
            assertThat(cell.parameters().get(2).value().toDoubles()).containsOnly(0);
        }
    }

    @Test
    void linearAndEmbeddingAreKept() {
        Parameters parameters = new Parameters(new ReferenceBackend(ElementType.FLOAT64), new Seed(1));
        try (Linear linear = Linear.create(parameters.scope("a"), 2, 3);
                Linear other = Linear.create(parameters.scope("b"), 2, 3);
                Embedding embedding = Embedding.create(parameters.scope("c"), 4, 2);
                Embedding another = Embedding.create(parameters.scope("d"), 4, 2)) {
            linear.weight().value().set(1.0, 2.0, 3.0, 4.0, 5.0, 6.0);
            Map<String, Tensor> tensors = PyTorchWeights.save("", linear);
            Tensor weight = tensors.getOrDefault("weight", linear.bias().value());
            assertThat(weight.shape().dims()).containsExactly(3, 2);
            assertThat(weight.toDoubles()).containsExactly(1, 4, 2, 5, 3, 6);
            PyTorchWeights.load(tensors, "", other);
            assertThat(other.weight().value().toDoubles())
                    .containsExactly(linear.weight().value().toDoubles());
            PyTorchWeights.load(PyTorchWeights.save("e.", embedding), "e.", another);
            assertThat(another.table().value().toDoubles())
                    .containsExactly(embedding.table().value().toDoubles());
        }
    }

    @Test
    void whatDoesNotFitIsNamed() {
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        Parameters parameters = new Parameters(backend, new Seed(1));
        try (Cell<?> cell = cell("gru", backend, 1);
                Lstm wider = new Lstm(parameters.scope("w"), new Lstm.Options(5, 4));
                Gru before = new Gru(parameters.scope("b"), new Gru.Options(3, 4, Gru.Reset.BEFORE, 0))) {
            Map<String, Tensor> tensors = PyTorchWeights.save("", "l0", cell);
            assertThatThrownBy(() -> PyTorchWeights.load(tensors, "", "l1", cell))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("there is no tensor weight_ih_l1");
            assertThatThrownBy(() -> PyTorchWeights.load(tensors, "", "l0", wider))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("weight_ih_l0 is [12, 3], expected [16, 5]");
            assertThatThrownBy(() -> PyTorchWeights.save("", "l0", before))
                    .isInstanceOf(ModelFileException.class)
                    .hasMessageContaining("PyTorch has no cell like this Gru");
        }
    }
}
