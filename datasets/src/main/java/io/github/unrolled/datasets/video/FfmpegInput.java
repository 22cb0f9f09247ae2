package io.github.unrolled.datasets.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_DISPLAYMATRIX;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_side_data_get;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_find_best_stream;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_INVALIDDATA;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_free;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_set;
import static org.bytedeco.ffmpeg.global.avutil.av_display_rotation_get;

import io.github.unrolled.datasets.DataException;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;

/** An opened container and the video in it. */
final class FfmpegInput implements AutoCloseable {
    /** A playlist or script among files could name any other file, so only containers are opened. */
    private static final String CONTAINERS =
            "mov,mp4,m4a,3gp,3g2,mj2,avi,matroska,webm,mpeg,mpegvideo,mpegts,gif,apng,flv,asf,"
                    + "ogg,mjpeg,m4v,h264,hevc,av1,obu,ivf,nut,dv,mxf,rm,wav,mp3,aac,flac,ac3";

    private static final String SECONDS_TO_WAIT_IN_MICROS = "15000000";
    private static final double USUAL_RATE_HZ = 25;
    private static final double HIGHEST_RATE_HZ = 1000;
    private static final int QUARTER = 90;
    private static final int FULL = 360;

    private final AVFormatContext context;
    private final AVStream stream;

    private FfmpegInput(AVFormatContext context, AVStream stream) {
        this.context = context;
        this.stream = stream;
    }

    /**
     * Opens a container.
     *
     * @param name for messages
     * @param location as FFmpeg writes it
     * @param local whether it is a file
     */
    static FfmpegInput open(String name, String location, boolean local) {
        AVFormatContext context = new AVFormatContext(null);
        AVDictionary settings = new AVDictionary(null);
        if (local) {
            av_dict_set(settings, "protocol_whitelist", "file", 0);
            av_dict_set(settings, "format_whitelist", CONTAINERS, 0);
        } else {
            av_dict_set(settings, "rw_timeout", SECONDS_TO_WAIT_IN_MICROS, 0);
        }
        int code = avformat_open_input(context, location, (AVInputFormat) null, settings);
        av_dict_free(settings);
        if (code < 0) {
            throw new DataException(name + " cannot be opened as a video: " + FileKind.explain(location, code, local));
        }
        try {
            return new FfmpegInput(context, video(name, location, local, context));
        } catch (DataException e) {
            avformat_close_input(context);
            throw e;
        }
    }

    private static AVStream video(String name, String location, boolean local, AVFormatContext context) {
        int code = avformat_find_stream_info(context, (PointerPointer<?>) null);
        int index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, (AVCodec) null, 0);
        if (index < 0 || (context.streams(index).disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0) {
            boolean sound = av_find_best_stream(context, AVMEDIA_TYPE_AUDIO, -1, -1, (AVCodec) null, 0) >= 0;
            if (sound) {
                throw new DataException(name + " has sound and no video; a file with pictures is expected");
            }
            throw new DataException(name + " has no video: "
                    + FileKind.explain(location, code < 0 ? code : AVERROR_INVALIDDATA, local));
        }
        return context.streams(index);
    }

    AVFormatContext context() {
        return context;
    }

    AVStream stream() {
        return stream;
    }

    String codec() {
        return avcodec_get_name(stream.codecpar().codec_id()).getString();
    }

    double frameRateHz() {
        double average = value(stream.avg_frame_rate());
        double rate = average > 0 && average <= HIGHEST_RATE_HZ ? average : value(stream.r_frame_rate());
        return rate > 0 && rate <= HIGHEST_RATE_HZ ? rate : USUAL_RATE_HZ;
    }

    /** How long the container says that it is, or 0 if that is only estimated. */
    double declaredSeconds() {
        long duration = context.duration();
        boolean known = duration > 0 && context.duration_estimation_method() != AVFMT_DURATION_FROM_BITRATE;
        return known ? duration / (double) AV_TIME_BASE : 0;
    }

    double timeBaseSeconds() {
        return value(stream.time_base());
    }

    private static double value(AVRational ratio) {
        return ratio.den() == 0 ? 0 : ratio.num() / (double) ratio.den();
    }

    /** By how much the picture is to be turned clockwise: 0, 90, 180 or 270. */
    int degrees() {
        AVPacketSideData data = av_packet_side_data_get(
                stream.codecpar().coded_side_data(), stream.codecpar().nb_coded_side_data(), AV_PKT_DATA_DISPLAYMATRIX);
        if (data == null || data.isNull() || data.size() < 9 * Integer.BYTES) {
            return 0;
        }
        double counterClockwise = av_display_rotation_get(new IntPointer(data.data()));
        if (Double.isNaN(counterClockwise)) {
            return 0;
        }
        return Math.floorMod((int) Math.round(-counterClockwise / QUARTER) * QUARTER, FULL);
    }

    @Override
    public void close() {
        avformat_close_input(context);
    }
}
