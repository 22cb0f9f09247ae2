package io.github.unrolled.datasets.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_FFV1;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_H264;
import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_MJPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUVJ420P;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.model.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.FrameGrabber;
import org.bytedeco.javacv.FrameRecorder;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Writes films. The ending of the name decides the {@link Format}: an mp4 with H.264, which browsers and players show; an
 * avi with Motion JPEG; an mkv that keeps grey pictures exactly. The film is made in a temporary place, checked, and appears
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
    private static final int BITS = 8;
    private static final double MICROS = 1e6;

    /** Enough that thin lines stay clean. */
    public static final double USUAL_BITS_PER_PIXEL = 0.18;

    /** FFmpeg's scale of Motion JPEG, 2 best to 31. */
    private static final double JPEG_QUALITY = 3;

    /** What is written. */
    public enum Format {
        /** Colour, H.264 in mp4: width and height are even. */
        MP4(".mp4", "mp4", AV_CODEC_ID_H264, AV_PIX_FMT_YUV420P, 3),
        /** Colour, Motion JPEG in avi: width and height are even. */
        AVI(".avi", "avi", AV_CODEC_ID_MJPEG, AV_PIX_FMT_YUVJ420P, 3),
        /** Grey, FFV1 in mkv, without loss. */
        GREY_MKV(".mkv", "matroska", AV_CODEC_ID_FFV1, AV_PIX_FMT_GRAY8, 1);

        private final String ending;
        private final String container;
        private final int codec;
        private final int pixels;
        private final int channels;

        Format(String ending, String container, int codec, int pixels, int channels) {
            this.ending = ending;
            this.container = container;
            this.codec = codec;
            this.pixels = pixels;
            this.channels = channels;
        }

        /** Bytes of a pixel: 3 for blue, green, red; 1 for grey. */
        public int channels() {
            return channels;
        }

        /**
         * The format of a name.
         *
         * @throws IllegalArgumentException if the name ends otherwise
         */
        public static Format of(Path file) {
            for (Format format : values()) {
                if (file.toString().toLowerCase(Locale.ROOT).endsWith(format.ending)) {
                    return format;
                }
            }
            throw new IllegalArgumentException(
                    file + " is no name of a film that can be written; it ends with .mp4, .avi or .mkv");
        }
    }

    /** Two of them lie between places that a player can jump to. */
    private static final double KEY_FRAME_SECONDS = 1;

    private final Path target;
    private final Path working;
    private final Format format;
    private final int width;
    private final int height;
    private final FFmpegFrameRecorder recorder;
    private long frames;
    private boolean finished;

    private VideoWriter(Path target, Path working, Format format, int width, int height, FFmpegFrameRecorder recorder) {
        this.target = target;
        this.working = working;
        this.format = format;
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
     * @throws IllegalArgumentException if a size is odd or not positive, the rate is not positive, or the name ends as no
     *     {@link Format} does
     */
    public static VideoWriter open(Path target, int width, int height, double frameRateHz) throws IOException {
        return open(target, width, height, frameRateHz, USUAL_BITS_PER_PIXEL);
    }

    /**
     * Begins a film of another quality; see {@link #open(Path, int, int, double)}.
     *
     * @param bitsPerPixel how large an mp4 may get; {@link #USUAL_BITS_PER_PIXEL} for pictures with even areas, more for
     *     noise
     */
    public static VideoWriter open(Path target, int width, int height, double frameRateHz, double bitsPerPixel)
            throws IOException {
        Format format = Format.of(target);
        boolean even = width % 2 == 0 && height % 2 == 0;
        if (width <= 0 || height <= 0 || !(even || format == Format.GREY_MKV)) {
            throw new IllegalArgumentException("a film of " + width + " x " + height
                    + " pixels cannot be written; width and height are even numbers above 0");
        }
        if (!(frameRateHz > 0) || !Double.isFinite(frameRateHz)) {
            throw new IllegalArgumentException("a film of " + frameRateHz + " frames per second cannot be written");
        }
        Ffmpeg.require();
        Path working = Files.createTempFile("unrolled-film", format.ending);
        FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(working.toFile(), width, height, 0);
        recorder.setFormat(format.container);
        recorder.setVideoCodec(format.codec);
        recorder.setPixelFormat(format.pixels);
        recorder.setFrameRate(frameRateHz);
        if (format == Format.MP4) {
            recorder.setGopSize(Math.max(1, (int) Math.round(KEY_FRAME_SECONDS * frameRateHz)));
            recorder.setVideoBitrate((int) (bitsPerPixel * width * height * frameRateHz));
            // The index comes first, so that a browser begins before it has all.
            recorder.setOption("movflags", "+faststart");
        } else if (format == Format.AVI) {
            recorder.setVideoQuality(JPEG_QUALITY);
        }
        try {
            recorder.start();
        } catch (FrameRecorder.Exception e) {
            release(recorder);
            Files.deleteIfExists(working);
            throw failure(target, e);
        }
        return new VideoWriter(target, working, format, width, height, recorder);
    }

    /**
     * Adds a frame.
     *
     * @param pixels rows from the top, for each pixel blue, green, red, or one byte where the format is grey. Not modified.
     */
    public void write(byte[] pixels) throws IOException {
        if (finished) {
            throw new IllegalStateException("the film " + target + " is finished; no frame can be added");
        }
        int channels = format.channels;
        if (pixels.length != channels * width * height) {
            throw new IllegalArgumentException("a frame of " + pixels.length + " bytes for a film of " + width + " x "
                    + height + " pixels, expected " + channels * width * height);
        }
        try {
            recorder.recordImage(
                    width,
                    height,
                    BITS,
                    channels,
                    channels * width,
                    channels == 1 ? AV_PIX_FMT_GRAY8 : AV_PIX_FMT_BGR24,
                    ByteBuffer.wrap(pixels));
        } catch (FrameRecorder.Exception e) {
            throw failure(target, e);
        }
        frames++;
    }

    /**
     * Adds a frame of OpenCV.
     *
     * @param frame 8 bits: blue, green, red, or one channel where the format is grey. Not modified.
     * @throws IllegalArgumentException if it has another size or type
     */
    public void write(Mat frame) throws IOException {
        if (frame.cols() != width || frame.rows() != height || frame.type() != CV_8UC(format.channels)) {
            throw new IllegalArgumentException("a frame of " + frame.cols() + " x " + frame.rows() + " pixels of "
                    + frame.channels() + " channels for a film of " + width + " x " + height + " pixels of "
                    + format.channels + " channels, 8 bits each");
        }
        byte[] pixels = new byte[width * height * format.channels];
        if (frame.isContinuous()) {
            frame.data().get(pixels);
        } else {
            try (Mat whole = frame.clone()) {
                whole.data().get(pixels);
            }
        }
        write(pixels);
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
            if (grabber.getVideoCodec() != format.codec) {
                throw new IOException(target + " was not written: FFmpeg encoded " + grabber.getVideoCodecName()
                        + " for " + format.ending + "; use a build of FFmpeg with an encoder such as libopenh264");
            }
            // The length of an mkv is known by its time only.
            int length = format == Format.GREY_MKV
                    ? (int) Math.round(grabber.getLengthInTime() * grabber.getVideoFrameRate() / MICROS)
                    : grabber.getLengthInVideoFrames();
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
