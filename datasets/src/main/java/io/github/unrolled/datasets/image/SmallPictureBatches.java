package io.github.unrolled.datasets.image;

import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.SnapshotException;
import java.util.random.RandomGenerator;

/**
 * Small square pictures in an order drawn anew for every epoch; what does not fill a batch at the end of an epoch is left
 * out. Noise, where asked for, is drawn anew for every picture and added to inputs only.
 */
public final class SmallPictureBatches implements BatchSource<PatchBatch> {
    private final IdxFile pictures;
    private final int batch;
    private final double noise;
    private final Seed seed;
    private long step;
    private long shuffledEpoch = -1;
    private int[] order = {};

    /**
     * A source.
     *
     * @param pictures square ones, at least one
     * @param batch of a step; fewer if there are not so many
     * @param noise deviation of the white noise on inputs, on a scale of 0 to 1
     */
    public SmallPictureBatches(IdxFile pictures, int batch, double noise, Seed seed) {
        if (pictures.count() < 1 || pictures.height() != pictures.width()) {
            throw new IllegalArgumentException(pictures.count() + " pictures of " + pictures.width() + "x"
                    + pictures.height() + " pixels, expected square ones, at least one");
        }
        this.pictures = pictures;
        this.batch = Math.min(batch, pictures.count());
        this.noise = noise;
        this.seed = seed;
    }

    @Override
    public PatchBatch next() {
        int perEpoch = pictures.count() / batch;
        shuffle(step / perEpoch);
        int first = (int) (step % perEpoch) * batch;
        int area = pictures.area();
        float[] targets = new float[batch * area];
        for (int b = 0; b < batch; b++) {
            System.arraycopy(pictures.values(), order[first + b] * area, targets, b * area, area);
        }
        float[] inputs = targets;
        if (noise > 0) {
            inputs = targets.clone();
            Noise.add(
                    inputs,
                    0,
                    inputs.length,
                    noise,
                    seed.split("noise").split(step).generator());
        }
        step++;
        return new PatchBatch(batch, pictures.height(), 1, 1, inputs, targets);
    }

    /** Fisher and Yates, from the seed of the epoch. */
    private void shuffle(long epoch) {
        if (epoch == shuffledEpoch) {
            return;
        }
        RandomGenerator random = seed.split("order").split(epoch).generator();
        order = new int[pictures.count()];
        for (int i = 0; i < order.length; i++) {
            int other = random.nextInt(i + 1);
            order[i] = order[other];
            order[other] = i;
        }
        shuffledEpoch = epoch;
    }

    @Override
    public double epochs() {
        return (double) step * batch / pictures.count();
    }

    @Override
    public void save(Snapshot into) {
        into.put("step", step);
        into.put("batch", batch);
    }

    @Override
    public void restore(Snapshot from) {
        if (from.integer("batch") != batch) {
            throw new SnapshotException("the checkpoint was made with a batch of " + from.integer("batch")
                    + ", this run has " + batch + "; resume with the options that the run was started with");
        }
        step = from.integer("step");
    }
}
