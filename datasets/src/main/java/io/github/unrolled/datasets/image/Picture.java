package io.github.unrolled.datasets.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_32F;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.CV_MAKETYPE;
import static org.bytedeco.opencv.global.opencv_core.merge;
import static org.bytedeco.opencv.global.opencv_core.split;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.MatVector;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * A picture as a file holds it, 8 or 16 bits a value, in native memory: a quarter or half of what {@link Planes} take, which
 * are read and written a rectangle at a time. Channels are grey, or red, green and blue, and transparency last where there
 * is one. Not thread-safe.
 */
public final class Picture implements AutoCloseable {
    private static final int COLOURS = 3;
    private static final int MAX_8 = 255;
    private static final int MAX_16 = 65535;

    private final Mat mat;

    /** Takes over a matrix of OpenCV, whose colours are blue, green, red. */
    Picture(Mat mat) {
        this.mat = mat;
    }

    /**
     * A black picture.
     *
     * @param channels 1 grey, 2 grey and transparency, 3 colour, 4 colour and transparency
     * @param bits 8 or 16
     */
    public static Picture allocate(int height, int width, int channels, int bits) {
        if (channels < 1 || channels > 4 || (bits != 8 && bits != 16)) {
            throw new IllegalArgumentException(
                    "a picture of " + channels + " channels of " + bits + " bits; 1 to 4 of 8 or 16 are possible");
        }
        OpenCv.require();
        try (Scalar black = new Scalar(0)) {
            return new Picture(new Mat(height, width, CV_MAKETYPE(bits == 8 ? CV_8U : CV_16U, channels), black));
        }
    }

    /** A picture of 8 bits with these values, 1 to 4 planes; what lies outside of [0, 1] is clipped. */
    public static Picture of(Planes planes) {
        Picture picture = allocate(planes.height(), planes.width(), planes.channels(), 8);
        picture.put(0, 0, planes);
        return picture;
    }

    Mat mat() {
        return mat;
    }

    /** Rows. */
    public int height() {
        return mat.rows();
    }

    /** Columns. */
    public int width() {
        return mat.cols();
    }

    /** All channels, transparency included. */
    public int channels() {
        return mat.channels();
    }

    /** Whether the last channel is transparency: 0 is clear, 1 opaque. */
    public boolean hasAlpha() {
        return channels() == 2 || channels() == 4;
    }

    /** Channels without transparency: 1 or 3. */
    public int colours() {
        return hasAlpha() ? channels() - 1 : channels();
    }

    /** Bits of a value, 8 or 16. */
    public int bits() {
        return mat.depth() == CV_8U ? 8 : 16;
    }

    private double scale() {
        return bits() == 8 ? MAX_8 : MAX_16;
    }

    /** Colours and transparency of the whole picture. */
    public Planes planes() {
        return planes(0, 0, height(), width());
    }

    /** Colours and transparency of a rectangle, all channels. */
    public Planes planes(int top, int left, int rows, int columns) {
        Planes planes = Planes.zeros(channels(), rows, columns);
        try (Rect rectangle = new Rect(left, top, columns, rows);
                Mat part = new Mat(mat, rectangle);
                Mat floats = new Mat();
                MatVector split = new MatVector()) {
            part.convertTo(floats, CV_32F, 1 / scale(), 0);
            split(floats, split);
            for (int c = 0; c < channels(); c++) {
                try (Mat plane = split.get(stored(c));
                        FloatPointer data = new FloatPointer(plane.data())) {
                    data.get(planes.values(), c * planes.area(), planes.area());
                }
            }
        }
        return planes;
    }

    /**
     * Overwrites a rectangle of the size of the planes, as many as the picture has channels; rounds, and clips what lies
     * outside of [0, 1].
     */
    public void put(int top, int left, Planes planes) {
        if (planes.channels() != channels()) {
            throw new IllegalArgumentException(
                    planes.channels() + " planes for a picture of " + channels() + " channels");
        }
        try (Rect rectangle = new Rect(left, top, planes.width(), planes.height());
                Mat part = new Mat(mat, rectangle);
                Mat floats = new Mat();
                Mat rounded = new Mat();
                MatVector split = new MatVector(channels())) {
            for (int c = 0; c < channels(); c++) {
                Mat plane = new Mat(planes.height(), planes.width(), CV_32F);
                try (FloatPointer data = new FloatPointer(plane.data())) {
                    data.put(planes.values(), c * planes.area(), planes.area());
                }
                split.put(stored(c), plane);
            }
            merge(split, floats);
            floats.convertTo(rounded, mat.depth(), scale(), 0);
            rounded.copyTo(part);
        }
    }

    /** OpenCV's place of a channel: blue, green, red. */
    private int stored(int channel) {
        return colours() == 3 && channel < 3 ? 2 - channel : channel;
    }

    /** A copy of 8 bits; transparency stays. */
    Picture reduced() {
        Mat reduced = new Mat();
        mat.convertTo(reduced, CV_8U, MAX_8 / (double) MAX_16, 0);
        return new Picture(reduced);
    }

    /**
     * Copies the colours without transparency for OpenCV.
     *
     * @param target gets the size of the picture: 8 bits, blue, green, red
     */
    public void copyBgr(Mat target) {
        try (Mat bytes = new Mat();
                MatVector split = new MatVector();
                MatVector three = new MatVector(COLOURS)) {
            mat.convertTo(bytes, CV_8U, MAX_8 / scale(), 0);
            split(bytes, split);
            for (int c = 0; c < COLOURS; c++) {
                three.put(c, split.get(colours() == COLOURS ? c : 0));
            }
            merge(three, target);
        }
    }

    /** Frees the memory. */
    @Override
    public void close() {
        mat.close();
    }
}
