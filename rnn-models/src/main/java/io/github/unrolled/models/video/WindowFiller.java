package io.github.unrolled.models.video;

/** Writes windows of sequences in the form that the network reads: standardised, with their neighbours in time. */
final class WindowFiller {
    private final VideoConfig config;

    WindowFiller(VideoConfig config) {
        this.config = config;
    }

    /**
     * Writes one window.
     *
     * @param values where it is read
     * @param from first frame of the window
     * @param count its frames
     * @param linear factor and shift of each channel, {@code [2][channels]}
     * @param change what is changed at random
     * @param target modified: {@code [time, batch, height, width, channels · context]}, zeros where nothing is written
     * @param lane which sequence of the batch it is
     * @param batch how many there are
     */
    void fill(
            Values values,
            int from,
            int count,
            float[][] linear,
            Augmentation.Drawn change,
            float[] target,
            int lane,
            int batch) {
        int size = config.values();
        int channels = config.channels();
        int context = config.context();
        int pixels = size / channels;
        float[] frames = read(values, from - config.before(), count + context - 1);
        standardise(frames, linear, change);
        for (int hidden = change.hiddenFrom(); hidden < change.hiddenTo(); hidden++) {
            int at = (hidden + config.before()) * size;
            java.util.Arrays.fill(frames, at, at + size, 0);
        }
        float[] moved = change.movesPixels() ? moved(frames, change) : frames;
        int width = channels * context;
        for (int t = 0; t < count; t++) {
            int row = (t * batch + lane) * pixels * width;
            for (int k = 0; k < context; k++) {
                int source = (t + k) * size;
                int column = row + k * channels;
                if (channels == 1) {
                    for (int p = 0; p < pixels; p++) {
                        target[column + p * width] = moved[source + p];
                    }
                } else {
                    for (int p = 0; p < pixels; p++) {
                        System.arraycopy(moved, source + p * channels, target, column + p * width, channels);
                    }
                }
            }
        }
    }

    /** Frames from one on, before the first and after the last one those themselves. */
    private float[] read(Values values, int from, int count) {
        int size = config.values();
        float[] frames = new float[count * size];
        int first = Math.max(0, Math.min(values.frames() - 1, from));
        int last = Math.max(first, Math.min(values.frames() - 1, from + count - 1));
        int offset = Math.min(count - 1, Math.max(0, first - from));
        values.read(first, last - first + 1, frames, offset * size);
        for (int i = offset - 1; i >= 0; i--) {
            System.arraycopy(frames, offset * size, frames, i * size, size);
        }
        for (int i = offset + last - first + 1; i < count; i++) {
            System.arraycopy(frames, (i - 1) * size, frames, i * size, size);
        }
        return frames;
    }

    private void standardise(float[] frames, float[][] linear, Augmentation.Drawn change) {
        int channels = config.channels();
        for (int c = 0; c < channels; c++) {
            float factor = linear[0][c] * change.factor();
            float shift = linear[1][c] * change.factor() + change.bias();
            for (int i = c; i < frames.length; i += channels) {
                frames[i] = frames[i] * factor + shift;
            }
        }
    }

    private float[] moved(float[] frames, Augmentation.Drawn change) {
        int height = config.height();
        int width = config.width();
        int channels = config.channels();
        float[] result = new float[frames.length];
        int[] columns = new int[width];
        for (int x = 0; x < width; x++) {
            int from = Math.max(0, Math.min(width - 1, x - change.dx()));
            columns[x] = change.mirrored() ? width - 1 - from : from;
        }
        int size = config.values();
        for (int frame = 0; frame < frames.length; frame += size) {
            for (int y = 0; y < height; y++) {
                int row = frame + Math.max(0, Math.min(height - 1, y - change.dy())) * width * channels;
                int to = frame + y * width * channels;
                for (int x = 0; x < width; x++) {
                    for (int c = 0; c < channels; c++) {
                        result[to + x * channels + c] = frames[row + columns[x] * channels + c];
                    }
                }
            }
        }
        return result;
    }
}
