package io.github.unrolled.datasets.image;

import io.github.unrolled.datasets.DataException;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgcodecs;

/** The library that decodes and draws: optional, so that who needs no pictures does not download it. */
public final class OpenCv {
    private OpenCv() {}

    /**
     * Loads the library; to be called before anything of it is touched.
     *
     * @throws DataException if it is not on the class path, saying what to add
     */
    public static void require() {
        try {
            Loader.load(opencv_core.class);
            Loader.load(opencv_imgcodecs.class);
        } catch (LinkageError e) {
            throw new DataException(
                    "pictures need OpenCV, which cannot be loaded (" + e.getMessage()
                            + "); add org.bytedeco:opencv and org.bytedeco:openblas to the class path, each also with the"
                            + " classifier " + Loader.getPlatform()
                            + ", in the versions that the parent POM names",
                    e);
        }
    }
}
