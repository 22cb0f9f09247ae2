package io.github.unrolled.datasets.image;

import java.util.HashMap;
import java.util.Map;

/**
 * The first directory of a TIFF (revision 6.0, section 2): what every picture says, and what OpenCV is silent about.
 *
 * @param width in pixels
 * @param height in pixels
 * @param samples of a pixel
 * @param bits of a sample
 * @param inverted whether 0 is white
 * @param inks whether the samples are amounts of ink
 * @param extra what the sample after the colours is: none, or one of the values of the tag ExtraSamples
 * @param extraAt where in the file that value lies
 * @param little whether the file's numbers begin with the lowest byte
 */
record TiffHeader(
        int width,
        int height,
        int samples,
        int bits,
        boolean inverted,
        boolean inks,
        int extra,
        long extraAt,
        boolean little) {
    /** A sample after the colours is transparency, and the colours are multiplied by it. */
    private static final int ASSOCIATED = 1;
    /** A sample after the colours is transparency, and the colours are what they are. */
    private static final int UNASSOCIATED = 2;

    private static final int NO_EXTRA = -1;
    private static final int ENTRY = 12;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int PHOTOMETRIC = 262;
    private static final int SAMPLES = 277;
    private static final int EXTRA_SAMPLES = 338;
    private static final int WHITE_IS_ZERO = 0;
    private static final int SEPARATED = 5;
    private static final int SHORT = 3;

    static TiffHeader read(Bytes bytes) {
        boolean little = bytes.begins(0, 'I');
        long directory = Integer.toUnsignedLong(number(bytes, little, 4, false));
        int entries = number(bytes, little, directory, true);
        Map<Integer, Long> places = new HashMap<>();
        Map<Integer, Integer> values = new HashMap<>();
        for (int i = 0; i < entries; i++) {
            long at = directory + 2 + (long) i * ENTRY;
            int tag = number(bytes, little, at, true);
            boolean is16 = number(bytes, little, at + 2, true) == SHORT;
            // Several short numbers lie elsewhere when they need more than four bytes.
            long place = is16 && number(bytes, little, at + 4, false) > 2
                    ? Integer.toUnsignedLong(number(bytes, little, at + 8, false))
                    : at + 8;
            places.put(tag, place);
            values.put(tag, number(bytes, little, place, is16));
        }
        int photometric = values.getOrDefault(PHOTOMETRIC, 1);
        return new TiffHeader(
                values.getOrDefault(WIDTH, 0),
                values.getOrDefault(HEIGHT, 0),
                values.getOrDefault(SAMPLES, 1),
                values.getOrDefault(BITS, 1),
                photometric == WHITE_IS_ZERO,
                photometric == SEPARATED,
                values.getOrDefault(EXTRA_SAMPLES, NO_EXTRA),
                places.getOrDefault(EXTRA_SAMPLES, 0L),
                little);
    }

    ImageHeader header() {
        boolean alpha = inks ? samples == 5 : samples == 4 || (samples == 2 && extra != NO_EXTRA);
        return new ImageHeader(ImageFormat.TIFF, width, height, alpha);
    }

    /**
     * The file as OpenCV reads it rightly: of 8 bits it would multiply the colours by the transparency unless the file says
     * that they are already.
     */
    byte[] readable(byte[] content) {
        if (extra != UNASSOCIATED) {
            return content;
        }
        byte[] changed = content.clone();
        changed[(int) (little ? extraAt : extraAt + 1)] = ASSOCIATED;
        return changed;
    }

    private static int number(Bytes bytes, boolean little, long at, boolean is16) {
        if (is16) {
            return little ? bytes.little16(at) : bytes.big16(at);
        }
        return little ? bytes.little32(at) : bytes.big32(at);
    }
}
