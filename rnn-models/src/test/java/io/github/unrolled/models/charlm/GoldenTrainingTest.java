package io.github.unrolled.models.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.reference.ReferenceBackend;
import io.github.unrolled.model.SafeTensors;
import io.github.unrolled.models.charlm.CharLmConfig.CellType;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.AdamW;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Checkpoints;
import io.github.unrolled.train.Schedule;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.Trainer;
import io.github.unrolled.train.TrainerOptions;
import io.github.unrolled.train.TrainingListener;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * 25 steps of truncated backpropagation reproduce PyTorch's run in double: every loss, gradient norm and learning rate, and
 * the parameters in the end. Carried state, truncation, clipping, AdamW and the cosine are right or this fails.
 */
final class GoldenTrainingTest {
    private static final int STEPS = 25;
    private static final int TIME = 8;
    private static final int BATCH = 3;

    @ParameterizedTest
    @ValueSource(strings = {"lstm", "gru", "rnn"})
    void reproducesPyTorchsRun(String cell) throws IOException {
        Map<String, Tensor> golden = read("charlm-" + cell);
        Backend backend = new ReferenceBackend(ElementType.FLOAT64);
        CharLmConfig config = new CharLmConfig(CellType.of(cell), 13, 6, 10, 2, 0, 0);
        List<TrainingListener.StepReport> reports = new ArrayList<>();
        try (CharLm model = new CharLm(config, new Parameters(backend, new Seed(1)));
                CharLmObjective objective = new CharLmObjective(model, backend, 1);
                AdamW adam = new AdamW(new AdamW.Options(0.9, 0.99, 1e-8, 0.1), backend, model.parameters())) {
            for (Parameter parameter : model.parameters()) {
                parameter.value().set(theirs(golden, "init.", parameter, cell));
            }
            TrainerOptions options = new TrainerOptions(
                    new Budget.Steps(STEPS), 3e-3, new Schedule.WarmupCosine(0, 0.1), 0.25, 0, 0, 0, 0, 1, 1);
            try (Trainer<TokenWindow> trainer =
                    new Trainer<>(backend, options, objective, windows(golden), adam, new Seed(1))) {
                trainer.run(
                        workers -> 0,
                        Checkpoints.none(),
                        new TrainingListener() {
                            @Override
                            public void onStep(StepReport report) {
                                reports.add(report);
                            }
                        },
                        () -> false);
            }
            double[] losses = values(golden, "losses");
            double[] norms = values(golden, "grad_norms");
            double[] rates = values(golden, "learning_rates");
            for (int i = 0; i < STEPS; i++) {
                assertThat(reports.get(i).loss()).as("loss %d", i).isCloseTo(losses[i], within(1e-9));
                assertThat(reports.get(i).gradientNorm()).as("norm %d", i).isCloseTo(norms[i], within(1e-9));
                assertThat(reports.get(i).rate()).as("rate %d", i).isCloseTo(rates[i], within(1e-12));
            }
            for (Parameter parameter : model.parameters()) {
                assertThat(parameter.value().toDoubles())
                        .as(parameter.name())
                        .containsExactly(theirs(golden, "final.", parameter, cell), within(1e-9));
            }
        }
    }

    private static BatchSource<TokenWindow> windows(Map<String, Tensor> golden) {
        double[] tokens = values(golden, "tokens");
        return new BatchSource<>() {
            private int given;

            @Override
            public TokenWindow next() {
                int[] inputs = new int[TIME * BATCH];
                int[] targets = new int[TIME * BATCH];
                for (int i = 0; i < inputs.length; i++) {
                    int at = given * (TIME + 1) * BATCH + i;
                    inputs[i] = (int) tokens[at];
                    targets[i] = (int) tokens[at + BATCH];
                }
                return new TokenWindow(inputs, targets, TIME, BATCH, given++ == 0);
            }

            @Override
            public double epochs() {
                return 0;
            }

            @Override
            public void save(Snapshot into) {}

            @Override
            public void restore(Snapshot from) {}
        };
    }

    /** PyTorch's values of one of our parameters: transposed, gates in our order, biases merged. */
    private static double[] theirs(Map<String, Tensor> golden, String prefix, Parameter parameter, String cell) {
        String name = parameter.name();
        if (name.equals("embedding.table")) {
            return values(golden, prefix + "embedding.weight");
        }
        if (name.equals("output.bias")) {
            return values(golden, prefix + "head.bias");
        }
        if (name.equals("output.weight")) {
            return transposed(golden.get(prefix + "head.weight"), "none");
        }
        String layer = "l" + name.charAt("layer".length());
        if (name.endsWith("weightInput")) {
            return transposed(golden.get(prefix + "rnn.weight_ih_" + layer), cell);
        }
        if (name.endsWith("weightHidden")) {
            return transposed(golden.get(prefix + "rnn.weight_hh_" + layer), cell);
        }
        double[] input = values(golden, prefix + "rnn.bias_ih_" + layer);
        double[] hidden = values(golden, prefix + "rnn.bias_hh_" + layer);
        int n = 10;
        double[] ours = new double[input.length + (cell.equals("gru") ? n : 0)];
        for (int r = 0; r < input.length; r++) {
            boolean candidate = cell.equals("gru") && r >= 2 * n;
            ours[ourRow(r, cell, n)] = input[r] + (candidate ? 0 : hidden[r]);
            if (candidate) {
                ours[r + n] = hidden[r];
            }
        }
        return ours;
    }

    private static double[] transposed(Tensor theirs, String cell) {
        int width = theirs.shape().dim(0);
        int in = theirs.shape().dim(1);
        double[] from = theirs.toDoubles();
        double[] ours = new double[from.length];
        for (int r = 0; r < width; r++) {
            for (int c = 0; c < in; c++) {
                ours[c * width + ourRow(r, cell, 10)] = from[r * in + c];
            }
        }
        return ours;
    }

    private static int ourRow(int row, String cell, int hidden) {
        if (!cell.equals("gru")) {
            return row;
        }
        int gate = row / hidden;
        return (gate == 0 ? 1 : gate == 1 ? 0 : 2) * hidden + row % hidden;
    }

    private static double[] values(Map<String, Tensor> golden, String name) {
        return Objects.requireNonNull(golden.get(name), name).toDoubles();
    }

    private static Map<String, Tensor> read(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GoldenTrainingTest.class.getResourceAsStream("/golden/" + name + ".safetensors"))) {
            return SafeTensors.read(name, in.readAllBytes()).tensors();
        }
    }
}
