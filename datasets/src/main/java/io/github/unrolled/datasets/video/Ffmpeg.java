package io.github.unrolled.datasets.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_LOG_ERROR;
import static org.bytedeco.ffmpeg.global.avutil.av_log_set_level;

import io.github.unrolled.datasets.DataException;

/** Whether FFmpeg can be used. */
final class Ffmpeg {
    private Ffmpeg() {}

    /**
     * Loads FFmpeg and has it be quiet about all but errors.
     *
     * @throws DataException saying what to add, if it is not there
     */
    static void require() {
        try {
            av_log_set_level(AV_LOG_ERROR);
            Class.forName("org.bytedeco.javacv.FFmpegFrameRecorder");
        } catch (ClassNotFoundException | LinkageError e) {
            throw new DataException(
                    "films need FFmpeg, which is not on the class path; add org.bytedeco:ffmpeg (with the classifier of"
                            + " your platform too), org.bytedeco:javacv and org.bytedeco:javacpp",
                    e);
        }
    }
}
