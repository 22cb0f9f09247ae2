package io.github.unrolled.datasets.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.model.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameRecorder;

/**
 * Writes an mp4 with H.264, which browsers and players show. The film is made in a temporary place, checked, and appears
 * under its name when it is finished: whole, or not at all.
 *
 * <pre>{@code
 * try (VideoWriter film = VideoWriter.open(file, 960, 540, 30)) {
 *     for (byte[] frame : frames) {
 *         film.write(frame);
 *     }
 *     film.finish();
 * }
 * }</pre>
 */
public final class VideoWriter implements AutoCloseable {
    private static final int CHANNELS = 3;
    private static final int BITS = 8;

    /** Enough that thin lines stay clean. */
    private static final double BITS_PER_PIXEL = 0.18;

    /** Two of them lie between places that a player can jump to. */
    private static final double KEY_FRAME_SECONDS = 1;

    private final Path target;
    private final Path working;
    private final int width;
    private final int height;
    private final FFmpegFrameRecorder recorder;
    private long frames;
    private boolean finished;

    private VideoWriter(Path target, Path working, int width, int height, FFmpegFrameRecorder recorder) {
        this.target = target;
        this.working = working;
        this.width = width;
        this.height = height;
        this.recorder = recorder;
    }

    /**
     * Begins a film.
     *
     * @param target the file to create or replace when the film is finished
     * @param width in pixels, even
     * @param height in pixels, even
     * @param frameRateHz frames per second
     * @throws DataException if FFmpeg is missing
     * @throws IllegalArgumentException if a size is odd or not positive, or the rate is not positive
     */
    public static VideoWriter open(Path target, int width, int height, double frameRateHz) throws IOException {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0) {
            throw new IllegalArgumentException("a film of " + width + " x " + height
                    + " pixels cannot be written; width and height are even numbers above 0");
        }
        if (!(frameRateHz > 0) || !Double.isFinite(frameRateHz)) {
            throw new IllegalArgumentException("a film of " + frameRateHz + " frames per second cannot be written");
        }
        Ffmpeg.require();
        Path working = Files.createTempFile("unrolled-film", ".mp4");
        FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(working.toFile(), width, height, 0);
        recorder.setFormat("mp4");
        recorder.setVideoCodec(AV_CODEC_ID_H264);
        recorder.setPixelFormat(AV_PIX_FMT_YUV420P);
        recorder.setFrameRate(frameRateHz);
        recorder.setGopSize(Math.max(1, (int) Math.round(KEY_FRAME_SECONDS * frameRateHz)));
        recorder.setVideoBitrate((int) (BITS_PER_PIXEL * width * height * frameRateHz));
        // The index comes first, so that a browser begins before it has all.
        recorder.setOption("movflags", "+faststart");
        try {
            recorder.start();
        } catch (FrameRecorder.Exception e) {
            release(recorder);
            Files.deleteIfExists(working);
            throw failure(target, e);
        }
        return new VideoWriter(target, working, width, height, recorder);
    }

    /**
     * Adds a frame.
     *
     * @param bgr rows from the top, three bytes for each pixel: blue, green, red. Not modified.
     */
    public void write(byte[] bgr) throws IOException {
        if (finished) {
            throw new IllegalStateException("the film " + target + " is finished; no frame can be added");
        }
        if (bgr.length != CHANNELS * width * height) {
            throw new IllegalArgumentException("a frame of " + bgr.length + " bytes for a film of " + width + " x "
                    + height + " pixels, expected " + CHANNELS * width * height);
        }
        try {
            recorder.recordImage(
                    width, height, BITS, CHANNELS, CHANNELS * width, AV_PIX_FMT_BGR24, ByteBuffer.wrap(bgr));
        } catch (FrameRecorder.Exception e) {
            throw failure(target, e);
        }
        frames++;
    }

    /**
     * Ends the film, reads back what was written, and puts it in its place.
     *
     * @throws IOException if it cannot be written there, or is not what it should be
     */
    public void finish() throws IOException {
        if (finished) {
            return;
        }
        finished = true;
        try {
            recorder.stop();
        } catch (FrameRecorder.Exception e) {
            throw failure(target, e);
        }
        check();
        AtomicFile.write(target, out -> Files.copy(working, out));
    }

    /** FFmpeg takes another codec without a word where it lacks the one it was asked for. */
    private void check() throws IOException {
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(working.toFile())) {
            grabber.start();
            int length = grabber.getLengthInVideoFrames();
            if (grabber.getVideoCodec() != AV_CODEC_ID_H264) {
                throw new IOException(target + " was not written: FFmpeg encoded " + grabber.getVideoCodecName()
                        + " in place of H.264; use a build of FFmpeg with an H.264 encoder such as libopenh264");
            }
            if (grabber.getImageWidth() != width || grabber.getImageHeight() != height || length != frames) {
                throw new IOException(target + " was not written: " + frames + " frames of " + width + " x " + height
                        + " went in and " + length + " of " + grabber.getImageWidth() + " x " + grabber.getImageHeight()
                        + " came out");
            }
        } catch (FrameGrabber.Exception e) {
            throw new IOException(target + " was not written: what FFmpeg encoded cannot be read back", e);
        }
    }

    private static IOException failure(Path target, FrameRecorder.Exception e) {
        return new IOException(target + " could not be encoded: " + e.getMessage(), e);
    }

    private static void release(FFmpegFrameRecorder recorder) throws IOException {
        try {
            recorder.release();
        } catch (FrameRecorder.Exception e) {
            throw new IOException("FFmpeg could not end: " + e.getMessage(), e);
        }
    }

    /** Frees the encoder; a film that was not finished leaves nothing behind. */
    @Override
    public void close() throws IOException {
        try {
            release(recorder);
        } finally {
            Files.deleteIfExists(working);
        }
    }
}
