package io.github.unrolled.datasets.motion.bvh;

import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import io.github.unrolled.model.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes BVH files: whole or not at all. */
public final class BvhWriter {
    private static final String INDENT = "  ";

    private BvhWriter() {}

    /** Writes a file; numbers keep six decimals. */
    public static void write(Path file, Bvh bvh) throws IOException {
        byte[] bytes = text(bvh).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(bytes));
    }

    /** The text of a file. */
    public static String text(Bvh bvh) {
        StringBuilder out = new StringBuilder("HIERARCHY\n");
        joint(bvh, 0, 0, out);
        out.append("MOTION\nFrames: ").append(bvh.frames().size());
        out.append("\nFrame Time: ").append(String.format(Locale.ROOT, "%.9f", bvh.frameSeconds()));
        for (double[] frame : bvh.frames()) {
            out.append('\n');
            for (int c = 0; c < frame.length; c++) {
                out.append(c == 0 ? "" : " ").append(decimal(frame[c]));
            }
        }
        return out.append('\n').toString();
    }

    private static void joint(Bvh bvh, int index, int depth, StringBuilder out) {
        Skeleton skeleton = bvh.skeleton();
        Joint joint = skeleton.joints().get(index);
        String indent = INDENT.repeat(depth);
        String kind = joint.isRoot() ? "ROOT " : "JOINT ";
        out.append(indent)
                .append(joint.isEnd() ? "End Site" : kind + joint.name())
                .append('\n');
        out.append(indent).append("{\n");
        Vector3 offset = joint.offset();
        out.append(indent).append(INDENT).append("OFFSET ");
        out.append(decimal(offset.x())).append(' ').append(decimal(offset.y())).append(' ');
        out.append(decimal(offset.z())).append('\n');
        List<Channel> channels = bvh.channels().get(index);
        if (!channels.isEmpty()) {
            out.append(indent).append(INDENT).append("CHANNELS ").append(channels.size());
            channels.forEach(channel -> out.append(' ').append(channel.name()));
            out.append('\n');
        }
        for (int child = index + 1; child < skeleton.size(); child++) {
            if (skeleton.joints().get(child).parent() == index) {
                joint(bvh, child, depth + 1, out);
            }
        }
        out.append(indent).append("}\n");
    }

    private static String decimal(double value) {
        String text = String.format(Locale.ROOT, "%.6f", value);
        return text.equals("-0.000000") ? "0.000000" : text;
    }
}
