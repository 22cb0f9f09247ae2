package io.github.unrolled.datasets.video.actions;

import io.github.unrolled.datasets.DataException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/**
 * Reads silhouettes from a MAT-file of version 5: one compressed structure with a field {@code <person>_<action>} for each
 * clip, an array {@code [144, 180, frames]} of bytes 0 and 1. One field is in memory at a time.
 */
final class MaskFile {
    static final int HEIGHT = 144;
    static final int WIDTH = 180;
    private static final int HEADER = 128;
    private static final int COMPRESSED = 15;
    private static final int MATRIX = 14;
    private static final int BYTES = 2;
    private static final int MOST_FRAMES = 5000;
    private static final int MOST_NAMES = 1 << 16;
    private static final int LARGEST_PART = HEIGHT * WIDTH * MOST_FRAMES;

    private MaskFile() {}

    /** Takes a clip; values are {@code [144, 180, frames]} in the order of Matlab: rows run fastest, then columns. */
    @FunctionalInterface
    interface Taker {
        void take(String name, byte[] values, int frames) throws IOException;
    }

    static void read(Path file, Taker taker) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            byte[] header = in.readNBytes(HEADER);
            if (header.length < HEADER || !new String(header, StandardCharsets.ISO_8859_1).startsWith("MATLAB 5.0")) {
                throw new DataException(file + " is not a MAT-file of version 5");
            }
            Part outer = new Part(new DataInputStream(in), file);
            if (outer.type() != COMPRESSED) {
                throw new DataException(file + " does not begin with a compressed variable");
            }
            structure(file, new DataInputStream(new BufferedInputStream(new InflaterInputStream(in))), taker);
        } catch (EOFException | ZipException e) {
            throw new DataException(file + " is damaged or cut off", e);
        }
    }

    private static void structure(Path file, DataInputStream in, Taker taker) throws IOException {
        new Part(in, file).expect(MATRIX);
        new Part(in, file).read();
        new Part(in, file).read();
        new Part(in, file).read();
        byte[] width = new Part(in, file).read();
        int length = width.length == 0 ? 0 : width[0];
        byte[] names = new Part(in, file).read();
        if (length <= 0 || names.length == 0 || names.length % length != 0 || names.length > MOST_NAMES) {
            throw new DataException(file + " does not hold a structure with named fields");
        }
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < names.length; i += length) {
            String name = new String(names, i, length, StandardCharsets.ISO_8859_1);
            fields.add(name.substring(0, name.indexOf(0) < 0 ? length : name.indexOf(0)));
        }
        for (String field : fields) {
            new Part(in, file).expect(MATRIX);
            new Part(in, file).read();
            byte[] sizes = new Part(in, file).read();
            new Part(in, file).read();
            Part values = new Part(in, file);
            int frames = sizes.length < 3 * Integer.BYTES ? 1 : integer(sizes, 2 * Integer.BYTES);
            if (sizes.length < 2 * Integer.BYTES
                    || integer(sizes, 0) != HEIGHT
                    || integer(sizes, Integer.BYTES) != WIDTH
                    || frames < 1
                    || frames > MOST_FRAMES
                    || values.type() != BYTES) {
                throw new DataException(file + ": the field " + field + " is not an array of " + HEIGHT + " x " + WIDTH
                        + " x frames bytes");
            }
            byte[] bytes = values.read();
            if (bytes.length != HEIGHT * WIDTH * frames) {
                throw new DataException(
                        file + ": the field " + field + " has " + bytes.length + " values for " + frames + " frames");
            }
            taker.take(field, bytes, frames);
        }
    }

    private static int integer(byte[] bytes, int at) {
        return (bytes[at] & 0xff)
                | (bytes[at + 1] & 0xff) << 8
                | (bytes[at + 2] & 0xff) << 16
                | (bytes[at + 3] & 0xff) << 24;
    }

    /** The head of an element: its type and length; short ones have their contents in the head. */
    private static final class Part {
        private static final int ALIGNED = 8;
        private final DataInputStream in;
        private final Path file;
        private final int type;
        private final int length;
        private final byte[] small;

        Part(DataInputStream in, Path file) throws IOException {
            this.in = in;
            this.file = file;
            byte[] head = new byte[ALIGNED];
            in.readFully(head);
            int first = integer(head, 0);
            boolean isSmall = first >>> 16 != 0;
            this.type = isSmall ? first & 0xffff : first;
            this.length = isSmall ? first >>> 16 : integer(head, Integer.BYTES);
            this.small = isSmall ? java.util.Arrays.copyOfRange(head, Integer.BYTES, ALIGNED) : new byte[0];
        }

        int type() {
            return type;
        }

        void expect(int wanted) {
            if (type != wanted) {
                throw new DataException(file + " has an element of type " + type + " where " + wanted + " is expected");
            }
        }

        byte[] read() throws IOException {
            if (small.length > 0) {
                return java.util.Arrays.copyOf(small, Math.min(length, small.length));
            }
            if (length < 0 || length > LARGEST_PART) {
                throw new DataException(
                        file + " declares an element of " + Integer.toUnsignedString(length) + " bytes");
            }
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            in.skipNBytes(Math.floorMod(-length, ALIGNED));
            return bytes;
        }
    }
}
