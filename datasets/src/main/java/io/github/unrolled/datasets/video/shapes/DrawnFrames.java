package io.github.unrolled.datasets.video.shapes;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipFrames;
import io.github.unrolled.random.Seed;
import java.util.List;

/** Frames that are drawn when they are first read, and kept: a set that is only counted or partly read costs little. */
final class DrawnFrames implements ClipFrames {
    private final MovingShapes shapes;
    private final List<Round> rounds;
    private final Seed seed;
    private volatile ClipFrames drawn;

    DrawnFrames(MovingShapes shapes, List<Round> rounds, Seed seed) {
        this.shapes = shapes;
        this.rounds = rounds;
        this.seed = seed;
        this.drawn = this;
    }

    @Override
    public FrameSize size() {
        return shapes.size();
    }

    @Override
    public int frames() {
        return shapes.frames();
    }

    @Override
    public void readBytes(int from, int count, byte[] target, int offset) {
        drawn().readBytes(from, count, target, offset);
    }

    private ClipFrames drawn() {
        if (drawn == this) {
            // Two threads may draw the same frames; they are equal.
            drawn = ClipFrames.of(size(), shapes.render(rounds, seed).bytes());
        }
        return drawn;
    }
}
