package io.github.unrolled.models.motion.pedestrian;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Which modes of which walkers learn from a batch, and how much, in blocks of all rows: every walker's best mode, the best
 * one of its window, the first one, and one drawn at random.
 *
 * @param modes {@code [blocks, rows]}
 * @param weights of their errors, {@code [blocks, rows]}; 0 for rows that are filling
 * @param best each walker's best mode, {@code [rows]}
 * @param real 1 for walkers, 0 for filling, {@code [rows]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Credits(int[] modes, float[] weights, int[] best, float[] real) {
    private static final int BLOCKS = 4;

    /** @param errors of every mode, {@code [modes, rows]} */
    static Credits of(
            float[] errors, WalkerBatch batch, int modes, PedestrianObjective.Weights parts, RandomGenerator random) {
        int rows = batch.rows();
        int walkers = batch.walkers();
        int[] best = new int[rows];
        int[] learn = new int[BLOCKS * rows];
        for (int row = 0; row < walkers; row++) {
            for (int mode = 1; mode < modes; mode++) {
                best[row] = errors[mode * rows + row] < errors[best[row] * rows + row] ? mode : best[row];
            }
            learn[row] = best[row];
            learn[3 * rows + row] = random.nextInt(modes);
        }
        int[] ofWindow = bestOfWindows(errors, batch, modes);
        for (int row = 0; row < walkers; row++) {
            learn[rows + row] = ofWindow[batch.windowOf()[row]];
        }
        float[] weights = new float[BLOCKS * rows];
        double[] ofBlock = {parts.pedestrian(), parts.window(), parts.first(), parts.others()};
        for (int block = 0; block < BLOCKS; block++) {
            Arrays.fill(weights, block * rows, block * rows + walkers, (float) ofBlock[block]);
        }
        float[] real = new float[rows];
        Arrays.fill(real, 0, walkers, 1);
        return new Credits(learn, weights, best, real);
    }

    /** Of a model with one mode, in one block: all parts fall on it. */
    static Credits single(WalkerBatch batch, PedestrianObjective.Weights parts) {
        int rows = batch.rows();
        float[] weights = new float[rows];
        double sum = parts.pedestrian() + parts.window() + parts.first() + parts.others();
        Arrays.fill(weights, 0, batch.walkers(), (float) sum);
        return new Credits(new int[rows], weights, new int[rows], new float[rows]);
    }

    private static int[] bestOfWindows(float[] errors, WalkerBatch batch, int modes) {
        int windows = batch.windowOf()[batch.walkers() - 1] + 1;
        double[] sums = new double[windows * modes];
        for (int row = 0; row < batch.walkers(); row++) {
            for (int mode = 0; mode < modes; mode++) {
                sums[batch.windowOf()[row] * modes + mode] += errors[mode * batch.rows() + row];
            }
        }
        int[] best = new int[windows];
        for (int window = 0; window < windows; window++) {
            for (int mode = 1; mode < modes; mode++) {
                boolean better = sums[window * modes + mode] < sums[window * modes + best[window]];
                best[window] = better ? mode : best[window];
            }
        }
        return best;
    }
}
