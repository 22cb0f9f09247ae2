package io.github.unrolled.models.charlm;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Embedding;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.Stacked;
import io.github.unrolled.nn.StackedState;
import io.github.unrolled.nn.Stepper;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.nn.cell.VanillaRnn;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Tokens to an embedding, through a stack of recurrent cells, to logits over the next token (Graves 2013; the many-to-many
 * shape). Dropout lies between layers and before the output, the same units at every step of a window.
 */
public final class CharLm implements Module {
    private final CharLmConfig config;
    private final Embedding embedding;
    private final Stacked stack;
    private final Linear output;

    /** Makes a model with initial values; see the cells and layers for how they begin. */
    public CharLm(CharLmConfig config, Parameters parameters) {
        this.config = config;
        this.embedding = Embedding.create(parameters.scope("embedding"), config.vocabulary(), config.embedding());
        List<Cell<?>> cells = new ArrayList<>();
        for (int layer = 0; layer < config.layers(); layer++) {
            int in = layer == 0 ? config.embedding() : config.hidden();
            cells.add(cell(config, parameters.scope("layer" + layer), in));
        }
        this.stack = new Stacked(cells, config.dropout());
        this.output = Linear.create(parameters.scope("output"), config.hidden(), config.vocabulary());
    }

    private static Cell<?> cell(CharLmConfig config, Parameters parameters, int in) {
        int hidden = config.hidden();
        double dropout = config.recurrentDropout();
        return switch (config.cell()) {
            case LSTM -> new Lstm(parameters, new Lstm.Options(in, hidden, false, false, dropout));
            case GRU -> new Gru(parameters, new Gru.Options(in, hidden, Gru.Reset.AFTER, dropout));
            case RNN ->
                new VanillaRnn(parameters, new VanillaRnn.Options(in, hidden, VanillaRnn.Activation.TANH, dropout));
        };
    }

    /** The architecture. */
    public CharLmConfig config() {
        return config;
    }

    /** The recurrent part. */
    public Stacked stack() {
        return stack;
    }

    /** What turns the top layer's output into logits. */
    Linear output() {
        return output;
    }

    /**
     * Logits of the token after each one.
     *
     * @param tokens {@code [time, batch]} in C order
     * @return outputs are logits {@code [time, batch, vocabulary]}
     */
    public Sequence<StackedState> logits(Tape tape, int[] tokens, int time, StackedState state) {
        Sequence<StackedState> run = stack.unrollTokens(tape, embedding, tokens, time, state);
        Variable top = run.outputs();
        Variable dropped = Ops.dropout(top, config.dropout(), top.shape().withOuter(1));
        return new Sequence<>(output.apply(dropped), run.state());
    }

    /**
     * Reads one token without a tape; equals {@link #logits} of that token from the same state.
     *
     * @param stepper of {@link #stack}, for one sequence
     * @param scores {@code [1, vocabulary]}, receives the logits of the token that follows
     * @return {@code scores}
     */
    Tensor step(Stepper stepper, Engine engine, int token, Tensor scores) {
        output.apply(engine, stepper.step(embedding.row(token)), scores);
        return scores;
    }

    @Override
    public List<Parameter> parameters() {
        return Stream.of(embedding.parameters(), stack.parameters(), output.parameters())
                .flatMap(List::stream)
                .toList();
    }
}
