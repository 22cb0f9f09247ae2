package io.github.unrolled.datasets.motion.bvh;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.skeleton.EulerOrder;
import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Reads BVH files as they are found: any line ends, tabs and blanks, numbers without a leading zero or with exponents,
 * channels in any order and number, positions on any joint, limbs without an end site, more than one frame on a line.
 * Frames must be as many as the file says, each with one finite number per channel.
 */
public final class BvhReader {
    /** More joints than any body has; a file that nests deeper is not one. */
    private static final int MOST_JOINTS = 4096;

    private final WordReader words;
    private final List<Joint> joints = new ArrayList<>();
    private final List<List<Channel>> channels = new ArrayList<>();

    private BvhReader(WordReader words) {
        this.words = words;
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it is damaged, with the line
     */
    public static Bvh read(Path file) throws IOException {
        return read(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Reads the bytes of a file.
     *
     * @param name of the file, for messages
     */
    public static Bvh read(String name, byte[] bytes) {
        return new BvhReader(new WordReader(name, bytes)).file();
    }

    private Bvh file() {
        words.expect("HIERARCHY");
        words.expect("ROOT");
        hierarchy();
        if (words.isNext("ROOT")) {
            throw words.fault("there is a second ROOT; files with one skeleton are read, so cut the others out");
        }
        words.expect("MOTION");
        words.expect("Frames:");
        int frames = words.count("the number of frames");
        words.expect("Frame");
        words.expect("Time:");
        double frameSeconds = words.number("the frame time");
        if (frameSeconds <= 0) {
            throw words.fault("the frame time is " + frameSeconds + " s, expected more than 0");
        }
        return new Bvh(skeleton(), channels, frameSeconds, motion(frames));
    }

    private Skeleton skeleton() {
        try {
            return new Skeleton(joints);
        } catch (IllegalArgumentException e) {
            throw new DataException(words.name() + ": " + e.getMessage() + "; every joint needs a name of its own", e);
        }
    }

    private void hierarchy() {
        Deque<Integer> open = new ArrayDeque<>();
        open.push(joint(-1, words.rest("the root's name"), false));
        while (!open.isEmpty()) {
            String word = words.next("JOINT, End Site or }");
            switch (word) {
                case "JOINT" -> open.push(joint(open.peek(), words.rest("the joint's name"), false));
                case "End" -> {
                    words.expect("Site");
                    joint(open.peek(), joints.get(open.peek()).name() + " end", true);
                    words.expect("}");
                }
                case "}" -> open.pop();
                default -> throw words.fault("found '" + word + "' where JOINT, End Site or } is expected");
            }
        }
    }

    private int joint(int parent, String name, boolean isEnd) {
        if (joints.size() == MOST_JOINTS) {
            throw words.fault("there are more than " + MOST_JOINTS + " joints, which no skeleton has");
        }
        words.expect("{");
        words.expect("OFFSET");
        Vector3 offset = new Vector3(words.number("an offset"), words.number("an offset"), words.number("an offset"));
        joints.add(new Joint(name, parent, offset, isEnd));
        channels.add(!isEnd && words.isNext("CHANNELS") ? channels(name) : List.of());
        return joints.size() - 1;
    }

    private List<Channel> channels(String joint) {
        words.expect("CHANNELS");
        int count = words.count("the number of channels");
        if (count > 6) {
            throw words.fault("the joint " + joint + " has " + count + " channels, expected at most 6");
        }
        List<Channel> listed = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = words.next("a channel");
            Channel channel = Channel.named(name)
                    .orElseThrow(() -> words.fault(
                            "the joint " + joint + " has a channel '" + name + "', expected such as Zrotation"));
            if (!channel.isRotation() && listed.contains(channel)) {
                throw words.fault("the joint " + joint + " has the channel " + name + " twice");
            }
            listed.add(channel);
        }
        checkOrder(joint, listed);
        return listed;
    }

    private void checkOrder(String joint, List<Channel> listed) {
        List<String> axes = listed.stream()
                .filter(Channel::isRotation)
                .map(channel -> channel.axis().name())
                .toList();
        for (int i = 1; i < axes.size(); i++) {
            if (axes.get(i).equals(axes.get(i - 1))) {
                throw words.fault("the joint " + joint + " turns about " + axes.get(i) + " twice in a row");
            }
        }
        if (axes.size() > EulerOrder.XYZ.name().length()) {
            throw words.fault("the joint " + joint + " has " + axes.size() + " rotation channels, expected at most 3");
        }
    }

    private List<double[]> motion(int frames) {
        int width = channels.stream().mapToInt(List::size).sum();
        if (frames > 0 && width == 0) {
            throw words.fault("no joint has a channel, so there are no frames to read");
        }
        // Not sized by what the file says: memory grows with what is there.
        List<double[]> read = new ArrayList<>();
        for (int f = 0; f < frames; f++) {
            double[] frame = new double[width];
            for (int c = 0; c < width; c++) {
                frame[c] = words.number("frame " + (f + 1) + " of " + frames + ", number " + (c + 1) + " of " + width);
            }
            read.add(frame);
        }
        if (words.hasNext()) {
            throw words.fault("there are numbers after the last of " + frames + " frames of " + width
                    + "; the line Frames: or a frame is wrong");
        }
        return read;
    }
}
