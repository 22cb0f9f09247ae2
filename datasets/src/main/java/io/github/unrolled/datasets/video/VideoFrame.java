package io.github.unrolled.datasets.video;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_GRAY2RGB;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_imgproc.resize;

import java.util.Objects;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Rect;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * A frame of a {@link VideoReader}. It and its matrix belong to the reader and hold this frame until the reader is asked for
 * the next or closed; what is to stay longer is copied out.
 *
 * @param index of the frame in the video, from 0
 * @param seconds when it is shown, from the beginning of the video
 * @param mat rows from the top, 8 bits a value: blue, green, red, or one channel if the reader was opened so; not to be
 *     closed or modified
 */
public record VideoFrame(long index, double seconds, Mat mat) {
    /** Rows. */
    public int height() {
        return mat.rows();
    }

    /** Columns. */
    public int width() {
        return mat.cols();
    }

    /** 3 for blue, green, red; 1 for grey. */
    public int channels() {
        return mat.channels();
    }

    /** A copy of the pixels, rows from the top: blue, green, red of each, or its grey. */
    public byte[] bytes() {
        byte[] bytes = new byte[mat.rows() * mat.cols() * mat.channels()];
        copy(mat, bytes, 0);
        return bytes;
    }

    /**
     * Copies the frame in another size, averaging where it gets smaller.
     *
     * @param size what is wanted; colours become grey or grey becomes colours as needed
     * @param target modified: {@code [height, width, channels]} from the offset on; colours are red, green, blue
     * @param offset where the first byte goes
     */
    public void copyTo(FrameSize size, byte[] target, int offset) {
        copyTo(new Box(0, 0, width(), height()), size, target, offset);
    }

    /**
     * Copies a part of the frame in another size; see {@link #copyTo(FrameSize, byte[], int)}.
     *
     * @param box the part, within the frame
     * @throws IllegalArgumentException if the box reaches beyond the frame
     */
    public void copyTo(Box box, FrameSize size, byte[] target, int offset) {
        Objects.checkFromIndexSize(offset, size.values(), target.length);
        if (!box.fits(width(), height())) {
            throw new IllegalArgumentException(
                    "the box " + box + " reaches beyond a frame of " + width() + " x " + height() + " pixels");
        }
        try (Rect place = new Rect(box.x(), box.y(), box.width(), box.height());
                Mat part = new Mat(mat, place)) {
            copy(part, size, target, offset);
        }
    }

    private static void copy(Mat part, FrameSize size, byte[] target, int offset) {
        try (Mat scaled = new Mat();
                Mat coloured = new Mat();
                Size wanted = new Size(size.width(), size.height())) {
            Mat sized = part;
            if (size.width() != part.cols() || size.height() != part.rows()) {
                boolean smaller = size.width() < part.cols() && size.height() < part.rows();
                resize(part, scaled, wanted, 0, 0, smaller ? INTER_AREA : INTER_LINEAR);
                sized = scaled;
            }
            if (part.channels() == 3) {
                cvtColor(sized, coloured, size.channels() == 1 ? COLOR_BGR2GRAY : COLOR_BGR2RGB);
                sized = coloured;
            } else if (size.channels() == 3) {
                cvtColor(sized, coloured, COLOR_GRAY2RGB);
                sized = coloured;
            }
            copy(sized, target, offset);
        }
    }

    private static void copy(Mat from, byte[] target, int offset) {
        int count = from.rows() * from.cols() * from.channels();
        if (from.isContinuous()) {
            from.data().get(target, offset, count);
            return;
        }
        try (Mat whole = new Mat(from.rows(), from.cols(), CV_8UC(from.channels()))) {
            from.copyTo(whole);
            whole.data().get(target, offset, count);
        }
    }
}
