package io.github.unrolled.models.charlm;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.StackedState;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.CarriedState;
import io.github.unrolled.train.Workers;
import java.util.Arrays;
import java.util.List;

/** The loss of a model on held-out text, in nats per character. */
public final class CharLmEvaluation {
    /** Long enough that the cost of a call does not count, short enough for little memory. */
    private static final int WINDOW = 256;

    private static final int WINDOWS_AT_ONCE = 32;

    private CharLmEvaluation() {}

    /**
     * One full pass with the state carried from the first character to the last: every character but the first is
     * predicted once, from all that came before. This is the figure to publish.
     */
    public static double fullPass(CharLm model, Tape tape, int[] tokens) {
        double sum = 0;
        int targets = tokens.length - 1;
        try (CarriedState<StackedState> carried =
                new CarriedState<>(tape.engine().backend(), model.stack())) {
            for (int from = 0; from < targets; from += WINDOW) {
                int to = Math.min(targets, from + WINDOW);
                tape.reset();
                Sequence<StackedState> run =
                        model.logits(tape, Arrays.copyOfRange(tokens, from, to), to - from, carried.begin(tape, 1));
                carried.carry(run.state());
                Tensor weights = tape.allocate(Shape.of(to - from)).fill(1);
                sum += Ops.softmaxCrossEntropy(run.outputs(), Arrays.copyOfRange(tokens, from + 1, to + 1), weights)
                        .value()
                        .scalar();
            }
        }
        return sum / targets;
    }

    /**
     * Windows side by side, each read from an empty context and every one of its characters predicted: what models without
     * a carried state are measured by (nanoGPT draws such windows at random; these follow one another and leave out what
     * does not fill a window in the end).
     *
     * @param window characters of a window
     * @throws IllegalArgumentException if the text does not fill a window
     */
    public static double windowed(CharLm model, Tape tape, int[] tokens, int window) {
        int windows = (tokens.length - 1) / window;
        if (windows == 0) {
            throw new IllegalArgumentException(
                    "a text of " + tokens.length + " characters does not fill a window of " + window);
        }
        double sum = 0;
        for (int first = 0; first < windows; first += WINDOWS_AT_ONCE) {
            int batch = Math.min(WINDOWS_AT_ONCE, windows - first);
            int[] inputs = new int[window * batch];
            int[] wanted = new int[window * batch];
            for (int t = 0; t < window; t++) {
                for (int b = 0; b < batch; b++) {
                    int position = (first + b) * window + t;
                    inputs[t * batch + b] = tokens[position];
                    wanted[t * batch + b] = tokens[position + 1];
                }
            }
            tape.reset();
            StackedState empty = model.stack().zeroState(tape, batch);
            Sequence<StackedState> run = model.logits(tape, inputs, window, empty);
            Tensor weights = tape.allocate(Shape.of(wanted.length)).fill(1);
            sum += Ops.softmaxCrossEntropy(run.outputs(), wanted, weights)
                    .value()
                    .scalar();
        }
        return sum / ((double) windows * window);
    }

    /**
     * The same, cut into pieces that run side by side, each after reading {@code context} characters that do not count:
     * many times faster, and within a few ten-thousandths of {@link #fullPass}. For watching a training.
     *
     * @param streams pieces per worker
     */
    public static double parallelPass(CharLm model, Workers workers, int[] tokens, int streams, int context) {
        int targets = tokens.length - 1;
        int pieces = Math.max(1, Math.min(streams * workers.count(), targets / Math.max(1, context)));
        int length = (targets + pieces - 1) / pieces;
        List<Double> sums = workers.runAll(worker -> {
            int first = worker.index() * pieces / workers.count();
            int last = (worker.index() + 1) * pieces / workers.count();
            if (first == last) {
                return 0.0;
            }
            try (Tape tape = Tape.inference(worker.engine())) {
                return sideBySide(model, tape, tokens, first, last, length, context);
            }
        });
        return sums.stream().mapToDouble(Double::doubleValue).sum() / targets;
    }

    private static double sideBySide(
            CharLm model, Tape tape, int[] tokens, int first, int last, int length, int context) {
        int batch = last - first;
        int targets = tokens.length - 1;
        try (CarriedState<StackedState> carried =
                new CarriedState<>(tape.engine().backend(), model.stack())) {
            double sum = 0;
            for (int from = -context; from < length; from += WINDOW) {
                int time = Math.min(WINDOW, length - from);
                int[] inputs = new int[time * batch];
                int[] wanted = new int[time * batch];
                float[] weights = new float[time * batch];
                for (int t = 0; t < time; t++) {
                    for (int b = 0; b < batch; b++) {
                        int position = (first + b) * length + from + t;
                        boolean inside = position >= 0 && position < targets;
                        inputs[t * batch + b] = inside ? tokens[position] : 0;
                        wanted[t * batch + b] = inside ? tokens[position + 1] : 0;
                        weights[t * batch + b] = inside && from + t >= 0 ? 1 : 0;
                    }
                }
                tape.reset();
                StackedState state = carried.begin(tape, batch);
                Sequence<StackedState> run = model.logits(tape, inputs, time, state);
                carried.carry(run.state());
                Tensor counted = tape.allocate(Shape.of(weights.length)).set(weights);
                sum += Ops.softmaxCrossEntropy(run.outputs(), wanted, counted)
                        .value()
                        .scalar();
            }
            return sum;
        }
    }
}
