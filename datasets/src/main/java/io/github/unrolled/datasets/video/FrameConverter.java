package io.github.unrolled.datasets.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_JPEG;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_FLAG_RGB;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_GRAY8;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_get_buffer;
import static org.bytedeco.ffmpeg.global.avutil.av_image_copy_plane;
import static org.bytedeco.ffmpeg.global.avutil.av_pix_fmt_desc_get;
import static org.bytedeco.ffmpeg.global.swscale.SWS_ACCURATE_RND;
import static org.bytedeco.ffmpeg.global.swscale.SWS_BILINEAR;
import static org.bytedeco.ffmpeg.global.swscale.sws_freeContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_getCoefficients;
import static org.bytedeco.ffmpeg.global.swscale.sws_getContext;
import static org.bytedeco.ffmpeg.global.swscale.sws_scale;
import static org.bytedeco.ffmpeg.global.swscale.sws_setColorspaceDetails;
import static org.bytedeco.opencv.global.opencv_core.CV_8UC;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_180;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_CLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.ROTATE_90_COUNTERCLOCKWISE;
import static org.bytedeco.opencv.global.opencv_core.rotate;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.VideoOptions.Pixels;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVPixFmtDescriptor;
import org.bytedeco.ffmpeg.swscale.SwsContext;
import org.bytedeco.ffmpeg.swscale.SwsFilter;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.opencv_core.Mat;

/** Turns frames of FFmpeg, all of one size and format, into matrices. */
final class FrameConverter implements AutoCloseable {
    private static final int QUARTER = 90;
    private static final int HALF = 180;
    private static final int NEUTRAL = 1 << 16;

    private final String name;
    private final Pixels pixels;
    private final int quarters;
    private final int width;
    private final int height;
    private final int format;
    private final Mat upright = new Mat();
    private final AVFrame converted = av_frame_alloc();
    private final SwsContext scaler;

    /**
     * For frames like this one.
     *
     * @param degrees by which the picture is turned clockwise, a multiple of 90
     */
    FrameConverter(String name, AVFrame like, Pixels pixels, int degrees) {
        this.name = name;
        this.pixels = pixels;
        this.quarters = degrees / QUARTER;
        this.width = like.width();
        this.height = like.height();
        this.format = like.format();
        if (pixels == Pixels.LUMA) {
            this.scaler = new SwsContext(null);
            requireLuma();
            return;
        }
        converted.width(width);
        converted.height(height);
        converted.format(channels() == 3 ? AV_PIX_FMT_BGR24 : AV_PIX_FMT_GRAY8);
        this.scaler = sws_getContext(
                width,
                height,
                format,
                width,
                height,
                converted.format(),
                SWS_BILINEAR | SWS_ACCURATE_RND,
                (SwsFilter) null,
                (SwsFilter) null,
                (DoublePointer) null);
        if (scaler == null || scaler.isNull() || av_frame_get_buffer(converted, 0) < 0) {
            close();
            throw new DataException(name + " has pixels of a format (" + format + ") that FFmpeg cannot convert");
        }
        int full = 1;
        int range = like.color_range() == AVCOL_RANGE_JPEG ? full : 0;
        sws_setColorspaceDetails(
                scaler,
                sws_getCoefficients(like.colorspace()),
                range,
                sws_getCoefficients(like.colorspace()),
                full,
                0,
                NEUTRAL,
                NEUTRAL);
    }

    private void requireLuma() {
        AVPixFmtDescriptor descriptor = av_pix_fmt_desc_get(format);
        if ((descriptor.flags() & AV_PIX_FMT_FLAG_RGB) != 0
                || descriptor.comp(0).depth() != 8
                || descriptor.comp(0).step() != 1) {
            close();
            throw new DataException(name + " is not coded as luma and chroma of 8 bits; read it as grey");
        }
    }

    private int channels() {
        return pixels == Pixels.BGR ? 3 : 1;
    }

    /** Columns after rotation. */
    int width() {
        return quarters % 2 == 0 ? width : height;
    }

    /** Rows after rotation. */
    int height() {
        return quarters % 2 == 0 ? height : width;
    }

    boolean fits(AVFrame frame) {
        return frame.width() == width && frame.height() == height;
    }

    void convert(AVFrame frame, Mat target) {
        if (frame.format() != format) {
            throw new DataException(name + " changes the format of its pixels on the way");
        }
        Mat direct = quarters == 0 ? target : upright;
        direct.create(height, width, CV_8UC(channels()));
        AVFrame from = frame;
        if (pixels != Pixels.LUMA) {
            sws_scale(scaler, frame.data(), frame.linesize(), 0, height, converted.data(), converted.linesize());
            from = converted;
        }
        int row = width * channels();
        av_image_copy_plane(direct.data(), row, from.data(0), from.linesize(0), row, height);
        if (quarters != 0) {
            rotate(upright, target, turn());
        }
    }

    private int turn() {
        return switch (quarters * QUARTER) {
            case QUARTER -> ROTATE_90_CLOCKWISE;
            case HALF -> ROTATE_180;
            default -> ROTATE_90_COUNTERCLOCKWISE;
        };
    }

    @Override
    public void close() {
        upright.close();
        av_frame_free(converted);
        if (scaler != null && !scaler.isNull()) {
            sws_freeContext(scaler);
        }
    }
}
