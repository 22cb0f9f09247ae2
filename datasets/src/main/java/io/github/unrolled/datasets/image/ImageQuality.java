package io.github.unrolled.datasets.image;

/** How near a picture comes to another, as the papers measure it: peak 255, a border left out. */
public final class ImageQuality {
    /** Rows and columns of the window of structural similarity: what a picture must have to be measured. */
    public static final int WINDOW = 11;

    private static final double SIGMA = 1.5;
    private static final double C1 = 0.01 * 255 * (0.01 * 255);
    private static final double C2 = 0.03 * 255 * (0.03 * 255);

    private ImageQuality() {}

    /** The mean squared difference of all values, on their own scale. */
    public static double meanSquaredError(Planes a, Planes b) {
        requireEqual(a, b);
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            double difference = (double) a.values()[i] - b.values()[i];
            sum += difference * difference;
        }
        return sum / a.values().length;
    }

    /**
     * Peak signal-to-noise ratio in dB over all channels, infinite for equal pictures. Nothing is rounded here: a protocol
     * that rounds does so with {@link Planes#quantized} first.
     *
     * @param border pixels left out on every side
     */
    public static double psnr(Planes a, Planes b, int border) {
        return -10 * Math.log10(meanSquaredError(inner(a, border), inner(b, border)));
    }

    /**
     * Structural similarity, the mean over every position where the whole 11x11 Gaussian window of deviation 1.5 fits (Wang
     * et al. 2004); the mean over channels.
     *
     * @param border pixels left out on every side
     */
    public static double ssim(Planes a, Planes b, int border) {
        requireEqual(a, b);
        Planes x = inner(a, border);
        Planes y = inner(b, border);
        if (x.height() < WINDOW || x.width() < WINDOW) {
            throw new IllegalArgumentException("a picture of " + x.width() + "x" + x.height()
                    + " pixels without its border; structural similarity needs at least 11x11");
        }
        double sum = 0;
        for (int c = 0; c < x.channels(); c++) {
            sum += ssim(scaled(x.channel(c)), scaled(y.channel(c)), x.height(), x.width());
        }
        return sum / x.channels();
    }

    private static double ssim(double[] x, double[] y, int height, int width) {
        double[] meanX = blurred(x, height, width);
        double[] meanY = blurred(y, height, width);
        double[] xx = blurred(product(x, x), height, width);
        double[] yy = blurred(product(y, y), height, width);
        double[] xy = blurred(product(x, y), height, width);
        double sum = 0;
        for (int i = 0; i < meanX.length; i++) {
            double squares = meanX[i] * meanX[i] + meanY[i] * meanY[i];
            double varianceX = xx[i] - meanX[i] * meanX[i];
            double varianceY = yy[i] - meanY[i] * meanY[i];
            double covariance = xy[i] - meanX[i] * meanY[i];
            sum += (2 * meanX[i] * meanY[i] + C1)
                    * (2 * covariance + C2)
                    / ((squares + C1) * (varianceX + varianceY + C2));
        }
        return sum / meanX.length;
    }

    /** Where the whole window fits: {@code [height - 10, width - 10]}. */
    private static double[] blurred(double[] in, int height, int width) {
        double[] window = window();
        int columns = width - WINDOW + 1;
        int rows = height - WINDOW + 1;
        double[] across = new double[height * columns];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < columns; x++) {
                double sum = 0;
                for (int k = 0; k < WINDOW; k++) {
                    sum += window[k] * in[y * width + x + k];
                }
                across[y * columns + x] = sum;
            }
        }
        double[] out = new double[rows * columns];
        for (int y = 0; y < rows; y++) {
            for (int k = 0; k < WINDOW; k++) {
                for (int x = 0; x < columns; x++) {
                    out[y * columns + x] += window[k] * across[(y + k) * columns + x];
                }
            }
        }
        return out;
    }

    private static double[] window() {
        double[] window = new double[WINDOW];
        double sum = 0;
        for (int i = 0; i < WINDOW; i++) {
            double distance = i - WINDOW / 2;
            window[i] = Math.exp(-distance * distance / (2 * SIGMA * SIGMA));
            sum += window[i];
        }
        for (int i = 0; i < WINDOW; i++) {
            window[i] /= sum;
        }
        return window;
    }

    private static double[] product(double[] a, double[] b) {
        double[] product = new double[a.length];
        for (int i = 0; i < a.length; i++) {
            product[i] = a[i] * b[i];
        }
        return product;
    }

    private static double[] scaled(Planes plane) {
        double[] values = new double[plane.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = 255.0 * plane.values()[i];
        }
        return values;
    }

    private static Planes inner(Planes picture, int border) {
        return picture.crop(border, border, picture.height() - 2 * border, picture.width() - 2 * border);
    }

    private static void requireEqual(Planes a, Planes b) {
        if (a.channels() != b.channels() || a.height() != b.height() || a.width() != b.width()) {
            throw new IllegalArgumentException("pictures of " + a.channels() + "x" + a.height() + "x" + a.width()
                    + " and " + b.channels() + "x" + b.height() + "x" + b.width() + " cannot be compared");
        }
    }
}
