package io.github.unrolled.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network of two recurrent layers over {@link #VOCABULARY} symbols.
 *
 * @param name as in the results
 * @param cell of both layers
 * @param sampling one character at a time, greedily, instead of training
 * @param hidden features of the embedding and of each layer
 * @param batch sequences side by side
 * @param window steps of a sequence
 */
record SequenceTask(String name, Cell cell, boolean sampling, int hidden, int batch, int window) implements Task {
    /** How many symbols the text has; as many as tinyshakespeare. */
    static final int VOCABULARY = 65;

    static final int LAYERS = 2;

    private static final Pattern SIZES = Pattern.compile("(lstm|gru|rnn)-(\\d+)x(\\d+)x(\\d+)");

    /** A cell and its blocks of weights. */
    enum Cell {
        LSTM(4),
        GRU(3),
        RNN(1);

        private final int gates;

        Cell(int gates) {
            this.gates = gates;
        }
    }

    /** All tasks, in the order of the table. */
    static List<SequenceTask> all() {
        List<SequenceTask> tasks = new ArrayList<>();
        for (Cell cell : Cell.values()) {
            String name = cell.name().toLowerCase(Locale.ROOT);
            tasks.add(new SequenceTask(name + "-128", cell, false, 128, 50, 50));
            tasks.add(new SequenceTask(name + "-256", cell, false, 256, 64, 64));
            tasks.add(new SequenceTask(name + "-512", cell, false, 512, 64, 64));
        }
        tasks.add(new SequenceTask("sample-128", Cell.LSTM, true, 128, 1, 1));
        tasks.add(new SequenceTask("sample-512", Cell.LSTM, true, 512, 1, 1));
        return List.copyOf(tasks);
    }

    /** A training step of any size; its name can be read by {@link Task#parse}. */
    static SequenceTask training(Cell cell, int hidden, int batch, int window) {
        String name = cell.name().toLowerCase(Locale.ROOT) + "-" + hidden + "x" + batch + "x" + window;
        return new SequenceTask(name, cell, false, hidden, batch, window);
    }

    /** The task that a name made by {@link #training} stands for. */
    static Optional<SequenceTask> sized(String name) {
        Matcher sizes = SIZES.matcher(name);
        return sizes.matches()
                ? Optional.of(training(
                        Cell.valueOf(sizes.group(1).toUpperCase(Locale.ROOT)),
                        Integer.parseInt(sizes.group(2)),
                        Integer.parseInt(sizes.group(3)),
                        Integer.parseInt(sizes.group(4))))
                : Optional.empty();
    }

    /**
     * Floating-point operations of the matrix products in one step: two for each weight and token, and in training twice as
     * many again for the gradients of inputs and of weights. Embedding, gates, loss and optimiser are not counted.
     */
    @Override
    public double operations() {
        double layers = LAYERS * 2.0 * hidden * cell.gates * hidden;
        double perToken = 2 * (layers + (double) hidden * VOCABULARY);
        return (sampling ? 1 : 3) * perToken * batch * window;
    }
}
