package io.github.unrolled.datasets.video;

import static org.bytedeco.ffmpeg.global.avcodec.av_packet_alloc;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_free;
import static org.bytedeco.ffmpeg.global.avcodec.av_packet_unref;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_alloc_context3;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_find_decoder;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_free_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_open2;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_parameters_to_context;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_receive_frame;
import static org.bytedeco.ffmpeg.global.avcodec.avcodec_send_packet;
import static org.bytedeco.ffmpeg.global.avformat.av_read_frame;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_alloc;
import static org.bytedeco.ffmpeg.global.avutil.av_frame_free;
import static org.bytedeco.ffmpeg.presets.avutil.AVERROR_EAGAIN;

import io.github.unrolled.datasets.DataException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * FFmpeg's reading. At the end of the packets the decoder is drained, because it holds back frames that are shown later than
 * they are coded.
 */
final class FfmpegDecoder implements Decoder {
    private static final double MEGA = 1e6;
    private static final double LEAST_MISSING_SECONDS = 1;
    private static final double LEAST_MISSING_SHARE = 0.1;
    /** A flag of a frame: FFmpeg's AV_FRAME_FLAG_CORRUPT. */
    private static final int CORRUPT = 1;

    private final String name;
    private final VideoOptions options;
    private final FfmpegInput input;
    private final AVCodecContext codec;
    private final AVPacket packet = av_packet_alloc();
    private final AVFrame frame = av_frame_alloc();
    private final double rateHz;
    private final double timeBase;
    private final OptionalLong declared;
    private final List<String> reported = new ArrayList<>();
    private Optional<FrameConverter> converter = Optional.empty();
    private boolean draining;
    private boolean ended;
    private long index = -1;
    private long firstStamp = AV_NOPTS_VALUE;
    private double seconds;
    private long damaged;
    private double firstDamageSeconds;

    private FfmpegDecoder(String name, VideoOptions options, FfmpegInput input, AVCodecContext codec) {
        this.name = name;
        this.options = options;
        this.input = input;
        this.codec = codec;
        this.rateHz = input.frameRateHz();
        this.timeBase = input.timeBaseSeconds();
        long frames = input.stream().nb_frames();
        this.declared = frames > 0 ? OptionalLong.of(frames) : OptionalLong.empty();
    }

    static FfmpegDecoder open(String name, String location, boolean local, VideoOptions options) {
        FfmpegInput input = FfmpegInput.open(name, location, local);
        AVCodecContext codec = new AVCodecContext(null);
        try {
            checkSize(name, input, options.megapixels());
            AVCodec decoder = avcodec_find_decoder(input.stream().codecpar().codec_id());
            if (decoder == null || decoder.isNull()) {
                throw new DataException(name + " is coded as " + input.codec()
                        + ", which this build of FFmpeg cannot decode; convert it to H.264");
            }
            codec = avcodec_alloc_context3(decoder);
            int code = avcodec_parameters_to_context(codec, input.stream().codecpar());
            codec.thread_count(1);
            if (code >= 0) {
                code = avcodec_open2(codec, decoder, (AVDictionary) null);
            }
            if (code < 0) {
                throw new DataException(name + " cannot be decoded as " + input.codec() + ": " + Ffmpeg.describe(code));
            }
            return new FfmpegDecoder(name, options, input, codec);
        } catch (DataException e) {
            if (!codec.isNull()) {
                avcodec_free_context(codec);
            }
            input.close();
            throw e;
        }
    }

    private static void checkSize(String name, FfmpegInput input, double megapixels) {
        long width = input.stream().codecpar().width();
        long height = input.stream().codecpar().height();
        if (width * height > megapixels * MEGA) {
            throw new DataException(name + " declares frames of " + width + " x " + height + " pixels, more than the "
                    + megapixels + " million that are allowed");
        }
    }

    @Override
    public int width() {
        return converter.map(FrameConverter::width).orElse(0);
    }

    @Override
    public int height() {
        return converter.map(FrameConverter::height).orElse(0);
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
        while (!ended) {
            int code = avcodec_receive_frame(codec, frame);
            if (code == 0) {
                accept();
                return true;
            }
            if (code != AVERROR_EAGAIN() && code != AVERROR_EOF) {
                noteDamage();
            }
            if (code == AVERROR_EOF || draining) {
                ended = true;
                reportMissing();
            } else {
                feed();
            }
        }
        return false;
    }

    /** Gives the decoder the next packet of the video. */
    private void feed() {
        while (true) {
            int code = av_read_frame(input.context(), packet);
            if (code < 0) {
                if (code != AVERROR_EOF) {
                    reported.add(name + " cannot be read to its end: " + Ffmpeg.describe(code));
                }
                draining = true;
                avcodec_send_packet(codec, new AVPacket(null));
                return;
            }
            boolean ours = packet.stream_index() == input.stream().index();
            if (ours) {
                code = avcodec_send_packet(codec, packet);
                if (code < 0) {
                    noteDamage();
                }
            }
            av_packet_unref(packet);
            if (ours) {
                return;
            }
        }
    }

    private void accept() {
        index++;
        long stamp = frame.best_effort_timestamp();
        if (firstStamp == AV_NOPTS_VALUE) {
            firstStamp = stamp;
        }
        seconds = stamp == AV_NOPTS_VALUE || firstStamp == AV_NOPTS_VALUE
                ? index / rateHz
                : (stamp - firstStamp) * timeBase;
        if ((frame.flags() & CORRUPT) != 0 || frame.decode_error_flags() != 0) {
            noteDamage();
        }
        if (converter.isEmpty()) {
            if ((double) frame.width() * frame.height() > options.megapixels() * MEGA) {
                throw new DataException(name + " has frames of " + frame.width() + " x " + frame.height()
                        + " pixels, more than the " + options.megapixels() + " million that are allowed");
            }
            converter = Optional.of(new FrameConverter(name, frame, options.pixels(), input.degrees()));
        } else if (!converter.get().fits(frame)) {
            throw new DataException(name + " changes the size of its frames to " + frame.width() + " x "
                    + frame.height() + " at frame " + index + "; convert it to one size first");
        }
    }

    private void noteDamage() {
        if (damaged == 0) {
            firstDamageSeconds = Math.max(0, seconds);
        }
        damaged++;
    }

    /**
     * A container that says how many frames it has or how long it is, and ends before, was cut off. It may count frames that
     * it does not hold because they repeat the one before: then the time of the last is right. Its length is that of its
     * longest part, which may be the sound, so only a large difference counts.
     */
    private void reportMissing() {
        long found = index + 1;
        double end = seconds + 1 / rateHz;
        double length = input.declaredSeconds();
        if (declared.isPresent()) {
            long expected = declared.getAsLong();
            if (found < expected && seconds * rateHz + 1.5 < expected) {
                reported.add(name + " has " + found + " frames that can be decoded of the " + expected
                        + " that it declares; was it cut off?");
            }
        } else if (found > 0 && length - end > Math.max(LEAST_MISSING_SECONDS, LEAST_MISSING_SHARE * length)) {
            reported.add(String.format(
                    Locale.ROOT,
                    "%s ends after %.2f seconds of the %.2f that it declares; was it cut off?",
                    name,
                    end,
                    length));
        }
    }

    @Override
    public double seconds() {
        return seconds;
    }

    @Override
    public void retrieve(Mat target) {
        converter.orElseThrow().convert(frame, target);
    }

    @Override
    public List<String> problems() {
        List<String> all = new ArrayList<>(reported);
        if (damaged > 0) {
            all.add(String.format(
                    Locale.ROOT,
                    "%s is damaged: %d pieces of it could not be decoded cleanly, the first about %.2f seconds in",
                    name,
                    damaged,
                    firstDamageSeconds));
        }
        return all;
    }

    @Override
    public void close() {
        converter.ifPresent(FrameConverter::close);
        av_frame_free(frame);
        av_packet_free(packet);
        avcodec_free_context(codec);
        input.close();
    }
}
