package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A loop on a cell's own outputs: what each step gives decides what the next one reads. One-to-many generation, the second
 * half of an encoder-decoder, and training on own predictions instead of teacher forcing.
 */
public final class Decoder {
    private Decoder() {}

    /**
     * What came out.
     *
     * @param outputs {@code [batch, ..]} for every step, after {@code head}
     * @param state after the last step
     * @param <S> the cell's state
     */
    public record Result<S>(List<Variable> outputs, S state) {}

    /**
     * Runs {@code steps} steps.
     *
     * @param first input of the first step, {@code [batch, inputSize]}
     * @param state where the cell begins, such as an encoder's last
     * @param head from a cell's output to what is returned, such as a linear layer
     * @param feedback from what {@code head} gave to the next input
     */
    public static <S extends State<S>> Result<S> run(
            Tape tape,
            Cell<S> cell,
            Variable first,
            S state,
            int steps,
            UnaryOperator<Variable> head,
            UnaryOperator<Variable> feedback) {
        StepFunction<S> function = cell.bind(tape);
        List<Variable> outputs = new ArrayList<>(steps);
        Variable input = first;
        S current = state;
        for (int t = 0; t < steps; t++) {
            Step<S> step = function.step(input, current);
            Variable output = head.apply(step.output());
            outputs.add(output);
            input = feedback.apply(output);
            current = step.state();
        }
        return new Result<>(List.copyOf(outputs), current);
    }
}
