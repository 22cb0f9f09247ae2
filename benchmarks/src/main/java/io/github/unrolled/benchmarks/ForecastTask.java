package io.github.unrolled.benchmarks;

/**
 * A training step of an encoder-decoder that forecasts walkers: displacements go through an embedding into an LSTM that
 * reads; its last state begins another one, which writes displacements and reads them through an embedding of its own.
 *
 * @param name as in the results
 * @param embedding features of an embedded displacement
 * @param hidden features of both states
 * @param batch walkers side by side
 * @param observed displacements that are read
 * @param predicted displacements that are written
 */
record ForecastTask(String name, int embedding, int hidden, int batch, int observed, int predicted) implements Task {
    /** Coordinates of a displacement. */
    static final int PLACE = 2;

    /** The sizes of the shipped model of walkers: 64 units, 8 steps seen and 12 predicted. */
    static ForecastTask usual() {
        return new ForecastTask("seq2seq", 16, 64, 128, 8, 12);
    }

    /** Two for each weight and step, and in training twice as many again. */
    @Override
    public double operations() {
        double cell = (double) (embedding + hidden) * 4 * hidden + PLACE * embedding;
        double forward = 2 * (observed * cell + predicted * (cell + hidden * PLACE));
        return 3 * forward * batch;
    }
}
