package io.github.unrolled.datasets.motion.bvh;

import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.EulerOrder;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.util.ArrayList;
import java.util.List;

/**
 * The contents of a BVH file: a skeleton, the channels of its joints, and their numbers for every frame.
 *
 * <p>A joint's rotation is the product of its rotation channels in the order in which the file lists them. Position
 * channels say where the joint is in its parent's frame, in place of its offset: files that have them on every joint
 * repeat the offset in them, so adding both would double the skeleton. The root's position is that of its channels.
 *
 * @param skeleton joints in the order of the file, end sites included
 * @param channels of every joint, in the file's order; none for end sites
 * @param frameSeconds between two frames
 * @param frames the numbers of each frame in the file's order, positions in the file's unit and angles in degrees
 */
public record Bvh(Skeleton skeleton, List<List<Channel>> channels, double frameSeconds, List<double[]> frames) {
    /** Copies the lists, not the frames in them. */
    public Bvh {
        channels = channels.stream().map(List::copyOf).toList();
        frames = List.copyOf(frames);
        if (channels.size() != skeleton.size()) {
            throw new IllegalArgumentException(
                    "channels of " + channels.size() + " joints for a skeleton of " + skeleton.size());
        }
        for (int j = 1; j < skeleton.size(); j++) {
            int parent = skeleton.joints().get(j).parent();
            int open = j - 1;
            while (open > parent) {
                open = skeleton.joints().get(open).parent();
            }
            if (open != parent) {
                throw new IllegalArgumentException(
                        "joint " + j + " comes after a limb that is not its own; a file lists"
                                + " every limb to its end before the next one");
            }
        }
        int width = channels.stream().mapToInt(List::size).sum();
        for (double[] frame : frames) {
            if (frame.length != width) {
                throw new IllegalArgumentException(
                        "a frame of " + frame.length + " numbers for " + width + " channels");
            }
        }
    }

    /** How many numbers a frame has. */
    public int channelCount() {
        return channels.stream().mapToInt(List::size).sum();
    }

    /**
     * The motion that the numbers describe.
     *
     * @throws IllegalArgumentException if there is no frame
     */
    public Motion motion() {
        return new Motion(
                skeleton, frameSeconds, frames.stream().map(this::pose).toList());
    }

    private Pose pose(double[] frame) {
        List<Vector3> translations = new ArrayList<>(skeleton.size());
        List<Rotation> rotations = new ArrayList<>(skeleton.size());
        int at = 0;
        for (int j = 0; j < skeleton.size(); j++) {
            Vector3 translation = skeleton.joints().get(j).offset();
            Rotation rotation = Rotation.IDENTITY;
            for (Channel channel : channels.get(j)) {
                double value = frame[at++];
                if (channel.isRotation()) {
                    rotation = rotation.times(Rotation.about(channel.axis(), Math.toRadians(value)));
                } else {
                    translation = translation.with(channel.axis(), value);
                }
            }
            translations.add(translation);
            rotations.add(rotation);
        }
        return new Pose(translations, rotations);
    }

    /**
     * The same joints and channels with other frames. What a joint has no channel for is lost: a joint without rotation
     * channels does not turn.
     *
     * @param poses of this skeleton
     */
    public Bvh withPoses(List<Pose> poses) {
        List<double[]> written = new ArrayList<>(poses.size());
        for (Pose pose : poses) {
            double[] frame = new double[channelCount()];
            write(pose, written.isEmpty() ? frame : written.get(written.size() - 1), frame);
            written.add(frame);
        }
        return new Bvh(skeleton, channels, frameSeconds, written);
    }

    /** Angles are chosen within half a turn of the frame before: viewers interpolate between numbers. */
    private void write(Pose pose, double[] before, double[] frame) {
        int at = 0;
        for (int j = 0; j < skeleton.size(); j++) {
            List<Axis> axes = channels.get(j).stream()
                    .filter(Channel::isRotation)
                    .map(Channel::axis)
                    .toList();
            double[] angles = angles(axes, pose.rotations().get(j));
            int next = 0;
            for (Channel channel : channels.get(j)) {
                if (channel.isRotation()) {
                    double turns = Math.rint((before[at] - angles[next]) / 360);
                    frame[at] = angles[next++] + 360 * turns;
                } else {
                    frame[at] = pose.translations().get(j).along(channel.axis());
                }
                at++;
            }
        }
    }

    /** The angles in degrees of a joint's rotation channels. With fewer than three, what the listed axes can show of it. */
    private static double[] angles(List<Axis> axes, Rotation rotation) {
        if (axes.isEmpty()) {
            return new double[0];
        }
        StringBuilder name = new StringBuilder();
        axes.forEach(axis -> name.append(axis.name()));
        for (Axis axis : Axis.values()) {
            if (name.length() < 3 && axes.size() < 3 && !axes.contains(axis)) {
                name.append(axis.name());
            }
        }
        Vector3 all = rotation.toEuler(EulerOrder.valueOf(name.toString()));
        double[] degrees = {Math.toDegrees(all.x()), Math.toDegrees(all.y()), Math.toDegrees(all.z())};
        double[] kept = new double[axes.size()];
        System.arraycopy(degrees, 0, kept, 0, kept.length);
        return kept;
    }
}
