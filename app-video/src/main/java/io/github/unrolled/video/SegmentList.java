package io.github.unrolled.video;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.AtomicFile;
import io.github.unrolled.models.video.FrameStream;
import io.github.unrolled.models.video.Segment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs of equal labels, gathered along a stream. */
final class SegmentList {
    private final List<Found> segments = new ArrayList<>();
    private int label = -1;
    private long from;
    private double fromSeconds;
    private double sum;
    private long frames;

    private record Found(int label, long from, long to, double fromSeconds, double toSeconds, double probability) {}

    /** Adds the next frame; seconds are those of the video. */
    void add(FrameStream.Result result, double seconds) {
        if (result.label() != label) {
            end(seconds);
            label = result.label();
            from = frames;
            fromSeconds = seconds;
            sum = 0;
        }
        sum += result.probability(label);
        frames++;
    }

    /** Ends the last segment. */
    void end(double seconds) {
        if (label >= 0 && frames > from) {
            segments.add(new Found(label, from, frames, fromSeconds, seconds, sum / (frames - from)));
        }
        label = -1;
    }

    /** The segments, in labelled frames. */
    List<Segment> segments() {
        return segments.stream()
                .map(each -> new Segment(each.label, (int) each.from, (int) each.to))
                .toList();
    }

    /** How many frames were added. */
    long frames() {
        return frames;
    }

    /** Writes them as JSON: label, frames, seconds and mean probability of each. */
    void write(Path file, String source, List<String> classes) throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("source", source).put("frames", frames);
        ArrayNode list = root.putArray("segments");
        for (Found each : segments) {
            list.addObject()
                    .put("label", classes.get(each.label))
                    .put("fromFrame", each.from)
                    .put("toFrame", each.to)
                    .put("fromSeconds", rounded(each.fromSeconds))
                    .put("toSeconds", rounded(each.toSeconds))
                    .put("probability", rounded(each.probability));
        }
        AtomicFile.write(file, mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    private static double rounded(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
