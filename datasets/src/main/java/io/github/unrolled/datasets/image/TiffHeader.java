package io.github.unrolled.datasets.image;

/** The first directory of a TIFF (revision 6.0, section 2). */
final class TiffHeader {
    private static final int ENTRY = 12;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int SAMPLES = 277;
    private static final int EXTRA_SAMPLES = 338;
    private static final int SHORT = 3;

    private TiffHeader() {}

    static ImageHeader read(Bytes bytes) {
        boolean little = bytes.begins(0, 'I');
        long directory = Integer.toUnsignedLong(number(bytes, little, 4, false));
        int entries = number(bytes, little, directory, true);
        int width = 0;
        int height = 0;
        int samples = 1;
        boolean extra = false;
        for (int i = 0; i < entries; i++) {
            long at = directory + 2 + (long) i * ENTRY;
            int tag = number(bytes, little, at, true);
            int value = number(bytes, little, at + 8, number(bytes, little, at + 2, true) == SHORT);
            switch (tag) {
                case WIDTH -> width = value;
                case HEIGHT -> height = value;
                case SAMPLES -> samples = value;
                case EXTRA_SAMPLES -> extra = true;
                default -> {}
            }
        }
        return new ImageHeader(ImageFormat.TIFF, width, height, samples == 4 || (extra && samples == 2));
    }

    private static int number(Bytes bytes, boolean little, long at, boolean is16) {
        if (is16) {
            return little ? bytes.little16(at) : bytes.big16(at);
        }
        return little ? bytes.little32(at) : bytes.big32(at);
    }
}
