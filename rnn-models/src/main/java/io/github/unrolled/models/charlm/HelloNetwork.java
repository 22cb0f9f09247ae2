package io.github.unrolled.models.charlm;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.RecurrentOps;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.cell.HiddenState;
import io.github.unrolled.nn.cell.VanillaRnn;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.AdamW;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The network of the lecture: four characters h, e, l, o as one-hot inputs, three hidden units, four scores, trained to
 * read "hell" and answer "ello". The second l must be answered otherwise than the first, so the input alone is not
 * enough: the hidden state has to tell them apart.
 */
public final class HelloNetwork implements AutoCloseable {
    /** The vocabulary, in the order of the columns. */
    public static final String VOCABULARY = "helo";

    private static final String READ = "hell";
    private static final String ANSWER = "ello";
    private static final int HIDDEN = 3;

    private final Engine engine;
    private final Tape training;
    private final VanillaRnn cell;
    private final Linear scores;
    private final AdamW optimizer;
    private long steps;

    /** An untrained network. */
    public HelloNetwork(Backend backend, Seed seed) {
        engine = backend.newEngine(1);
        training = Tape.recording(engine);
        Parameters parameters = new Parameters(backend, seed);
        cell = new VanillaRnn(parameters.scope("cell"), new VanillaRnn.Options(VOCABULARY.length(), HIDDEN));
        scores = Linear.create(parameters.scope("scores"), HIDDEN, VOCABULARY.length());
        optimizer = new AdamW(new AdamW.Options(), backend, parameters());
    }

    private List<Parameter> parameters() {
        return Stream.concat(cell.parameters().stream(), scores.parameters().stream())
                .toList();
    }

    /**
     * What happens at one step.
     *
     * @param input the character that is read
     * @param hidden the state after reading it
     * @param scores one per character of the vocabulary, before softmax
     * @param target the character that should follow
     */
    public record Row(char input, float[] hidden, float[] scores, char target) {
        /** The character with the highest score. */
        public char answer() {
            int best = 0;
            for (int i = 1; i < scores.length; i++) {
                best = scores[i] > scores[best] ? i : best;
            }
            return VOCABULARY.charAt(best);
        }
    }

    /** The four steps with the weights as they are. */
    public List<Row> table() {
        try (Tape tape = Tape.inference(engine)) {
            Sequence<HiddenState> run = hidden(tape, READ);
            Tensor all = scores.apply(run.outputs()).value();
            List<Row> rows = new ArrayList<>();
            for (int t = 0; t < READ.length(); t++) {
                float[] state = run.outputs().value().step(t).toFloats();
                rows.add(new Row(READ.charAt(t), state, all.step(t).toFloats(), ANSWER.charAt(t)));
            }
            return rows;
        }
    }

    /** Trains; returns the mean loss of the last step in nats per character. */
    public double train(int count) {
        double loss = Double.NaN;
        for (int i = 0; i < count; i++) {
            training.reset();
            Variable logits = scores.apply(hidden(training, READ).outputs());
            Tensor weights = training.allocate(Shape.of(READ.length())).fill(1);
            Variable sum = Ops.softmaxCrossEntropy(logits, indices(ANSWER), weights);
            training.backward(sum, 1.0 / READ.length());
            optimizer.beginStep(++steps);
            for (Parameter parameter : parameters()) {
                optimizer.update(engine, parameter, training.gradient(parameter), 0.05, 1);
            }
            loss = sum.value().scalar() / READ.length();
        }
        return loss;
    }

    /** Begins with h and feeds each answer back as the next input. */
    public String sample(int count) {
        StringBuilder text = new StringBuilder("h");
        try (Tape tape = Tape.inference(engine)) {
            HiddenState state = cell.zeroState(tape, 1);
            for (int i = 0; i < count; i++) {
                Variable x = oneHot(tape, text.substring(text.length() - 1));
                Sequence<HiddenState> run = cell.unroll(tape, x, state);
                state = run.state();
                float[] values = scores.apply(run.outputs()).value().toFloats();
                text.append(new Row('?', new float[0], values, '?').answer());
            }
        }
        return text.toString();
    }

    private Sequence<HiddenState> hidden(Tape tape, String text) {
        return cell.unroll(tape, oneHot(tape, text), cell.zeroState(tape, 1));
    }

    private static Variable oneHot(Tape tape, String text) {
        Variable rows = RecurrentOps.oneHot(tape, indices(text), VOCABULARY.length());
        return Ops.reshape(rows, Shape.of(text.length(), 1, VOCABULARY.length()));
    }

    private static int[] indices(String text) {
        return text.chars().map(VOCABULARY::indexOf).toArray();
    }

    @Override
    public void close() {
        training.close();
        optimizer.close();
        cell.close();
        scores.close();
        engine.close();
    }
}
