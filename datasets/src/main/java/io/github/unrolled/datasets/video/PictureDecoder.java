package io.github.unrolled.datasets.video;

import static org.bytedeco.opencv.global.opencv_imgproc.COLOR_BGR2GRAY;
import static org.bytedeco.opencv.global.opencv_imgproc.cvtColor;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.video.VideoOptions.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bytedeco.opencv.opencv_core.Mat;

/** Pictures as frames. One that cannot be read is left out and reported. */
final class PictureDecoder implements Decoder {
    private final VideoSource.Pictures source;
    private final VideoOptions options;
    private final Mat current = new Mat();
    private final List<String> problems = new ArrayList<>();
    private int index = -1;
    private int width;
    private int height;

    PictureDecoder(VideoSource.Pictures source, VideoOptions options) {
        if (options.pixels() == Pixels.LUMA) {
            throw new DataException(source.name() + " are pictures, which have no coded luma; read them as grey");
        }
        this.source = source;
        this.options = options;
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
        return options.frameRateHz();
    }

    @Override
    public OptionalLong declaredFrames() {
        return OptionalLong.of(source.files().size());
    }

    @Override
    public boolean advance() {
        while (++index < source.files().size()) {
            Path file = source.files().get(index);
            try (Picture picture = ImageFile.read(file, options.megapixels())) {
                picture.copyBgr(current);
            } catch (DataException e) {
                problems.add(String.valueOf(e.getMessage()));
                continue;
            } catch (IOException e) {
                problems.add(file + " could not be read: " + e.getMessage());
                continue;
            }
            if (width == 0) {
                width = current.cols();
                height = current.rows();
            }
            if (current.cols() != width || current.rows() != height) {
                throw new DataException(file + " is " + current.cols() + " x " + current.rows()
                        + " pixels, the pictures before it " + width + " x " + height
                        + "; the frames of a video have one size");
            }
            return true;
        }
        return false;
    }

    @Override
    public double seconds() {
        return index / options.frameRateHz();
    }

    @Override
    public void retrieve(Mat target) {
        if (options.pixels() == Pixels.GREY) {
            cvtColor(current, target, COLOR_BGR2GRAY);
        } else {
            current.copyTo(target);
        }
    }

    @Override
    public List<String> problems() {
        return problems;
    }

    @Override
    public void close() {
        current.close();
    }
}
