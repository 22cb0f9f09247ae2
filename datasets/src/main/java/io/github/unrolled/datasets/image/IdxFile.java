package io.github.unrolled.datasets.image;

import io.github.unrolled.datasets.DataException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Small grey pictures and labels in the format of MNIST: big-endian numbers, then bytes; packed by gzip or not.
 *
 * @param count how many pictures
 * @param height in pixels
 * @param width in pixels
 * @param values 0 to 1, {@code [count, height, width]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record IdxFile(int count, int height, int width, float[] values) {
    private static final int IMAGES = 2051;
    private static final int LABELS = 2049;
    private static final int LARGEST_SIDE = 4096;
    private static final long LARGEST = 1L << 29;

    /**
     * Reads pictures.
     *
     * @throws DataException if it is no such file or is cut off
     */
    public static IdxFile images(Path file) throws IOException {
        try (DataInputStream in = open(file)) {
            requireMagic(file, in.readInt(), IMAGES, "pictures");
            int count = in.readInt();
            int height = in.readInt();
            int width = in.readInt();
            if (count < 0
                    || height < 1
                    || height > LARGEST_SIDE
                    || width < 1
                    || width > LARGEST_SIDE
                    || (long) count * height * width > LARGEST) {
                throw new DataException(file + " declares " + count + " pictures of " + width + "x" + height
                        + " pixels, more than can be read");
            }
            byte[] bytes = readAll(file, in, count * height * width);
            float[] values = new float[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                values[i] = (bytes[i] & 0xff) / 255f;
            }
            return new IdxFile(count, height, width, values);
        } catch (EOFException | ZipException e) {
            throw damaged(file, e);
        }
    }

    /**
     * Reads labels, 0 to 255.
     *
     * @throws DataException if it is no such file or is cut off
     */
    public static int[] labels(Path file) throws IOException {
        try (DataInputStream in = open(file)) {
            requireMagic(file, in.readInt(), LABELS, "labels");
            int count = in.readInt();
            if (count < 0 || count > LARGEST) {
                throw new DataException(file + " declares " + count + " labels, more than can be read");
            }
            byte[] bytes = readAll(file, in, count);
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                labels[i] = bytes[i] & 0xff;
            }
            return labels;
        } catch (EOFException | ZipException e) {
            throw damaged(file, e);
        }
    }

    /** Pixels of a picture. */
    public int area() {
        return height * width;
    }

    /** One picture. */
    public Planes picture(int index) {
        return new Planes(1, height, width, java.util.Arrays.copyOfRange(values, index * area(), (index + 1) * area()));
    }

    /** The pictures from {@code from} (inclusive) to {@code to} (exclusive). */
    public IdxFile slice(int from, int to) {
        return new IdxFile(to - from, height, width, java.util.Arrays.copyOfRange(values, from * area(), to * area()));
    }

    /** All pictures in rows of so many, from the top left; what is left over at the bottom right is black. */
    public Planes montage(int columns) {
        int rows = (count + columns - 1) / columns;
        Planes sheet = Planes.zeros(1, rows * height, columns * width);
        for (int i = 0; i < count; i++) {
            for (int y = 0; y < height; y++) {
                int to = (i / columns * height + y) * columns * width + i % columns * width;
                System.arraycopy(values, i * area() + y * width, sheet.values(), to, width);
            }
        }
        return sheet;
    }

    private static byte[] readAll(Path file, DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new DataException(file + " is cut off: it has " + bytes.length + " of the " + length
                    + " values that its header declares; get a fresh copy of the file");
        }
        return bytes;
    }

    private static DataInputStream open(Path file) throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            in.mark(2);
            boolean packed = in.read() == 0x1f && in.read() == 0x8b;
            in.reset();
            return new DataInputStream(packed ? new GZIPInputStream(in, 1 << 16) : in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    private static void requireMagic(Path file, int found, int expected, String what) {
        if (found != expected) {
            throw new DataException(file + " holds no " + what + " in the format of MNIST: it begins with " + found
                    + ", expected " + expected);
        }
    }

    private static DataException damaged(Path file, IOException e) {
        return new DataException(
                file + " is damaged: " + (e.getMessage() == null ? "it ends early" : e.getMessage())
                        + "; get a fresh copy of the file",
                e);
    }
}
