package io.github.unrolled.datasets.video.shapes;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipFrames;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Makes clips of moving shapes, grey and square. A clip is a chain of rounds. Each begins with a few frames with a bright
 * border in which one shape is shown alone: the leader. Then the border goes and one or two shapes of other kinds appear;
 * all move, go behind a pillar, leave the picture and return, among specks and noise. <b>The label of a frame is the kind of
 * the leader of its round</b>, seen or not; the label of a clip is that of its last frame. Since every shape moves as any
 * other would, a frame after the border says nothing about which shape leads: it must be remembered.
 *
 * <p>How often a classifier without memory can be right at best is therefore known; see
 * {@link Sample#memorylessAccuracy}. Immutable.
 *
 * @param frames of a clip, at least 24
 * @param side of a frame in pixels, at least 16
 */
public record MovingShapes(int frames, int side) {
    private static final int SHORTEST_ROUND = 24;
    private static final int LONGEST_ROUND = 40;
    private static final int SMALLEST_SIDE = 16;

    /** Frames per second when the clips are played. */
    public static final double FRAME_RATE_HZ = 25;

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if there are too few frames or pixels
     */
    public MovingShapes {
        if (frames < SHORTEST_ROUND || side < SMALLEST_SIDE) {
            throw new IllegalArgumentException("moving shapes of " + frames + " frames of " + side
                    + " pixels; at least " + SHORTEST_ROUND + " frames and " + SMALLEST_SIDE + " pixels");
        }
    }

    /** Clips of 96 frames of 32 x 32 pixels. */
    public static MovingShapes standard() {
        return new MovingShapes(96, 32);
    }

    /** The names of the labels: disc, square, triangle, cross. */
    public static List<String> classes() {
        return Kind.names();
    }

    /** Height, width and channels of the frames. */
    public FrameSize size() {
        return new FrameSize(side, side, 1);
    }

    /**
     * Clips, and what can be known of them without memory.
     *
     * @param clips each with its own group
     * @param memorylessAccuracy the share of their frames that a classifier of single frames gets right on average at best:
     *     one that knows how clips are made, where everything moves, and of what kind every shape is that lies neither wholly
     *     behind the pillar nor wholly outside, but sees no other frame. None without memory can do better.
     */
    public record Sample(ClipSet clips, double memorylessAccuracy) {}

    /**
     * Makes clips. The same seed gives the same clips; a larger number adds to them.
     *
     * @param name of the set
     * @param count how many
     * @param level whether frames or clips have the labels
     */
    public Sample sample(String name, int count, LabelLevel level, Seed seed) {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += render(rounds(seed, i), pixels(seed, i)).chance();
        }
        return new Sample(clips(name, count, level, seed), count == 0 ? 0 : sum / count);
    }

    /** The clips of {@link #sample} alone, each drawn when it is first read. */
    public ClipSet clips(String name, int count, LabelLevel level, Seed seed) {
        List<LabelledClip> clips = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            List<Round> rounds = rounds(seed, i);
            ClipFrames drawn = new DrawnFrames(this, rounds, pixels(seed, i));
            String clip = String.format(Locale.ROOT, "shapes-%05d", i);
            LabelledClip labelled = new LabelledClip(clip, clip, drawn, labels(rounds));
            clips.add(
                    level == LabelLevel.FRAME
                            ? labelled
                            : LabelledClip.ofClass(clip, clip, drawn, labelled.clipLabel()));
        }
        return new ClipSet(name, classes(), level, clips, List.of());
    }

    private List<Round> rounds(Seed seed, int clip) {
        return rounds(seed.split(clip).split("rounds"));
    }

    private static Seed pixels(Seed seed, int clip) {
        return seed.split(clip).split("pixels");
    }

    private int[] labels(List<Round> rounds) {
        int[] labels = new int[frames];
        int at = 0;
        for (Round round : rounds) {
            Arrays.fill(labels, at, at + round.length(), Kind.all().indexOf(round.label()));
            at += round.length();
        }
        return labels;
    }

    /** The pixels of a clip; chance is the mean of what its frames tell without memory. */
    record Rendered(byte[] bytes, double chance) {}

    List<Round> rounds(Seed seed) {
        RandomGenerator random = seed.generator();
        List<Round> rounds = new ArrayList<>();
        int left = frames;
        while (left >= 2 * SHORTEST_ROUND) {
            int longest = Math.min(LONGEST_ROUND, left - SHORTEST_ROUND);
            int length = SHORTEST_ROUND + random.nextInt(longest - SHORTEST_ROUND + 1);
            rounds.add(Round.draw(random, side, length));
            left -= length;
        }
        rounds.add(Round.draw(random, side, left));
        return rounds;
    }

    Rendered render(List<Round> rounds, Seed seed) {
        Painter painter = new Painter(side, seed.split("surroundings").generator());
        RandomGenerator noise = seed.split("noise").generator();
        byte[] bytes = new byte[frames * side * side];
        double chance = 0;
        int at = 0;
        for (Round round : rounds) {
            for (int f = 0; f < round.length(); f++) {
                painter.draw(round, f, at);
                chance += round.chance(f, painter.visible(round, f));
                painter.copy(noise, bytes, at * side * side);
                at++;
            }
        }
        return new Rendered(bytes, chance / frames);
    }
}
