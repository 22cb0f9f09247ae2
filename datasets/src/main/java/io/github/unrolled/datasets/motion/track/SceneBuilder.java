package io.github.unrolled.datasets.motion.track;

import io.github.unrolled.datasets.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Collects positions in the order of time and makes a {@link Scene} of them, refusing what is no track. The step in frame
 * numbers is the smallest that any walker takes.
 */
final class SceneBuilder {
    private final String name;
    private final double stepSeconds;
    private final double fastest;
    private final Map<String, Walker> walkers = new LinkedHashMap<>();
    private final List<Long> frames = new ArrayList<>();

    /** @param fastest metres a second that nobody exceeds */
    SceneBuilder(String name, double stepSeconds, double fastest) {
        this.name = name;
        this.stepSeconds = stepSeconds;
        this.fastest = fastest;
    }

    /** Grows with the file. */
    private static final class Walker {
        private int count;
        private long[] frames = new long[32];
        private int[] lines = new int[32];
        private double[] xy = new double[64];

        void add(int line, long frame, double x, double y) {
            if (count == frames.length) {
                frames = Arrays.copyOf(frames, 2 * count);
                lines = Arrays.copyOf(lines, 2 * count);
                xy = Arrays.copyOf(xy, 4 * count);
            }
            frames[count] = frame;
            lines[count] = line;
            xy[2 * count] = x;
            xy[2 * count + 1] = y;
            count++;
        }
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    void add(int line, long frame, String id, double x, double y) {
        if (!frames.isEmpty()) {
            long before = frames.get(frames.size() - 1);
            if (frame < before) {
                throw new DataException(name + ", line " + line + ": frame " + frame + " comes after frame " + before
                        + "; sort the lines by frame");
            }
            if (frame > before) {
                frames.add(frame);
            }
        } else {
            frames.add(frame);
        }
        Walker walker = walkers.computeIfAbsent(id, fresh -> new Walker());
        if (walker.count > 0 && walker.frames[walker.count - 1] == frame) {
            throw new DataException(name + ", line " + line + ": walker " + id + " is in frame " + frame
                    + " a second time, first in line " + walker.lines[walker.count - 1] + "; remove one of the two");
        }
        walker.add(line, frame, x, y);
    }

    Scene build() {
        if (frames.isEmpty()) {
            throw new DataException(name + " has no positions; expected lines of frame, id, x, y");
        }
        long[] all = frames.stream().mapToLong(Long::longValue).toArray();
        long step = frameStep();
        List<Track> tracks = new ArrayList<>();
        walkers.forEach((id, walker) -> tracks.add(track(id, walker, all, step)));
        return new Scene(name, stepSeconds, step, all, tracks);
    }

    private long frameStep() {
        long smallest = Long.MAX_VALUE;
        for (Walker walker : walkers.values()) {
            for (int i = 1; i < walker.count; i++) {
                smallest = Math.min(smallest, walker.frames[i] - walker.frames[i - 1]);
            }
        }
        return smallest == Long.MAX_VALUE ? 1 : smallest;
    }

    private Track track(String id, Walker walker, long[] all, long step) {
        double[] x = new double[walker.count];
        double[] y = new double[walker.count];
        for (int i = 0; i < walker.count; i++) {
            x[i] = walker.xy[2 * i];
            y[i] = walker.xy[2 * i + 1];
            if (i > 0) {
                checkStep(id, walker, i, step);
            }
        }
        return new Track(id, Arrays.binarySearch(all, walker.frames[0]), x, y);
    }

    private void checkStep(String id, Walker walker, int i, long step) {
        long frame = walker.frames[i];
        long before = walker.frames[i - 1];
        if (frame - before != step) {
            throw new DataException(name + ", line " + walker.lines[i] + ": walker " + id + " is in frame " + frame
                    + " after frame " + before + ", a gap, for the step of this file is " + step
                    + "; fill the gap, or give the walker another id after it");
        }
        double metres =
                Math.hypot(walker.xy[2 * i] - walker.xy[2 * i - 2], walker.xy[2 * i + 1] - walker.xy[2 * i - 1]);
        if (metres > fastest * stepSeconds) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s, line %d: walker %s moves %.1f metres in a step of %.3g seconds, faster than anybody runs;"
                            + " correct the position, the unit (metres) or the time step",
                    name,
                    walker.lines[i],
                    id,
                    metres,
                    stepSeconds));
        }
    }
}
