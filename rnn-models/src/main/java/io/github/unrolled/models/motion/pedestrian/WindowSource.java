package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.SnapshotException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Windows in an order that is new in every epoch, batches of about as many walkers, each window turned, mirrored and scaled
 * at random: nothing but the places of an epoch and of the next window has to be remembered.
 */
public final class WindowSource implements BatchSource<WindowBatch> {
    private final List<TrackWindow> windows;
    private final int walkers;
    private final Augmentation augmentation;
    private final Seed seed;
    private int[] order = {};
    private long epoch;
    private int next;

    /**
     * A source.
     *
     * @param walkers how many a batch has at least, unless the epoch ends
     * @param seed of the orders and augmentations
     * @throws DataException if there is no window
     */
    public WindowSource(List<TrackWindow> windows, int walkers, Augmentation augmentation, Seed seed) {
        if (windows.isEmpty()) {
            throw new DataException("there is no window to train on; tracks must be as long as a window, and more than"
                    + " one of them at the same time");
        }
        this.windows = List.copyOf(windows);
        this.walkers = walkers;
        this.augmentation = augmentation;
        this.seed = seed;
        this.order = shuffled();
    }

    private int[] shuffled() {
        RandomGenerator random = seed.split("order").split(epoch).generator();
        int[] places = new int[windows.size()];
        for (int i = 0; i < places.length; i++) {
            int j = random.nextInt(i + 1);
            places[i] = places[j];
            places[j] = i;
        }
        return places;
    }

    @Override
    public WindowBatch next() {
        if (next == order.length) {
            next = 0;
            epoch++;
            order = shuffled();
        }
        Seed ofEpoch = seed.split("augmentation").split(epoch);
        List<TrackWindow> batch = new ArrayList<>();
        int count = 0;
        while (next < order.length && count < walkers) {
            TrackWindow window = windows.get(order[next]);
            batch.add(augmentation.apply(window, ofEpoch.split(next).generator()));
            count += window.walkers();
            next++;
        }
        return new WindowBatch(batch);
    }

    @Override
    public double epochs() {
        return epoch + (double) next / order.length;
    }

    @Override
    public void save(Snapshot into) {
        into.put("epoch", epoch);
        into.put("next", next);
        into.put("windows", windows.size());
    }

    @Override
    public void restore(Snapshot from) {
        if (from.integer("windows") != windows.size()) {
            throw new SnapshotException(
                    "the checkpoint was made with " + from.integer("windows") + " windows, this run has "
                            + windows.size() + "; resume with the data that the run was started with");
        }
        epoch = from.integer("epoch");
        next = Math.toIntExact(from.integer("next"));
        order = shuffled();
    }
}
