package io.github.unrolled.datasets.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_PANIC;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;
import static org.bytedeco.ffmpeg.global.avutil.av_strerror;

import io.github.unrolled.datasets.DataException;
import java.nio.charset.StandardCharsets;

/** Whether FFmpeg can be used, and what its codes mean. */
final class Ffmpeg {
    private static final int LONGEST_MESSAGE = 256;

    private Ffmpeg() {}

    /** Loads FFmpeg, if it is there, and has it be quiet: what it finds wrong is said in exceptions and reports. */
    static boolean isPresent() {
        try {
            load();
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Loads FFmpeg and has it be quiet.
     *
     * @throws DataException saying what to add, if it is not there
     */
    static void require() {
        try {
            load();
        } catch (ClassNotFoundException | LinkageError e) {
            throw new DataException(
                    "films need FFmpeg, which is not on the class path; add org.bytedeco:ffmpeg (with the classifier of"
                            + " your platform too), org.bytedeco:javacv and org.bytedeco:javacpp",
                    e);
        }
    }

    private static void load() throws ClassNotFoundException {
        av_log_set_level(AV_LOG_PANIC);
        Class.forName("org.bytedeco.javacv.FFmpegFrameRecorder");
    }

    /** FFmpeg's words for one of its codes. */
    static String describe(int code) {
        byte[] text = new byte[LONGEST_MESSAGE];
        av_strerror(code, text, text.length);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }
}
