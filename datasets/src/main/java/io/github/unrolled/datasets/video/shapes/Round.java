package io.github.unrolled.datasets.video.shapes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * A part of a clip with one label. In its first frames a bright border is shown and one shape alone, the leader, whose kind
 * is the label until the next round. Then the border goes and the others appear. How shapes move does not depend on which
 * of them leads, so that nothing in the later frames tells it.
 *
 * @param length in frames
 * @param kinds of the shapes, all different
 * @param tracks of the shapes, in the order they are drawn
 * @param leader which of them was shown alone
 * @param pillarFrom first column of the pillar that shapes go behind
 * @param pillarTo column after its last
 */
record Round(int length, List<Kind> kinds, List<Track> tracks, int leader, int pillarFrom, int pillarTo) {
    /** Frames at the beginning that show the leader alone. */
    static final int CUE = 5;

    static Round draw(RandomGenerator random, int side, int length) {
        List<Kind> kinds = new ArrayList<>(Kind.all());
        Collections.shuffle(kinds, new Random(random.nextLong()));
        int shapes = 2 + random.nextInt(2);
        List<Track> tracks = new ArrayList<>();
        for (int i = 0; i < shapes; i++) {
            tracks.add(Track.draw(random, side));
        }
        int width = (int) Math.round(side * (0.28 + 0.1 * random.nextDouble()));
        int from = (int) Math.round((side - width) * (0.2 + 0.6 * random.nextDouble()));
        return new Round(
                length, List.copyOf(kinds.subList(0, shapes)), tracks, random.nextInt(shapes), from, from + width);
    }

    /** The same with another shape as the leader: all frames after the cue look the same. */
    Round ledBy(int other) {
        return new Round(length, kinds, tracks, other, pillarFrom, pillarTo);
    }

    Kind label() {
        return kinds.get(leader);
    }

    boolean isCue(int frame) {
        return frame < CUE;
    }

    /** Frames that the shapes have moved: they stand still during the cue. */
    int moved(int frame) {
        return Math.max(0, frame - CUE);
    }

    /**
     * The best chance to tell the label of a frame from what it shows, of whoever knows how frames are made and has seen no
     * other: certain in the cue; then any of the n shapes may be the leader, so with v of them visible each visible kind has
     * the chance 1/n and each of the K - v that are not visible has (n - v) / (n (K - v)).
     *
     * @param visible v, how many shapes are where they can be seen
     */
    double chance(int frame, int visible) {
        if (isCue(frame)) {
            return 1;
        }
        int shapes = kinds.size();
        double seen = visible > 0 ? 1.0 / shapes : 0;
        double unseen = (shapes - visible) / (double) (shapes * (Kind.all().size() - visible));
        return Math.max(seen, unseen);
    }
}
