package io.github.unrolled.models.video;

import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Windows of all sequences, each once in an epoch, in an order drawn anew for each. A network that carries its state gets
 * the windows of a sequence one after the other in one place of the batch; any other gets a window drawn at random where a
 * sequence is longer than one.
 */
final class WindowSource implements BatchSource<ClipBatch> {
    private final List<LabelledSequence> sequences;
    private final int window;
    private final boolean carried;
    private final Augmentation augmentation;
    private final Seed seed;
    private final Lane[] lanes;
    private final long all;
    private List<Integer> order = List.of();
    private long epoch = -1;
    private int next;
    private long drawn;
    private long served;

    /** Where a place of the batch is: in which sequence, at which frame, and how it is changed. */
    private record Lane(int sequence, int at, long change) {}

    WindowSource(
            List<LabelledSequence> sequences,
            int window,
            int batch,
            boolean carried,
            Augmentation augmentation,
            Seed seed) {
        this.sequences = sequences;
        this.window = window;
        this.carried = carried;
        this.augmentation = augmentation;
        this.seed = seed;
        this.lanes = new Lane[batch];
        java.util.Arrays.fill(lanes, new Lane(-1, 0, 0));
        this.all = sequences.stream().mapToLong(LabelledSequence::frames).sum();
    }

    @Override
    public ClipBatch next() {
        List<ClipBatch.Window> windows = new ArrayList<>();
        for (int i = 0; i < lanes.length; i++) {
            windows.add(carried ? following(i) : anywhere());
        }
        ClipBatch batch = new ClipBatch(windows);
        served += batch.frames();
        return batch;
    }

    private ClipBatch.Window following(int place) {
        Lane lane = lanes[place];
        if (lane.sequence < 0 || lane.at >= sequences.get(lane.sequence).frames()) {
            lane = new Lane(take(), 0, drawn++);
        }
        int to = Math.min(sequences.get(lane.sequence).frames(), lane.at + window);
        lanes[place] = new Lane(lane.sequence, to, lane.change);
        return window(lane.sequence, lane.at, to, lane.at == 0, lane.change);
    }

    private ClipBatch.Window anywhere() {
        int sequence = take();
        long change = drawn++;
        int frames = sequences.get(sequence).frames();
        int from = frames <= window
                ? 0
                : seed.split("starts").split(change).generator().nextInt(frames - window + 1);
        return window(sequence, from, Math.min(frames, from + window), true, change);
    }

    private ClipBatch.Window window(int sequence, int from, int to, boolean begins, long change) {
        Seed own = seed.split("changes").split(change);
        return new ClipBatch.Window(
                sequence,
                from,
                to,
                begins,
                augmentation.draw(
                        own.split("clip").generator(),
                        own.split("window").split(from).generator(),
                        to - from));
    }

    private int take() {
        if (next >= order.size()) {
            begin(epoch + 1);
        }
        return order.get(next++);
    }

    private void begin(long which) {
        epoch = which;
        next = 0;
        List<Integer> shuffled = new ArrayList<>();
        for (int i = 0; i < sequences.size(); i++) {
            shuffled.add(i);
        }
        Collections.shuffle(
                shuffled, new Random(seed.split("order").split(which).value()));
        order = shuffled;
    }

    @Override
    public double epochs() {
        return (double) served / all;
    }

    @Override
    public void save(Snapshot into) {
        into.put("epoch", epoch);
        into.put("next", next);
        into.put("drawn", drawn);
        into.put("served", served);
        for (int i = 0; i < lanes.length; i++) {
            Snapshot lane = into.scope("lane" + i);
            lane.put("sequence", lanes[i].sequence);
            lane.put("at", lanes[i].at);
            lane.put("change", lanes[i].change);
        }
    }

    @Override
    public void restore(Snapshot from) {
        long stored = from.integer("epoch");
        if (stored >= 0) {
            begin(stored);
        }
        next = (int) from.integer("next");
        drawn = from.integer("drawn");
        served = from.integer("served");
        for (int i = 0; i < lanes.length; i++) {
            Snapshot lane = from.scope("lane" + i);
            lanes[i] = new Lane((int) lane.integer("sequence"), (int) lane.integer("at"), lane.integer("change"));
        }
    }
}
