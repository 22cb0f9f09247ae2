package io.github.unrolled.datasets.image;

/** The first chunk of a WebP file (RFC 9649): extended, lossless or lossy. */
final class WebpHeader {
    private static final int CHUNK = 12;
    private static final int CONTENT = 20;

    private WebpHeader() {}

    static ImageHeader read(Bytes bytes) {
        bytes.requireLength(Integer.toUnsignedLong(bytes.little32(4)) + 8);
        if (bytes.begins(CHUNK, 'V', 'P', '8', 'X')) {
            boolean alpha = (bytes.unsigned(CONTENT) & 0x10) != 0;
            return header(little24(bytes, CONTENT + 4) + 1, little24(bytes, CONTENT + 7) + 1, alpha);
        }
        if (bytes.begins(CHUNK, 'V', 'P', '8', 'L')) {
            int packed = bytes.little32(CONTENT + 1);
            return header((packed & 0x3fff) + 1, (packed >>> 14 & 0x3fff) + 1, (packed >>> 28 & 1) != 0);
        }
        if (bytes.begins(CHUNK, 'V', 'P', '8', ' ')) {
            return header(bytes.little16(CONTENT + 6) & 0x3fff, bytes.little16(CONTENT + 8) & 0x3fff, false);
        }
        throw bytes.damaged("its first chunk holds no picture");
    }

    private static int little24(Bytes bytes, int at) {
        return bytes.little16(at) | bytes.unsigned(at + 2) << 16;
    }

    private static ImageHeader header(int width, int height, boolean alpha) {
        return new ImageHeader(ImageFormat.WEBP, width, height, alpha);
    }
}
