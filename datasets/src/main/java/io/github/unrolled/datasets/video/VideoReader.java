package io.github.unrolled.datasets.video;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.OpenCv;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Reads the frames of a video: files of all usual kinds, numbered pictures, cameras, streams. Frames are turned as the file
 * says. A thread decodes ahead, a bounded number of frames, into matrices that are used again, so that a stream of any
 * length takes the same memory. A damaged file gives what can be decoded, and {@link #problems} says what was wrong.
 *
 * <pre>{@code
 * try (VideoReader video = VideoReader.open(file)) {
 *     for (Optional<VideoFrame> frame = video.next(); frame.isPresent(); frame = video.next()) {
 *         // the frame is this reader's until the next call
 *     }
 * }
 * }</pre>
 *
 * <p>Closed by whoever opened it. Used by one thread.
 */
public final class VideoReader implements AutoCloseable {
    /** Bytes of frames decoded ahead: very large frames are fewer than the options say. */
    private static final long LARGEST_AHEAD = 1L << 28;

    private final VideoSource source;
    private final Decoder decoder;
    private final VideoOptions options;
    private final BlockingQueue<Item> ready;
    private final BlockingQueue<Mat> free;
    private final List<Mat> all = new ArrayList<>();
    private final Thread thread;
    private Optional<Mat> lent = Optional.empty();
    private List<String> problems = List.of();
    private boolean ended;
    private boolean closed;

    /** What the decoding thread hands over. */
    private sealed interface Item {
        record Decoded(VideoFrame frame) implements Item {}

        /** No more frames; what was wrong, and a fault that is passed on to the reader. */
        record End(List<String> problems, Optional<RuntimeException> fault) implements Item {}
    }

    private VideoReader(VideoSource source, Decoder decoder, VideoOptions options) {
        this.source = source;
        this.decoder = decoder;
        this.options = options;
        long frameBytes = 3L * decoder.width() * decoder.height();
        int matrices = (int) Math.max(2, Math.min(options.ahead() + 1L, LARGEST_AHEAD / frameBytes));
        this.ready = new ArrayBlockingQueue<>(matrices + 1);
        this.free = new ArrayBlockingQueue<>(matrices);
        for (int i = 0; i < matrices; i++) {
            Mat mat = new Mat();
            all.add(mat);
            free.add(mat);
        }
        this.thread = new Thread(this::decode, "unrolled-video " + source.name());
        this.thread.setDaemon(true);
    }

    /** Opens a file; see {@link #open(VideoSource, VideoOptions)}. */
    public static VideoReader open(Path file) {
        return open(VideoSource.of(file), VideoOptions.standard());
    }

    /**
     * Opens a video and decodes its first frame.
     *
     * @throws DataException if it is missing, no video, damaged so that nothing can be decoded, has only sound or no frames,
     *     or if OpenCV or FFmpeg is not on the class path
     */
    public static VideoReader open(VideoSource source, VideoOptions options) {
        OpenCv.require();
        Decoder decoder = Decoders.open(source, options);
        try {
            if (!decoder.advance()) {
                String why = decoder.problems().isEmpty() ? "" : " (" + String.join("; ", decoder.problems()) + ")";
                throw new DataException(
                        source.name() + " has no frame that can be decoded" + why + "; is it complete?");
            }
            VideoReader reader = new VideoReader(source, decoder, options);
            reader.thread.start();
            return reader;
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    /** What is read. */
    public VideoSource source() {
        return source;
    }

    /** Columns of a frame. */
    public int width() {
        return decoder.width();
    }

    /** Rows of a frame. */
    public int height() {
        return decoder.height();
    }

    /** Frames per second of the source, on average; with a stride, fewer are given. */
    public double frameRateHz() {
        return decoder.frameRateHz();
    }

    /** How many frames the source says that it has, if it does; there may be fewer. */
    public OptionalLong declaredFrames() {
        return decoder.declaredFrames();
    }

    /**
     * What was damaged, a sentence each; complete when {@link #next} has given nothing. Empty if all was well.
     */
    public List<String> problems() {
        return problems;
    }

    /**
     * The next frame, or nothing at the end. Ends the life of the frame before.
     *
     * @throws DataException if the source cannot be read further, such as when the size of its frames changes
     */
    public Optional<VideoFrame> next() {
        if (closed) {
            throw new IllegalStateException("the reader of " + source.name() + " is closed");
        }
        if (ended) {
            return Optional.empty();
        }
        lent.ifPresent(free::add);
        lent = Optional.empty();
        Item item;
        try {
            item = ready.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DataException("reading " + source.name() + " was interrupted", e);
        }
        if (item instanceof Item.Decoded decoded) {
            lent = Optional.of(decoded.frame().mat());
            return Optional.of(decoded.frame());
        }
        Item.End end = (Item.End) item;
        ended = true;
        problems = end.problems();
        end.fault().ifPresent(fault -> {
            throw fault;
        });
        return Optional.empty();
    }

    /** Runs on the decoding thread. The first frame is already decoded. */
    private void decode() {
        try {
            Optional<RuntimeException> fault = Optional.empty();
            try {
                hand();
            } catch (RuntimeException e) {
                fault = Optional.of(e);
            } catch (OutOfMemoryError | LinkageError e) {
                // Whoever waits for a frame must hear of it.
                fault = Optional.of(new DataException(source.name() + " cannot be decoded further: " + e, e));
            }
            ready.put(new Item.End(List.copyOf(decoder.problems()), fault));
        } catch (InterruptedException e) {
            // Closed before the end: nobody waits for more.
            Thread.currentThread().interrupt();
        }
    }

    private void hand() throws InterruptedException {
        long index = 0;
        do {
            double seconds = decoder.seconds();
            if (seconds >= options.toSeconds()) {
                return;
            }
            if (index % options.stride() == 0 && seconds >= options.fromSeconds()) {
                Mat mat = free.take();
                decoder.retrieve(mat);
                ready.put(new Item.Decoded(new VideoFrame(index, seconds, mat)));
            } else if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            index++;
        } while (decoder.advance());
    }

    /** Stops decoding and frees the memory; frames that were given are gone. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        decoder.close();
        all.forEach(Mat::close);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
