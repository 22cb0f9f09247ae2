package io.github.unrolled.datasets.video;

import java.util.List;
import java.util.OptionalLong;
import org.bytedeco.opencv.opencv_core.Mat;

/** Gives the frames of a source one after the other. Used by one thread at a time. */
interface Decoder extends AutoCloseable {
    /** Columns of a frame as it is given, after rotation. */
    int width();

    /** Rows of a frame as it is given, after rotation. */
    int height();

    /** Frames per second on average, above 0. */
    double frameRateHz();

    /** How many frames the source says that it has, if it does. */
    OptionalLong declaredFrames();

    /** Goes to the next frame; false at the end. */
    boolean advance();

    /** When the current frame is shown, in seconds from the first. */
    double seconds();

    /** Copies the current frame; the matrix gets its size and type. */
    void retrieve(Mat target);

    /** What was found to be damaged so far, a sentence each. */
    List<String> problems();

    @Override
    void close();
}
