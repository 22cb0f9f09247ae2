package io.github.unrolled.video;

import io.github.unrolled.datasets.drawing.Canvas;
import io.github.unrolled.datasets.drawing.Colour;
import io.github.unrolled.models.video.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Labels along the time, one strip above the other: what is true over what was found. */
final class TimelinePicture {
    private static final int WIDTH = 1000;
    private static final int MARGIN = 18;
    private static final int NAMES = 88;
    private static final int STRIP = 34;
    private static final int GAP = 8;
    private static final int MOST_NAMED = 24;

    private final List<String> classes;
    private final Set<Integer> silences;
    private final double frameRateHz;
    private final List<Strip> strips = new ArrayList<>();

    private record Strip(String name, List<Segment> segments, int frames) {}

    /**
     * Nothing drawn yet.
     *
     * @param classes names of the labels
     * @param silences labels that are drawn grey
     * @param frameRateHz frames a second
     */
    TimelinePicture(List<String> classes, Set<Integer> silences, double frameRateHz) {
        this.classes = classes;
        this.silences = silences;
        this.frameRateHz = frameRateHz;
    }

    /** One more strip below; returns this. */
    TimelinePicture add(String name, int... labels) {
        return add(name, Segment.runs(labels), labels.length);
    }

    /** One more strip below, of labels known by their segments; returns this. */
    TimelinePicture add(String name, List<Segment> segments, int frames) {
        strips.add(new Strip(name, List.copyOf(segments), frames));
        return this;
    }

    /** Writes the picture. */
    void write(Path png, String title) throws IOException {
        Set<Integer> present = new LinkedHashSet<>();
        strips.forEach(strip -> strip.segments().forEach(segment -> present.add(segment.label())));
        List<Integer> named = present.stream()
                .filter(label -> label >= 0)
                .sorted()
                .limit(MOST_NAMED)
                .toList();
        int perLine = 6;
        int lines = (named.size() + perLine - 1) / perLine;
        int height = 60 + strips.size() * (STRIP + GAP) + 28 + lines * 22 + MARGIN;
        try (Canvas canvas = new Canvas(WIDTH, height)) {
            canvas.fill(Paint.BACKGROUND);
            canvas.text(MARGIN, 32, 12, title, Paint.TEXT);
            int frames = strips.stream().mapToInt(Strip::frames).max().orElse(1);
            double left = MARGIN + NAMES;
            double perFrame = (WIDTH - left - MARGIN) / Math.max(1, frames);
            double y = 50;
            for (Strip strip : strips) {
                canvas.text(MARGIN, y + STRIP / 2.0 + 5, 9, strip.name(), Paint.TEXT);
                for (Segment segment : strip.segments()) {
                    draw(canvas, segment, left, perFrame, y);
                }
                y += STRIP + GAP;
            }
            seconds(canvas, left, frames, perFrame, y);
            y += 34;
            for (int i = 0; i < named.size(); i++) {
                double x = MARGIN + i % perLine * (WIDTH - 2.0 * MARGIN) / perLine;
                double line = y + i / perLine * 22;
                canvas.rectangle(x, line, 14, 14, colour(named.get(i)));
                canvas.text(x + 20, line + 12, 9, Paint.shortened(classes.get(named.get(i)), 14), Paint.TEXT);
            }
            canvas.write(png);
        }
    }

    private void draw(Canvas canvas, Segment segment, double left, double perFrame, double y) {
        double x = left + segment.from() * perFrame;
        double wide = Math.max(1, segment.frames() * perFrame);
        canvas.rectangle(x, y, wide, STRIP, colour(segment.label()));
        if (segment.label() >= 0) {
            String name = classes.get(segment.label());
            if (canvas.textWidth(name, 8) + 6 < wide) {
                canvas.text(x + 4, y + STRIP / 2.0 + 4, 8, name, Paint.inkOn(colour(segment.label())));
            }
        }
    }

    private Colour colour(int label) {
        return Paint.of(label, silences.contains(label));
    }

    private void seconds(Canvas canvas, double left, int frames, double perFrame, double y) {
        double all = frames / frameRateHz;
        double step = all <= 5 ? 0.5 : all <= 20 ? 2 : all <= 120 ? 10 : Math.ceil(all / 10);
        for (double at = 0; at <= all; at += step) {
            double x = left + at * frameRateHz * perFrame;
            canvas.line(x, y - GAP + 2.0, x, y - 1, 1, Paint.FAINT);
            String text = String.format(Locale.ROOT, step < 1 ? "%.1f s" : "%.0f s", at);
            if (x + 3 + canvas.textWidth(text, 7) < WIDTH) {
                canvas.text(x + 3, y + 10, 7, text, Paint.FAINT);
            }
        }
    }
}
