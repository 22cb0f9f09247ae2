package io.github.unrolled.datasets.image;

/**
 * Luminance and two differences of colour, ITU-R BT.601 in the range of studios (Matlab's {@code rgb2ycbcr}): luminance
 * 16/255 to 235/255, the others 16/255 to 240/255. Papers measure super-resolution on this luminance.
 */
public final class YCbCr {
    private static final double[][] FORWARD = {
        {65.481 / 255, 128.553 / 255, 24.966 / 255},
        {-37.797 / 255, -74.203 / 255, 112.0 / 255},
        {112.0 / 255, -93.786 / 255, -18.214 / 255}
    };
    private static final double[] GREY = {0.299, 0.587, 0.114};
    private static final double[] OFFSET = {16.0 / 255, 128.0 / 255, 128.0 / 255};
    private static final double[][] BACKWARD = inverse(FORWARD);

    private YCbCr() {}

    /** Three channels from red, green and blue. */
    public static Planes ofRgb(Planes rgb) {
        requireThree(rgb);
        Planes out = Planes.zeros(3, rgb.height(), rgb.width());
        for (int c = 0; c < 3; c++) {
            combine(rgb, FORWARD[c], OFFSET[c], out.values(), c * rgb.area());
        }
        return out;
    }

    /** Red, green and blue, not clipped. */
    public static Planes toRgb(Planes yCbCr) {
        requireThree(yCbCr);
        Planes out = Planes.zeros(3, yCbCr.height(), yCbCr.width());
        for (int c = 0; c < 3; c++) {
            double shift = 0;
            for (int i = 0; i < 3; i++) {
                shift -= BACKWARD[c][i] * OFFSET[i];
            }
            combine(yCbCr, BACKWARD[c], shift, out.values(), c * yCbCr.area());
        }
        return out;
    }

    /** The luminance of a colour picture; a grey one as it is. */
    public static Planes luminance(Planes picture) {
        if (picture.channels() == 1) {
            return picture;
        }
        requireThree(picture);
        Planes out = Planes.zeros(1, picture.height(), picture.width());
        combine(picture, FORWARD[0], OFFSET[0], out.values(), 0);
        return out;
    }

    /** A colour picture without its colours, 0 for black and 1 for white; a grey one as it is. */
    public static Planes grey(Planes picture) {
        if (picture.channels() == 1) {
            return picture;
        }
        requireThree(picture);
        Planes out = Planes.zeros(1, picture.height(), picture.width());
        combine(picture, GREY, 0, out.values(), 0);
        return out;
    }

    private static void combine(Planes in, double[] factors, double shift, float[] out, int at) {
        int area = in.area();
        float[] values = in.values();
        for (int i = 0; i < area; i++) {
            out[at + i] = (float) (factors[0] * values[i]
                    + factors[1] * values[area + i]
                    + factors[2] * values[2 * area + i]
                    + shift);
        }
    }

    private static void requireThree(Planes picture) {
        if (picture.channels() != 3) {
            throw new IllegalArgumentException(
                    "a picture of " + picture.channels() + " channels, expected 3: red, green and blue");
        }
    }

    /** By cofactors. */
    private static double[][] inverse(double[][] m) {
        double[][] result = new double[3][3];
        double determinant = 0;
        for (int i = 0; i < 3; i++) {
            int i1 = (i + 1) % 3;
            int i2 = (i + 2) % 3;
            for (int j = 0; j < 3; j++) {
                int j1 = (j + 1) % 3;
                int j2 = (j + 2) % 3;
                result[j][i] = m[i1][j1] * m[i2][j2] - m[i1][j2] * m[i2][j1];
            }
            determinant += i == 0 ? m[0][0] * result[0][0] + m[0][1] * result[1][0] + m[0][2] * result[2][0] : 0;
        }
        for (double[] row : result) {
            for (int j = 0; j < 3; j++) {
                row[j] /= determinant;
            }
        }
        return result;
    }
}
