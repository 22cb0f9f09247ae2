package io.github.unrolled.datasets.image;

import java.util.zip.CRC32;

/** The chunks of a PNG (ISO/IEC 15948): size and colour type from the first, checksums of all up to the last. */
final class PngHeader {
    private static final int SIGNATURE = 8;
    private static final int IHDR = 0x49484452;
    private static final int IEND = 0x49454e44;
    private static final int TRNS = 0x74524e53;

    private PngHeader() {}

    static ImageHeader read(Bytes bytes) {
        if (bytes.big32(SIGNATURE + 4) != IHDR) {
            throw bytes.damaged("its first part is not a header");
        }
        int width = bytes.big32(SIGNATURE + 8);
        int height = bytes.big32(SIGNATURE + 12);
        int colourType = bytes.unsigned(SIGNATURE + 17);
        boolean alpha = colourType == 4 || colourType == 6;
        long at = SIGNATURE;
        int type;
        do {
            long length = Integer.toUnsignedLong(bytes.big32(at));
            bytes.requireLength(at + length + 12);
            type = bytes.big32(at + 4);
            CRC32 checksum = new CRC32();
            checksum.update(bytes.content(), (int) at + 4, (int) length + 4);
            if ((int) checksum.getValue() != bytes.big32(at + 8 + length)) {
                throw bytes.damaged("the checksum of the part at byte " + at + " is wrong");
            }
            alpha |= type == TRNS;
            at += length + 12;
        } while (type != IEND);
        return new ImageHeader(ImageFormat.PNG, width, height, alpha);
    }
}
