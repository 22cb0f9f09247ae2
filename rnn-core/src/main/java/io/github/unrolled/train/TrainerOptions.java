package io.github.unrolled.train;

/**
 * How to train.
 *
 * @param budget how long
 * @param learningRate base rate, multiplied by the schedule
 * @param schedule of the rate
 * @param clipNorm greatest global norm of the gradient; infinity for no clipping
 * @param averageDecay decay of the weight average, 0 for none
 * @param evaluateEvery steps between evaluations; 0 for one at the end only
 * @param checkpointEvery steps between checkpoints; 0 for one at the end only
 * @param patience evaluations without a new best after which training stops; 0 to go on
 * @param workers how many threads share a batch
 * @param threadsPerWorker how many threads a worker's kernels may use
 */
public record TrainerOptions(
        Budget budget,
        double learningRate,
        Schedule schedule,
        double clipNorm,
        double averageDecay,
        long evaluateEvery,
        long checkpointEvery,
        int patience,
        int workers,
        int threadsPerWorker) {}
