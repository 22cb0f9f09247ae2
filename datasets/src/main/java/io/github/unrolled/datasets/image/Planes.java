package io.github.unrolled.datasets.image;

import java.util.Arrays;
import java.util.Objects;

/**
 * A picture to compute with: float values, 0 for black and 1 for white unless a colour space says otherwise, in planes
 * {@code [channels, height, width]}. Channels are grey, or red, green and blue. The values are the owner's to change.
 *
 * @param channels 1 or more
 * @param height in pixels
 * @param width in pixels
 * @param values channel after channel, row after row
 */
@SuppressWarnings("ArrayRecordComponent") // shared on purpose; compared by nobody
public record Planes(int channels, int height, int width, float[] values) {
    /** Checks the number of values. */
    public Planes {
        Objects.requireNonNull(values, "values");
        if (channels < 1 || height < 1 || width < 1 || (long) channels * height * width != values.length) {
            throw new IllegalArgumentException(values.length + " values for " + channels + " planes of " + height
                    + " rows and " + width + " columns");
        }
    }

    /** Zeros. */
    public static Planes zeros(int channels, int height, int width) {
        return new Planes(channels, height, width, new float[Math.multiplyExact(channels * height, width)]);
    }

    /** How many pixels a plane has. */
    public int area() {
        return height * width;
    }

    /** The value of a pixel in a channel. */
    public float at(int channel, int y, int x) {
        return values[(channel * height + y) * width + x];
    }

    /** A copy of some channels, from {@code from} (inclusive) to {@code to} (exclusive). */
    public Planes channels(int from, int to) {
        return new Planes(to - from, height, width, Arrays.copyOfRange(values, from * area(), to * area()));
    }

    /** A copy of one channel. */
    public Planes channel(int index) {
        return channels(index, index + 1);
    }

    /** Pictures of one size on top of each other, channel after channel. */
    public static Planes join(Planes... parts) {
        int channels = 0;
        for (Planes part : parts) {
            channels += part.channels;
        }
        Planes joined = zeros(channels, parts[0].height, parts[0].width);
        int at = 0;
        for (Planes part : parts) {
            System.arraycopy(part.values, 0, joined.values, at, part.values.length);
            at += part.values.length;
        }
        return joined;
    }

    /**
     * A copy of a rectangle.
     *
     * @throws IllegalArgumentException if it does not lie within the picture
     */
    public Planes crop(int top, int left, int rows, int columns) {
        if (top < 0 || left < 0 || top + rows > height || left + columns > width) {
            throw new IllegalArgumentException("no " + rows + "x" + columns + " rectangle at row " + top + ", column "
                    + left + " of a picture of " + height + " rows and " + width + " columns");
        }
        Planes cropped = zeros(channels, rows, columns);
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < rows; y++) {
                int from = (c * height + top + y) * width + left;
                System.arraycopy(values, from, cropped.values, (c * rows + y) * columns, columns);
            }
        }
        return cropped;
    }

    /** The picture without the rows and columns at its bottom and right that do not fill {@code multiple}. */
    public Planes cropToMultiple(int multiple) {
        return crop(0, 0, height - height % multiple, width - width % multiple);
    }

    /** A copy with every value brought into [0, 1] and rounded to a multiple of 1/255: what an 8-bit file keeps. */
    public Planes quantized() {
        float[] rounded = new float[values.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = Math.round(Math.min(1f, Math.max(0f, values[i])) * 255f) / 255f;
        }
        return new Planes(channels, height, width, rounded);
    }

    /**
     * One of the eight ways to turn and mirror a picture; {@code which} 0 is the picture itself.
     *
     * @param which bit 0 mirrors left and right, bit 1 top and bottom, bit 2 exchanges rows and columns last
     */
    public Planes turned(int which) {
        boolean across = (which & 1) != 0;
        boolean down = (which & 2) != 0;
        boolean swapped = (which & 4) != 0;
        Planes result = zeros(channels, swapped ? width : height, swapped ? height : width);
        int at = 0;
        for (int c = 0; c < channels; c++) {
            for (int y = 0; y < result.height; y++) {
                for (int x = 0; x < result.width; x++) {
                    int row = swapped ? x : y;
                    int column = swapped ? y : x;
                    result.values[at++] = at(c, down ? height - 1 - row : row, across ? width - 1 - column : column);
                }
            }
        }
        return result;
    }

    /** Undoes {@link #turned} with the same {@code which}. */
    public Planes turnedBack(int which) {
        if ((which & 4) == 0) {
            return turned(which);
        }
        // What was mirrored across before the exchange is mirrored down after it.
        return turned(4 | (which & 1) << 1 | (which & 2) >> 1);
    }
}
