package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Windows drawn at random: first a clip, with a probability that grows as the root of its length, so that short clips are
 * not forgotten; then a place in it; then, where the skeleton has two like sides, whether it is reflected.
 */
final class PoseSource implements BatchSource<PoseBatch> {
    private final List<PoseClip> clips;
    private final int frames;
    private final int batch;
    private final Optional<Mirror> mirror;
    private final Seed seed;
    private final double[] upTo;
    private final long places;
    private long drawn;

    /**
     * A source.
     *
     * @param frames of a window
     * @param batch windows of a batch
     * @throws DataException if no clip is as long as a window
     */
    PoseSource(List<PoseClip> clips, int frames, int batch, Optional<Mirror> mirror, Seed seed) {
        this.clips = clips.stream().filter(clip -> clip.starts(frames) > 0).toList();
        if (this.clips.isEmpty()) {
            throw new DataException("none of " + clips.size() + " motions has the " + frames
                    + " frames of a window; use longer motions");
        }
        this.frames = frames;
        this.batch = batch;
        this.mirror = mirror;
        this.seed = seed;
        this.upTo = new double[this.clips.size()];
        double sum = 0;
        long all = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += Math.sqrt(this.clips.get(i).starts(frames));
            all += this.clips.get(i).starts(frames);
            upTo[i] = sum;
        }
        this.places = all;
    }

    @Override
    public PoseBatch next() {
        RandomGenerator random = seed.split(drawn).generator();
        List<float[][]> windows = new ArrayList<>(batch);
        for (int i = 0; i < batch; i++) {
            windows.add(draw(random));
        }
        drawn++;
        return new PoseBatch(windows);
    }

    private float[][] draw(RandomGenerator random) {
        double at = random.nextDouble() * upTo[upTo.length - 1];
        int clip = 0;
        while (clip < upTo.length - 1 && at >= upTo[clip]) {
            clip++;
        }
        int start = random.nextInt(clips.get(clip).starts(frames));
        float[][] window = clips.get(clip).window(start, frames);
        boolean reflect = random.nextBoolean();
        if (mirror.isPresent() && reflect) {
            for (int t = 0; t < frames; t++) {
                window[t] = mirror.get().reflect(window[t]);
            }
        }
        return window;
    }

    @Override
    public double epochs() {
        return (double) drawn * batch / places;
    }

    @Override
    public void save(Snapshot into) {
        into.put("drawn", drawn);
    }

    @Override
    public void restore(Snapshot from) {
        drawn = from.integer("drawn");
    }
}
