package io.github.unrolled.datasets.video.shapes;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipFrames;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import io.github.unrolled.random.Seed;
import java.util.ArrayList;
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
        List<LabelledClip> clips = new ArrayList<>(count);
        double sum = 0;
        for (int i = 0; i < count; i++) {
            Rendered rendered =
                    render(rounds(seed.split(i).split("rounds")), seed.split(i).split("pixels"));
            String clip = String.format(Locale.ROOT, "shapes-%05d", i);
            LabelledClip labelled =
                    new LabelledClip(clip, clip, ClipFrames.of(size(), rendered.bytes()), rendered.labels());
            clips.add(
                    level == LabelLevel.FRAME
                            ? labelled
                            : LabelledClip.ofClass(clip, clip, labelled.frames(), labelled.clipLabel()));
            sum += rendered.chance();
        }
        return new Sample(new ClipSet(name, classes(), level, clips, List.of()), count == 0 ? 0 : sum / count);
    }

    /** Clips for training, validation and test, independent of one another. */
    public ClipSplit split(int train, int valid, int test, LabelLevel level, Seed seed) {
        return new ClipSplit(
                sample("shapes train", train, level, seed.split("train")).clips(),
                sample("shapes valid", valid, level, seed.split("valid")).clips(),
                sample("shapes test", test, level, seed.split("test")).clips());
    }

    /** A clip before it gets a name; chance is the mean of what its frames tell without memory. */
    record Rendered(byte[] bytes, int[] labels, double chance) {}

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
        int[] labels = new int[frames];
        double chance = 0;
        int at = 0;
        for (Round round : rounds) {
            for (int f = 0; f < round.length(); f++) {
                painter.draw(round, f, at);
                chance += round.chance(f, painter.visible(round, f));
                painter.copy(noise, bytes, at * side * side);
                labels[at] = Kind.all().indexOf(round.label());
                at++;
            }
        }
        return new Rendered(bytes, labels, chance / frames);
    }
}
