package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/**
 * A row of features for every token.
 *
 * @param table {@code [vocabulary, features]}
 */
public record Embedding(Parameter table) implements Module {
    /** Rows drawn from a normal distribution with deviation 1/√features. */
    public static Embedding create(Parameters parameters, int vocabulary, int features) {
        return new Embedding(parameters.create(
                "table", Shape.of(vocabulary, features), Initializer.normal(1 / Math.sqrt(features))));
    }

    /** How many tokens there are. */
    public int vocabulary() {
        return table.shape().dim(0);
    }

    /** Features of a row. */
    public int features() {
        return table.shape().dim(1);
    }

    /**
     * The rows of a sequence of tokens.
     *
     * @param tokens {@code [time, batch]} in C order
     * @return {@code [time, batch, features]}
     */
    public Variable lookUp(Tape tape, int[] tokens, int time) {
        Variable rows = Ops.gather(tape.use(table), tokens);
        return Ops.reshape(rows, Shape.of(time, tokens.length / time, features()));
    }

    /** The row of one token, {@code [1, features]}: a view of the table. */
    public Tensor row(int token) {
        return table.value().slice(token, token + 1);
    }

    @Override
    public List<Parameter> parameters() {
        return List.of(table);
    }
}
