package io.github.unrolled.video;

import io.github.unrolled.datasets.drawing.Canvas;
import io.github.unrolled.datasets.drawing.Colour;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoFrame;
import io.github.unrolled.datasets.video.VideoWriter;
import io.github.unrolled.models.video.FrameStream;
import io.github.unrolled.models.video.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A film of a video with what was found under the picture: the label, how sure it is, and the labels of the last seconds.
 * Memory does not grow with its length.
 */
final class AnnotatedFilm implements AutoCloseable {
    private static final int LEAST_WIDTH = 400;
    private static final int PANEL = 104;
    private static final int MARGIN = 14;
    private static final double STRIP_SECONDS = 8;

    private final List<String> classes;
    private final Set<Integer> silences;
    private final FrameSize picture;
    private final int stripFrames;
    private final VideoWriter writer;
    private final Canvas canvas;
    private final Deque<Integer> found = new ArrayDeque<>();
    private final Deque<Integer> truths = new ArrayDeque<>();
    private byte[] last = {};

    /**
     * Begins a film.
     *
     * @param width of the video
     * @param height of the video
     * @param widest how wide the film may get
     */
    AnnotatedFilm(
            Path target,
            int width,
            int height,
            int widest,
            double frameRateHz,
            List<String> classes,
            Set<Integer> silences)
            throws IOException {
        this.classes = classes;
        this.silences = silences;
        int shown = Math.max(LEAST_WIDTH, Math.min(widest, width));
        // A small video is enlarged by a whole number, so that its pixels stay square and sharp enough to see.
        int enlarged = width < LEAST_WIDTH ? width * ((LEAST_WIDTH + width - 1) / width) : shown;
        int even = enlarged - enlarged % 2;
        int high = (int) Math.max(2, Math.round((double) even * height / width));
        this.picture = new FrameSize(high + high % 2, even, 3);
        this.stripFrames = (int) Math.max(24, Math.round(STRIP_SECONDS * frameRateHz));
        this.canvas = new Canvas(even, PANEL);
        this.writer = VideoWriter.open(target, even, picture.height() + PANEL, frameRateHz);
    }

    /** A frame in the size of the film, to be kept until its label is known. */
    byte[] scaled(VideoFrame frame) {
        byte[] pixels = new byte[picture.values()];
        frame.copyTo(picture, pixels, 0);
        return pixels;
    }

    /**
     * Adds a frame.
     *
     * @param scaled what {@link #scaled} gave
     * @param truth the true label, or -1
     */
    void add(byte[] scaled, FrameStream.Result result, int truth) throws IOException {
        push(found, result.label());
        push(truths, truth);
        panel(result, truth);
        byte[] panel = canvas.bgr();
        byte[] whole = new byte[scaled.length + panel.length];
        for (int i = 0; i < scaled.length; i += 3) {
            whole[i] = scaled[i + 2];
            whole[i + 1] = scaled[i + 1];
            whole[i + 2] = scaled[i];
        }
        System.arraycopy(panel, 0, whole, scaled.length, panel.length);
        writer.write(whole);
        last = whole;
    }

    private void push(Deque<Integer> strip, int label) {
        strip.addLast(label);
        if (strip.size() > stripFrames) {
            strip.removeFirst();
        }
    }

    private void panel(FrameStream.Result result, int truth) {
        int width = canvas.width();
        int label = result.label();
        double probability = result.probability(label);
        canvas.fill(Paint.BACKGROUND);
        canvas.rectangle(MARGIN, 13, 14, 14, Paint.of(label, silences.contains(label)));
        canvas.text(MARGIN + 22.0, 27, 13, Paint.shortened(classes.get(label), 18), Paint.TEXT);
        String sure = String.format(Locale.ROOT, "%.0f %%", 100 * probability);
        double bar = width * 0.36;
        double from = width - MARGIN - 46 - bar;
        canvas.rectangle(from, 14, bar, 13, Paint.CELL);
        Colour filled = silences.contains(label) ? Paint.FAINT : Paint.of(label, false);
        canvas.rectangle(from, 14, Math.max(1, bar * probability), 13, filled);
        canvas.text(width - MARGIN - canvas.textWidth(sure, 9), 25, 9, sure, Paint.TEXT);
        boolean known = truth >= 0 || truths.stream().anyMatch(each -> each >= 0);
        if (known) {
            strip("true", truths, 42, 20);
            strip("found", found, 66, 20);
        } else {
            strip("", found, 44, 40);
        }
    }

    private void strip(String name, Deque<Integer> labels, double y, double high) {
        double left = MARGIN + (name.isEmpty() ? 0 : 44);
        double perFrame = (canvas.width() - MARGIN - left) / stripFrames;
        canvas.text(MARGIN, y + high / 2 + 4, 8, name, Paint.FAINT);
        canvas.rectangle(left, y, canvas.width() - MARGIN - left, high, Paint.CELL);
        int[] all = labels.stream().mapToInt(Integer::intValue).toArray();
        for (Segment segment : Segment.runs(all)) {
            double x = left + segment.from() * perFrame;
            double wide = segment.frames() * perFrame;
            Colour colour = Paint.of(segment.label(), silences.contains(segment.label()));
            canvas.rectangle(x, y, Math.max(1, wide), high, colour);
            String word = segment.label() < 0 ? "" : classes.get(segment.label());
            if (canvas.textWidth(word, 8) + 6 < wide) {
                canvas.text(x + 3, y + high / 2 + 4, 8, word, Paint.inkOn(colour));
            }
        }
        double now = left + all.length * perFrame;
        canvas.line(now, y - 2, now, y + high + 2, 1.5, Paint.TEXT);
    }

    /** The last frame of the film: blue, green, red, rows from the top; empty before the first. */
    byte[] lastFrame() {
        return last;
    }

    /** Columns of the film. */
    int width() {
        return canvas.width();
    }

    /** Rows of the film. */
    int height() {
        return picture.height() + PANEL;
    }

    /** Ends the film; it is there after that, and not before. */
    void finish() throws IOException {
        writer.finish();
    }

    @Override
    public void close() throws IOException {
        canvas.close();
        writer.close();
    }
}
