package io.github.unrolled.benchmarks;

import java.util.List;

/**
 * A network of {@link #LAYERS} convolutions of {@link #SIZE} x {@link #SIZE} pixels over grey images, with
 * {@link #CHANNELS} channels between them and max(·, 0) after all but the last: the shape of small denoisers.
 *
 * @param name as in the results
 * @param training a whole training step with mean squared error and Adam, instead of a forward pass
 * @param batch images side by side
 * @param side rows and columns of an image
 */
record ImageTask(String name, boolean training, int batch, int side) implements Task {
    static final int LAYERS = 6;
    static final int CHANNELS = 64;
    static final int SIZE = 3;

    /** Patches for training, and one picture of a megapixel. */
    static List<ImageTask> all() {
        return List.of(new ImageTask("conv", true, 16, 41), new ImageTask("conv-inference", false, 1, 1024));
    }

    /** Channels that a layer reads. */
    static int in(int layer) {
        return layer == 0 ? 1 : CHANNELS;
    }

    /** Channels that a layer makes. */
    static int out(int layer) {
        return layer == LAYERS - 1 ? 1 : CHANNELS;
    }

    /**
     * Two for each weight and pixel, and in training twice as many again, but for the gradient of the image itself, which
     * nobody needs.
     */
    @Override
    public double operations() {
        double pixels = 2.0 * SIZE * SIZE * batch * side * side;
        double forward = 0;
        for (int layer = 0; layer < LAYERS; layer++) {
            forward += pixels * in(layer) * out(layer);
        }
        return training ? 3 * forward - pixels * in(0) * out(0) : forward;
    }
}
