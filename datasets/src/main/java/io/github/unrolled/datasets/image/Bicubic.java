package io.github.unrolled.datasets.image;

/**
 * Bicubic resizing as Matlab's {@code imresize} does it, which the super-resolution papers use: Keys' kernel with a = -0.5
 * (Keys 1981), widened by the factor when a picture is made smaller, so that it does not alias; weights normalised;
 * borders mirrored with the outermost pixel repeated. The smaller factor first: rows before columns when they are equal.
 */
public final class Bicubic {
    private static final int SUPPORT = 4;

    private Bicubic() {}

    /** The picture at another size; values are not clipped. */
    public static Planes resize(Planes picture, int height, int width) {
        double down = (double) height / picture.height();
        double across = (double) width / picture.width();
        if (down <= across) {
            return columns(rows(picture, height, down), width, across);
        }
        return rows(columns(picture, width, across), height, down);
    }

    /** The picture enlarged by a whole factor. */
    public static Planes enlarge(Planes picture, int factor) {
        return resize(picture, picture.height() * factor, picture.width() * factor);
    }

    /** The picture made smaller by a whole factor; what does not fill it at the bottom and right should be cropped first. */
    public static Planes reduce(Planes picture, int factor) {
        return resize(picture, (picture.height() + factor - 1) / factor, (picture.width() + factor - 1) / factor);
    }

    /**
     * What every output position is made of.
     *
     * @param taps input positions of one output position
     * @param positions {@code [size, taps]}
     * @param weights {@code [size, taps]}
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Weights(int taps, int[] positions, float[] weights) {
        static Weights of(int from, int to, double scale) {
            double shrink = Math.min(scale, 1);
            double width = SUPPORT / shrink;
            int taps = (int) Math.ceil(width) + 2;
            int[] positions = new int[to * taps];
            float[] weights = new float[to * taps];
            double[] row = new double[taps];
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) / scale - 0.5;
                int first = (int) Math.floor(centre - width / 2);
                double sum = 0;
                for (int t = 0; t < taps; t++) {
                    row[t] = kernel(shrink * (centre - first - t));
                    sum += row[t];
                }
                for (int t = 0; t < taps; t++) {
                    positions[i * taps + t] = mirrored(first + t, from);
                    weights[i * taps + t] = (float) (row[t] / sum);
                }
            }
            return new Weights(taps, positions, weights);
        }
    }

    /** Keys 1981, equation 15: 1 at 0, 0 at all other whole numbers. */
    static double kernel(double x) {
        double a = Math.abs(x);
        if (a <= 1) {
            return (1.5 * a - 2.5) * a * a + 1;
        }
        return a <= 2 ? ((-0.5 * a + 2.5) * a - 4) * a + 2 : 0;
    }

    /** ... 1 0 | 0 1 2 ... size-1 | size-1 size-2 ... */
    private static int mirrored(int position, int size) {
        int folded = Math.floorMod(position, 2 * size);
        return folded < size ? folded : 2 * size - 1 - folded;
    }

    private static Planes rows(Planes in, int height, double scale) {
        if (height == in.height()) {
            return in;
        }
        Weights table = Weights.of(in.height(), height, scale);
        int width = in.width();
        Planes out = Planes.zeros(in.channels(), height, width);
        for (int c = 0; c < in.channels(); c++) {
            for (int y = 0; y < height; y++) {
                int to = (c * height + y) * width;
                for (int t = y * table.taps; t < (y + 1) * table.taps; t++) {
                    float weight = table.weights[t];
                    int from = (c * in.height() + table.positions[t]) * width;
                    for (int x = 0; x < width; x++) {
                        out.values()[to + x] += weight * in.values()[from + x];
                    }
                }
            }
        }
        return out;
    }

    private static Planes columns(Planes in, int width, double scale) {
        if (width == in.width()) {
            return in;
        }
        Weights table = Weights.of(in.width(), width, scale);
        int lines = in.channels() * in.height();
        Planes out = Planes.zeros(in.channels(), in.height(), width);
        float[] values = in.values();
        for (int line = 0; line < lines; line++) {
            int from = line * in.width();
            for (int x = 0; x < width; x++) {
                float sum = 0;
                for (int t = x * table.taps; t < (x + 1) * table.taps; t++) {
                    sum += table.weights[t] * values[from + table.positions[t]];
                }
                out.values()[line * width + x] = sum;
            }
        }
        return out;
    }
}
