package io.github.unrolled.datasets.image;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.SnapshotException;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random patches of pictures, each turned or mirrored in one of the eight ways. A picture is drawn with a probability that
 * follows its area, so that all places are equally likely. With noise, which is drawn anew for every patch, a target becomes
 * what is to be added to the noisy input. Everything is a function of the seed and the number of the batch.
 */
public final class PatchSampler implements BatchSource<PatchBatch> {
    private final List<Pair> pairs;
    private final double[] upTo;
    private final int batch;
    private final int size;
    private final int scale;
    private final double noiseFrom;
    private final double noiseTo;
    private final Seed seed;
    private long step;

    /**
     * A picture and what is wanted of it.
     *
     * @param input low resolution or the same picture
     * @param target a whole number of times as high and as wide
     */
    public record Pair(Planes input, Planes target) {
        /** Checks the sizes. */
        public Pair {
            int scale = target.height() / input.height();
            if (scale < 1 || target.height() != scale * input.height() || target.width() != scale * input.width()) {
                throw new IllegalArgumentException("a target of " + target.width() + "x" + target.height()
                        + " pixels for an input of " + input.width() + "x" + input.height());
            }
        }

        /** A picture that is its own target, for noise to be added. */
        public static Pair same(Planes picture) {
            return new Pair(picture, picture);
        }
    }

    /** Patches of pairs as they are; see {@link #PatchSampler(List, int, int, double, double, Seed)}. */
    public PatchSampler(List<Pair> pairs, int batch, int size, Seed seed) {
        this(pairs, batch, size, 0, 0, seed);
    }

    /**
     * A source of patches.
     *
     * @param pairs all of one scale and number of channels
     * @param batch patches of a batch
     * @param size rows and columns of an input patch
     * @param noiseFrom least deviation of the white noise that is added to inputs, on their own scale; more than 0 with noise
     * @param noiseTo greatest deviation, 0 for no noise; each patch draws its own, evenly in its logarithm, since PSNR counts
     *     errors by their ratios
     * @throws DataException if a picture is smaller than a patch
     */
    public PatchSampler(List<Pair> pairs, int batch, int size, double noiseFrom, double noiseTo, Seed seed) {
        if (pairs.isEmpty()) {
            throw new DataException("there are no pictures to train on");
        }
        this.pairs = List.copyOf(pairs);
        this.batch = batch;
        this.size = size;
        this.noiseFrom = noiseFrom;
        this.noiseTo = noiseTo;
        this.seed = seed;
        this.scale = pairs.get(0).target().height() / pairs.get(0).input().height();
        if (noiseTo > 0 && scale != 1) {
            throw new IllegalArgumentException("noise is added to pictures that are their own target");
        }
        if (noiseTo > 0 && !(noiseFrom > 0 && noiseFrom <= noiseTo)) {
            throw new IllegalArgumentException("the least deviation of the noise is " + noiseFrom
                    + ", expected more than 0 and at most " + noiseTo);
        }
        this.upTo = new double[pairs.size()];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            Planes input = pairs.get(i).input();
            if (input.height() < size || input.width() < size) {
                throw new DataException("a picture of " + input.width() + "x" + input.height()
                        + " pixels is smaller than a patch of " + size + "x" + size
                        + "; leave it out or use a smaller --patch");
            }
            sum += input.area();
            upTo[i] = sum;
        }
    }

    @Override
    public PatchBatch next() {
        RandomGenerator random = seed.split(step).generator();
        int channels = pairs.get(0).input().channels();
        int inputLength = size * size * channels;
        int targetLength = inputLength * scale * scale;
        float[] inputs = new float[batch * inputLength];
        float[] targets = new float[batch * targetLength];
        for (int b = 0; b < batch; b++) {
            Pair pair = draw(random);
            int top = random.nextInt(pair.input.height() - size + 1);
            int left = random.nextInt(pair.input.width() - size + 1);
            int turn = random.nextInt(8);
            copy(pair.input, top, left, size, turn, inputs, b * inputLength);
            copy(pair.target, top * scale, left * scale, size * scale, turn, targets, b * targetLength);
            if (noiseTo > 0) {
                double deviation = noiseFrom * Math.pow(noiseTo / noiseFrom, random.nextDouble());
                Noise.add(inputs, b * inputLength, inputLength, deviation, random);
                for (int i = b * inputLength; i < (b + 1) * inputLength; i++) {
                    targets[i] -= inputs[i];
                }
            }
        }
        step++;
        return new PatchBatch(batch, size, channels, scale, inputs, targets);
    }

    private Pair draw(RandomGenerator random) {
        double point = random.nextDouble() * upTo[upTo.length - 1];
        int index = java.util.Arrays.binarySearch(upTo, point);
        return pairs.get(Math.min(pairs.size() - 1, index < 0 ? -index - 1 : index + 1));
    }

    private static void copy(Planes from, int top, int left, int size, int turn, float[] to, int at) {
        Planes patch = from.crop(top, left, size, size).turned(turn);
        interleave(patch, to, at);
    }

    /** Planes as {@code [height, width, channels]}, from an offset on. */
    static void interleave(Planes planes, float[] to, int at) {
        int channels = planes.channels();
        int area = planes.area();
        if (channels == 1) {
            System.arraycopy(planes.values(), 0, to, at, area);
            return;
        }
        for (int c = 0; c < channels; c++) {
            for (int i = 0; i < area; i++) {
                to[at + i * channels + c] = planes.values()[c * area + i];
            }
        }
    }

    /** Patches given so far, as parts of all places where one could lie. */
    @Override
    public double epochs() {
        return (double) step * batch * size * size / upTo[upTo.length - 1];
    }

    @Override
    public void save(Snapshot into) {
        into.put("step", step);
        into.put("pictures", pairs.size());
        into.put("size", size);
        into.put("batch", batch);
    }

    @Override
    public void restore(Snapshot from) {
        require(from, "pictures", pairs.size());
        require(from, "size", size);
        require(from, "batch", batch);
        step = from.integer("step");
    }

    private static void require(Snapshot from, String what, long here) {
        if (from.integer(what) != here) {
            throw new SnapshotException("the checkpoint was made with " + what + " " + from.integer(what)
                    + ", this run has " + here + "; resume with the data and options that the run was started with");
        }
    }
}
