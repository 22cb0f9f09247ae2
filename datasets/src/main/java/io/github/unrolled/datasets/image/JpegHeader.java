package io.github.unrolled.datasets.image;

/** The segments of a JPEG (ITU T.81, annex B) up to the one with the size, and the mark at the end. */
final class JpegHeader {
    private static final int START_OF_SCAN = 0xda;
    private static final int END_OF_IMAGE = 0xd9;

    private JpegHeader() {}

    static ImageHeader read(Bytes bytes) {
        long at = 2;
        while (true) {
            if (bytes.unsigned(at) != 0xff) {
                throw bytes.damaged("there is no marker at byte " + at);
            }
            int marker = bytes.unsigned(at + 1);
            if (marker == 0xff) { // padding
                at++;
            } else if (isFrame(marker)) {
                requireEnd(bytes);
                return new ImageHeader(ImageFormat.JPEG, bytes.big16(at + 7), bytes.big16(at + 5), false);
            } else if (marker == START_OF_SCAN || marker == END_OF_IMAGE) {
                throw bytes.damaged("it declares no size before its data");
            } else {
                boolean alone = marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8);
                at += alone ? 2 : 2 + Math.max(2, bytes.big16(at + 2));
            }
        }
    }

    /** SOF0 to SOF15; among them lie three markers of another meaning. */
    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    /** A decoder would fill what is missing with grey and say nothing. Bytes behind the end are common and harmless. */
    private static void requireEnd(Bytes bytes) {
        for (int at = bytes.length() - 2; at >= 2; at--) {
            if (bytes.begins(at, 0xff, END_OF_IMAGE)) {
                return;
            }
        }
        throw bytes.damaged("its end is missing");
    }
}
