package io.github.unrolled.video;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.Box;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoFrame;
import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.VideoReader;
import io.github.unrolled.datasets.video.VideoSource;
import io.github.unrolled.datasets.video.clip.ClipFrames;
import io.github.unrolled.datasets.video.grid.GridMouth;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.AtomicFile;
import io.github.unrolled.models.video.FrameStream;
import io.github.unrolled.models.video.SavedVideo;
import io.github.unrolled.models.video.VideoConfig;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntUnaryOperator;

/**
 * Labels one video frame by frame and writes what was found while it goes: a table of all frames, segments, a timeline and,
 * if asked for, a film. Frames are held only until their label is known.
 */
final class Labelling {
    private static final int WIDEST = 1280;
    /** Of a network that labels frames a window later, so many frames are held that they must not be large. */
    private static final int WIDEST_HELD = 640;

    private final SavedVideo saved;
    private final Engine engine;
    private final Optional<Box> part;
    private final Watch watch;

    /** Who looks on. */
    interface Watch {
        /** Told of every frame of the film: blue, green, red, rows from the top. */
        void frame(byte[] bgr, int width, int height);

        /** Whether to stop after this frame. */
        boolean stop();
    }

    /**
     * How to label.
     *
     * @param part of every frame that the network looks at; films show the whole
     */
    Labelling(SavedVideo saved, Engine engine, Optional<Box> part, Watch watch) {
        this.saved = saved;
        this.engine = engine;
        this.part = part;
        this.watch = watch;
    }

    /**
     * Where to write.
     *
     * @param folder in which
     * @param stem how the names of all files begin
     * @param film whether a film is made
     */
    record Target(Path folder, String stem, boolean film) {
        Path file(String ending) {
            return folder.resolve(stem + ending);
        }
    }

    /**
     * What came of it.
     *
     * @param frames that were labelled
     * @param label the most frequent one, or that of the clip
     * @param framesPerSecond how fast, everything included
     * @param problems what was damaged, a sentence each
     */
    record Outcome(long frames, String label, double framesPerSecond, List<String> problems) {}

    private record Held(long index, double seconds, byte[] picture) {}

    /** What grows, frame by frame. */
    private final class Work implements AutoCloseable {
        /** GRID's mouths are luma as it is coded, where black is 16 and white 235, and frames here are 0 to 255. */
        private static final float BLACK = 16 / ClipFrames.SCALE;

        private static final float WHITE = 235 / ClipFrames.SCALE;

        private final FrameStream stream = new FrameStream(saved, engine);
        private final Deque<Held> held = new ArrayDeque<>();
        private final SegmentList segments = new SegmentList();
        private final long[] counts = new long[saved.classes().size()];
        private final Optional<AnnotatedFilm> film;
        private final Writer csv;
        private final IntUnaryOperator truth;
        private int last;
        private double lastSeconds;
        private double gap;

        Work(Optional<AnnotatedFilm> film, Writer csv, IntUnaryOperator truth) {
            this.film = film;
            this.csv = csv;
            this.truth = truth;
        }

        void push(VideoFrame frame) throws IOException {
            VideoConfig config = saved.model().config();
            FrameSize size = new FrameSize(config.height(), config.width(), config.channels());
            byte[] bytes = new byte[size.values()];
            frame.copyTo(part.orElse(new Box(0, 0, frame.width(), frame.height())), size, bytes, 0);
            float[] values = new float[bytes.length];
            boolean coded = saved.trainedOn().equals(GridMouth.ID);
            for (int i = 0; i < bytes.length; i++) {
                float value = (bytes[i] & 0xff) / ClipFrames.SCALE;
                values[i] = coded ? BLACK + value * (WHITE - BLACK) : value;
            }
            byte[] picture = film.isPresent() ? film.get().scaled(frame) : new byte[0];
            held.add(new Held(frame.index(), frame.seconds(), picture));
            say(stream.push(values));
        }

        void say(List<FrameStream.Result> results) throws IOException {
            for (FrameStream.Result result : results) {
                Held frame = held.remove();
                gap = Math.max(0, frame.seconds() - lastSeconds);
                lastSeconds = frame.seconds();
                segments.add(result, frame.seconds());
                last = result.label();
                counts[last]++;
                csv.write(line(frame, result));
                if (film.isPresent()) {
                    AnnotatedFilm shown = film.get();
                    int known = truth.applyAsInt((int) Math.min(Integer.MAX_VALUE, frame.index()));
                    shown.add(frame.picture(), result, known);
                    watch.frame(shown.lastFrame(), shown.width(), shown.height());
                }
            }
        }

        private String line(Held frame, FrameStream.Result result) {
            StringBuilder line = new StringBuilder();
            int label = result.label();
            line.append(String.format(
                    Locale.ROOT,
                    "%d,%.4f,%s,%.4f",
                    frame.index(),
                    frame.seconds(),
                    quoted(saved.classes().get(label)),
                    result.probability(label)));
            for (int k = 0; k < counts.length; k++) {
                line.append(String.format(Locale.ROOT, ",%.4f", result.probability(k)));
            }
            return line.append('\n').toString();
        }

        void finish() throws IOException {
            say(stream.finish());
            segments.end(lastSeconds + gap);
        }

        String label() {
            if (saved.model().config().labelsClips()) {
                return saved.classes().get(last);
            }
            int most = 0;
            for (int k = 1; k < counts.length; k++) {
                most = counts[k] > counts[most] ? k : most;
            }
            return saved.classes().get(most);
        }

        @Override
        public void close() {
            stream.close();
        }
    }

    private static String quoted(String name) {
        return name.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? name
                : '"' + name.replace("\"", "\"\"") + '"';
    }

    /**
     * Labels a video.
     *
     * @param truth the true label of a frame, or -1
     * @throws DataException if not one frame can be read
     */
    Outcome label(VideoSource source, VideoOptions options, Target target, IntUnaryOperator truth) throws IOException {
        long started = System.nanoTime();
        List<String> problems = new ArrayList<>();
        List<Work> done = new ArrayList<>();
        Set<Integer> silences = Silences.of(saved.classes());
        double rateHz;
        try (VideoReader reader = VideoReader.open(source, options)) {
            checkPart(source, reader);
            rateHz = reader.frameRateHz() / options.stride();
            try (AnnotatedFilm film = target.film() ? film(reader, target, rateHz, silences) : null) {
                AtomicFile.write(target.file(".csv"), out -> {
                    Writer csv = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
                    csv.write(header());
                    try (Work work = new Work(Optional.ofNullable(film), csv, truth)) {
                        done.add(work);
                        all(reader, work, problems);
                        work.finish();
                    }
                    csv.flush();
                });
                if (film != null) {
                    film.finish();
                }
            }
            problems.addAll(reader.problems());
        }
        Work work = done.get(0);
        work.segments.write(target.file("-segments.json"), source.name(), saved.classes());
        new TimelinePicture(saved.classes(), silences, rateHz)
                .add("found", work.segments.segments(), (int) work.segments.frames())
                .write(target.file("-timeline.png"), target.stem());
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Outcome(work.segments.frames(), work.label(), work.segments.frames() / seconds, problems);
    }

    private void checkPart(VideoSource source, VideoReader reader) {
        if (part.isPresent() && !part.get().fits(reader.width(), reader.height())) {
            throw new DataException(source.name() + " has frames of " + reader.width() + "x" + reader.height()
                    + " pixels, and the part " + part.get() + " reaches beyond them; give one within");
        }
    }

    private AnnotatedFilm film(VideoReader reader, Target target, double rateHz, Set<Integer> silences)
            throws IOException {
        int widest;
        try (FrameStream stream = new FrameStream(saved, engine)) {
            widest = stream.delay() == 0 ? WIDEST : WIDEST_HELD;
        }
        return new AnnotatedFilm(
                target.file(".mp4"), reader.width(), reader.height(), widest, rateHz, saved.classes(), silences);
    }

    /** A video that breaks off gives what it has. */
    private void all(VideoReader reader, Work work, List<String> problems) throws IOException {
        try {
            for (Optional<VideoFrame> frame = reader.next();
                    frame.isPresent() && !watch.stop();
                    frame = reader.next()) {
                work.push(frame.get());
            }
        } catch (DataException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
    }

    private String header() {
        StringBuilder header = new StringBuilder("frame,seconds,label,probability");
        saved.classes().forEach(name -> header.append(',').append(quoted(name)));
        return header.append('\n').toString();
    }
}
