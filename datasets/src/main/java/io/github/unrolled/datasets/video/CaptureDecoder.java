package io.github.unrolled.datasets.video;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_PROP_FPS;
import static org.bytedeco.opencv.global.opencv_videoio.CAP_PROP_FRAME_COUNT;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.VideoOptions.Pixels;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_videoio.VideoCapture;

/** OpenCV's own reading: cameras, and Motion JPEG where FFmpeg is not there. */
final class CaptureDecoder implements Decoder {
    private static final double USUAL_RATE_HZ = 25;
    private static final double NANOS = 1e9;

    private final String name;
    private final VideoCapture capture;
    private final boolean live;
    private final Pixels pixels;
    private final double rateHz;
    private final OptionalLong declared;
    private final Mat current = new Mat();
    private long index = -1;
    private long begun;
    private double seconds;
    private int width;
    private int height;

    private CaptureDecoder(String name, VideoCapture capture, boolean live, VideoOptions options) {
        this.name = name;
        this.capture = capture;
        this.live = live;
        this.pixels = options.pixels();
        double rate = capture.get(CAP_PROP_FPS);
        this.rateHz = rate > 0 && Double.isFinite(rate) ? rate : USUAL_RATE_HZ;
        double count = live ? 0 : capture.get(CAP_PROP_FRAME_COUNT);
        this.declared = count >= 1 ? OptionalLong.of((long) count) : OptionalLong.empty();
    }

    static CaptureDecoder ofCamera(VideoSource.Camera camera, VideoOptions options) {
        return open(
                camera.name(),
                new VideoCapture(camera.index()),
                true,
                options,
                camera.name() + " cannot be opened; is it connected, and may this user read it?");
    }

    static CaptureDecoder ofFile(Path file, VideoOptions options) {
        return open(
                file.toString(),
                new VideoCapture(file.toString()),
                false,
                options,
                file + " cannot be opened by OpenCV, which reads Motion JPEG only; for other videos add"
                        + " org.bytedeco:ffmpeg (with the classifier of your platform too) and org.bytedeco:javacv");
    }

    private static CaptureDecoder open(
            String name, VideoCapture capture, boolean live, VideoOptions options, String otherwise) {
        if (options.pixels() == Pixels.LUMA) {
            capture.close();
            throw new DataException(name + " does not give luma values as coded; read it as grey");
        }
        if (!capture.isOpened()) {
            capture.close();
            throw new DataException(otherwise);
        }
        return new CaptureDecoder(name, capture, live, options);
    }

    @Override
    public int width() {
        return width;
    }

    @Override
    public int height() {
        return height;
    }

    @Override
    public double frameRateHz() {
        return rateHz;
    }

    @Override
    public OptionalLong declaredFrames() {
        return declared;
    }

    @Override
    public boolean advance() {
        if (!capture.read(current) || current.empty()) {
            return false;
        }
        index++;
        if (index == 0) {
            begun = System.nanoTime();
            width = current.cols();
            height = current.rows();
        }
        if (current.cols() != width || current.rows() != height) {
            throw new DataException(name + " changes the size of its frames from " + width + " x " + height + " to "
                    + current.cols() + " x " + current.rows() + " at frame " + index);
        }
        seconds = live ? (System.nanoTime() - begun) / NANOS : index / rateHz;
        return true;
    }

    @Override
    public double seconds() {
        return seconds;
    }

    @Override
    public void retrieve(Mat target) {
        if (pixels == Pixels.GREY && current.channels() == 3) {
            cvtColor(current, target, COLOR_BGR2GRAY);
        } else {
            current.copyTo(target);
        }
    }

    @Override
    public List<String> problems() {
        return List.of();
    }

    @Override
    public void close() {
        capture.release();
        capture.close();
        current.close();
    }
}
