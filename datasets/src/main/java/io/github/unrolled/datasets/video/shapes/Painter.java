package io.github.unrolled.datasets.video.shapes;

import java.util.List;
import java.util.random.RandomGenerator;

/** Draws frames of rounds. */
final class Painter {
    /** Points of a pixel, each way, that decide how much of it a shape covers. */
    private static final int SUBPIXELS = 3;

    private static final int PILLAR = 115;
    private static final int BORDER = 255;
    private static final double NOISE = 10;
    private static final int SPECKS = 3;

    private final int side;
    private final float[] canvas;
    private final int background;
    private final List<Speck> specks;

    private record Speck(Track track, int brightness) {}

    /**
     * A painter of one clip.
     *
     * @param side of a frame in pixels
     * @param random for the background and the specks, which have nothing to do with the labels
     */
    Painter(int side, RandomGenerator random) {
        this.side = side;
        this.canvas = new float[side * side];
        this.background = 25 + random.nextInt(35);
        List<Speck> drawn = new java.util.ArrayList<>();
        for (int i = 0; i < SPECKS; i++) {
            drawn.add(new Speck(Track.draw(random, side), 120 + random.nextInt(130)));
        }
        this.specks = drawn;
    }

    /** Draws a frame without noise. */
    void draw(Round round, int frame, int frameOfClip) {
        java.util.Arrays.fill(canvas, background);
        boolean cue = round.isCue(frame);
        if (cue) {
            pillar(round);
            shape(round, round.leader(), frame);
            border();
        } else {
            for (int i = 0; i < round.tracks().size(); i++) {
                shape(round, i, frame);
            }
            pillar(round);
        }
        for (Speck speck : specks) {
            speck(speck, frameOfClip);
        }
    }

    /**
     * How many shapes could have a pixel beside the pillar and within the picture if they were of any kind. What can be seen
     * where does then not depend on the kinds, and not to see a shape says nothing about them.
     */
    int visible(Round round, int frame) {
        int visible = 0;
        for (Track track : round.tracks()) {
            double centreX = track.xAfter(round.moved(frame), side);
            double centreY = track.yAfter(round.moved(frame), side);
            visible += isVisible(round, track, centreX, centreY) ? 1 : 0;
        }
        return visible;
    }

    private boolean isVisible(Round round, Track track, double centreX, double centreY) {
        int reach = (int) Math.ceil(track.radius()) + 1;
        for (int x = Math.max(0, (int) centreX - reach); x <= Math.min(side - 1, (int) centreX + reach); x++) {
            boolean behind = x >= round.pillarFrom() && x < round.pillarTo();
            for (int y = Math.max(0, (int) centreY - reach); !behind && y <= Math.min(side - 1, centreY + reach); y++) {
                for (Kind kind : Kind.all()) {
                    if (covered(kind, (x - centreX) / track.radius(), (y - centreY) / track.radius(), track) > 0) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private void pillar(Round round) {
        for (int y = 0; y < side; y++) {
            for (int x = round.pillarFrom(); x < round.pillarTo(); x++) {
                canvas[y * side + x] = PILLAR;
            }
        }
    }

    private void border() {
        for (int i = 0; i < side; i++) {
            canvas[i] = BORDER;
            canvas[(side - 1) * side + i] = BORDER;
            canvas[i * side] = BORDER;
            canvas[i * side + side - 1] = BORDER;
        }
    }

    private void shape(Round round, int index, int frame) {
        Track track = round.tracks().get(index);
        Kind kind = round.kinds().get(index);
        double centreX = track.xAfter(round.moved(frame), side);
        double centreY = track.yAfter(round.moved(frame), side);
        int reach = (int) Math.ceil(track.radius()) + 1;
        for (int y = Math.max(0, (int) centreY - reach); y <= Math.min(side - 1, (int) centreY + reach); y++) {
            for (int x = Math.max(0, (int) centreX - reach); x <= Math.min(side - 1, (int) centreX + reach); x++) {
                float covered = covered(kind, (x - centreX) / track.radius(), (y - centreY) / track.radius(), track);
                int at = y * side + x;
                if (covered > 0) {
                    canvas[at] += covered * (track.brightness() - canvas[at]);
                }
            }
        }
    }

    /** The share of a pixel, whose upper left corner is given in radii from the centre, that a shape covers. */
    private static float covered(Kind kind, double left, double top, Track track) {
        int inside = 0;
        double step = 1 / (SUBPIXELS * track.radius());
        for (int j = 0; j < SUBPIXELS; j++) {
            for (int i = 0; i < SUBPIXELS; i++) {
                inside += kind.contains(left + (i + 0.5) * step, top + (j + 0.5) * step) ? 1 : 0;
            }
        }
        return inside / (float) (SUBPIXELS * SUBPIXELS);
    }

    private void speck(Speck speck, int frame) {
        int x = (int) Math.floor(speck.track().xAfter(frame, side));
        int y = (int) Math.floor(speck.track().yAfter(frame, side));
        if (x >= 0 && x < side && y >= 0 && y < side) {
            canvas[y * side + x] = speck.brightness();
        }
    }

    /** What was drawn last, before noise and rounding. */
    byte[] exact() {
        java.nio.ByteBuffer bytes = java.nio.ByteBuffer.allocate(canvas.length * Float.BYTES);
        bytes.asFloatBuffer().put(canvas);
        return bytes.array();
    }

    /** Copies what was drawn last, with noise of this generator. */
    void copy(RandomGenerator noise, byte[] target, int offset) {
        for (int i = 0; i < canvas.length; i++) {
            long value = Math.round(canvas[i] + NOISE * noise.nextGaussian());
            target[offset + i] = (byte) Math.max(0, Math.min(255, value));
        }
    }
}
