package io.github.unrolled.datasets.image;

import io.github.unrolled.datasets.DataException;

/**
 * What a picture's file says of itself before anything is decoded.
 *
 * @param format of the file
 * @param width in pixels, as stored (before a rotation that the file asks for)
 * @param height in pixels, as stored
 * @param alpha whether it has transparency
 */
public record ImageHeader(ImageFormat format, int width, int height, boolean alpha) {
    /** How many pixels are declared. */
    public long pixels() {
        return (long) width * height;
    }

    /**
     * Reads the header and checks that the file is whole, as far as its format tells.
     *
     * @param source the file's name, for messages
     * @throws DataException if it is empty, no picture of a known format, or damaged
     */
    public static ImageHeader read(String source, byte[] file) {
        if (file.length == 0) {
            throw new DataException(source + " is empty; a picture is expected");
        }
        Bytes bytes = new Bytes(source, file);
        ImageHeader header;
        if (bytes.begins(0, 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n')) {
            header = PngHeader.read(bytes);
        } else if (bytes.begins(0, 0xff, 0xd8, 0xff)) {
            header = JpegHeader.read(bytes);
        } else if (bytes.begins(0, 'B', 'M')) {
            header = bmp(bytes);
        } else if (isTiff(bytes)) {
            header = TiffHeader.read(bytes).header();
        } else if (bytes.begins(0, 'R', 'I', 'F', 'F') && bytes.begins(8, 'W', 'E', 'B', 'P')) {
            header = WebpHeader.read(bytes);
        } else {
            throw new DataException(source + " is not a picture that can be read: it is no PNG, JPEG, BMP, TIFF or WebP"
                    + " by its first bytes");
        }
        if (header.width < 1 || header.height < 1) {
            throw bytes.damaged("its header declares " + header.width + "x" + header.height + " pixels");
        }
        return header;
    }

    static boolean isTiff(Bytes bytes) {
        return bytes.begins(0, 'I', 'I', 42, 0) || bytes.begins(0, 'M', 'M', 0, 42);
    }

    private static ImageHeader bmp(Bytes bytes) {
        boolean old = bytes.little32(14) == 12;
        int width = old ? bytes.little16(18) : bytes.little32(18);
        int height = old ? bytes.little16(20) : bytes.little32(22);
        int bits = old ? bytes.little16(24) : bytes.little16(28);
        boolean compressed = !old && (bytes.little32(30) == 1 || bytes.little32(30) == 2);
        // Rows from the top down are told by a negative height.
        long rows = Math.abs((long) height);
        long rowBytes = ((long) width * bits + 31) / 32 * 4;
        if (width > 0 && rows <= Integer.MAX_VALUE && !compressed) {
            bytes.requireLength(Integer.toUnsignedLong(bytes.little32(10)) + rows * rowBytes);
        }
        return new ImageHeader(ImageFormat.BMP, width, (int) Math.min(rows, Integer.MAX_VALUE), bits == 32);
    }
}
