package io.github.unrolled.datasets.drawing;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FILLED;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_DUPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.circle;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.OpenCv;
import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A picture to draw on, in pixels from the top left. Drawn at twice its size with fractions of pixels and then reduced, so
 * that what moves slowly moves smoothly.
 */
public final class Canvas implements AutoCloseable {
    private static final int SUPERSAMPLING = 2;
    /** Bits behind the point of OpenCV's coordinates. */
    private static final int FRACTION_BITS = 4;

    /** Height of a capital letter of the font at scale 1. */
    private static final double FONT_PIXELS = 22;

    private final int width;
    private final int height;
    private final Mat large;
    private final Mat small;

    /**
     * A canvas with arbitrary contents; {@link #fill} it first.
     *
     * @throws DataException if OpenCV is missing
     */
    public Canvas(int width, int height) {
        this.width = width;
        this.height = height;
        OpenCv.require();
        this.large = new Mat(SUPERSAMPLING * height, SUPERSAMPLING * width, CV_8UC3);
        this.small = new Mat(height, width, CV_8UC3);
    }

    /** In pixels. */
    public int width() {
        return width;
    }

    /** In pixels. */
    public int height() {
        return height;
    }

    /** Paints everything. */
    public void fill(Colour colour) {
        rectangle(0, 0, width, height, colour);
    }

    /** A filled rectangle. */
    public void rectangle(double x, double y, double wide, double high, Colour colour) {
        try (Point from = whole(x, y);
                Point to = whole(x + wide, y + high);
                Scalar paint = paint(colour)) {
            to.x(to.x() - 1);
            to.y(to.y() - 1);
            org.bytedeco.opencv.global.opencv_imgproc.rectangle(large, from, to, paint, FILLED, LINE_AA, 0);
        }
    }

    /** A line with round ends. */
    public void line(double x1, double y1, double x2, double y2, double thickness, Colour colour) {
        try (Point from = fine(x1, y1);
                Point to = fine(x2, y2);
                Scalar paint = paint(colour)) {
            int wide = Math.max(1, (int) Math.round(SUPERSAMPLING * thickness));
            org.bytedeco.opencv.global.opencv_imgproc.line(large, from, to, paint, wide, LINE_AA, FRACTION_BITS);
        }
    }

    /** A filled circle. */
    public void disc(double x, double y, double radius, Colour colour) {
        try (Point centre = fine(x, y);
                Scalar paint = paint(colour)) {
            int fineRadius = (int) Math.round(radius * SUPERSAMPLING * (1 << FRACTION_BITS));
            circle(large, centre, fineRadius, paint, FILLED, LINE_AA, FRACTION_BITS);
        }
    }

    /**
     * A label in Latin letters.
     *
     * @param x where it begins
     * @param y its base line
     * @param size height of a capital letter
     */
    public void text(double x, double y, double size, String label, Colour colour) {
        try (Point at = whole(x, y);
                Scalar paint = paint(colour)) {
            putText(large, label, at, FONT_HERSHEY_DUPLEX, scale(size), paint, weight(size), LINE_AA, false);
        }
    }

    /** How wide a label is. */
    public double textWidth(String label, double size) {
        int[] baseLine = new int[1];
        try (Size measured = getTextSize(label, FONT_HERSHEY_DUPLEX, scale(size), weight(size), baseLine)) {
            return (double) measured.width() / SUPERSAMPLING;
        }
    }

    private static double scale(double size) {
        return SUPERSAMPLING * size / FONT_PIXELS;
    }

    private static int weight(double size) {
        return Math.max(1, (int) Math.round(SUPERSAMPLING * size / 12));
    }

    /** The picture, rows from the top, three bytes for each pixel: blue, green, red. */
    public byte[] bgr() {
        reduce();
        byte[] bytes = new byte[3 * width * height];
        small.data().get(bytes);
        return bytes;
    }

    /**
     * Writes the picture, whole or not at all; also while the virtual machine is being shut down, when Java's own image
     * writers cannot be loaded.
     *
     * @param file its ending is the format, such as {@code .png}
     */
    public void write(Path file) throws IOException {
        reduce();
        ImageFile.write(file, small);
    }

    private void reduce() {
        try (Size size = new Size(width, height)) {
            resize(large, small, size, 0, 0, INTER_AREA);
        }
    }

    private static Point whole(double x, double y) {
        return new Point((int) Math.round(SUPERSAMPLING * x), (int) Math.round(SUPERSAMPLING * y));
    }

    private static Point fine(double x, double y) {
        double unit = SUPERSAMPLING * (1 << FRACTION_BITS);
        return new Point((int) Math.round(unit * x), (int) Math.round(unit * y));
    }

    private static Scalar paint(Colour colour) {
        return new Scalar(colour.blue(), colour.green(), colour.red(), 0);
    }

    /** Frees the picture. */
    @Override
    public void close() {
        large.close();
        small.close();
    }
}
