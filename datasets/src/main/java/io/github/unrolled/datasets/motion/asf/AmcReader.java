package io.github.unrolled.datasets.motion.asf;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Reads AMC files: what the bones of an {@link Asf} skeleton do, frame by frame. Bones without a line do not turn. */
public final class AmcReader {
    private static final int ROOT_NUMBERS = 6;

    private final Asf asf;
    private final Lines lines;

    private AmcReader(Asf asf, Lines lines) {
        this.asf = asf;
        this.lines = lines;
    }

    /**
     * Reads a file.
     *
     * @param frameSeconds between two frames, which the format does not say; 1/120 s for the trials of CMU
     * @throws DataException if it is damaged or of another skeleton, with the line
     */
    public static Motion read(Path file, Asf asf, double frameSeconds) throws IOException {
        return of(
                file.toString(), new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1), asf, frameSeconds);
    }

    /** Reads the text of a file. */
    static Motion of(String name, String text, Asf asf, double frameSeconds) {
        Lines lines = new Lines(name, text);
        List<Pose> poses = new AmcReader(asf, lines).poses();
        if (poses.isEmpty()) {
            throw new DataException(name + " has no frames; is it an AMC file, and whole?");
        }
        return new Motion(asf.skeleton(), frameSeconds, poses);
    }

    private List<Pose> poses() {
        while (lines.hasNext() && lines.peek().key().startsWith(":")) {
            Line line = lines.read();
            if (line.key().equals(":RADIANS")) {
                throw line.fault("the angles are in radians; files in :DEGREES are read");
            }
        }
        List<Pose> poses = new ArrayList<>();
        while (lines.hasNext()) {
            Line line = lines.read();
            String expected = Integer.toString(poses.size() + 1);
            if (!line.words().equals(List.of(expected))) {
                throw line.fault("found '" + line + "' where the frame number " + expected + " is expected");
            }
            poses.add(pose(line));
        }
        return poses;
    }

    private Pose pose(Line frame) {
        Skeleton skeleton = asf.skeleton();
        Pose rest = skeleton.restPose();
        List<Vector3> translations = new ArrayList<>(rest.translations());
        List<Rotation> rotations = new ArrayList<>(rest.rotations());
        Set<String> seen = new HashSet<>();
        while (lines.hasNext() && lines.peek().words().size() > 1) {
            Line line = lines.read();
            OptionalInt joint = skeleton.find(line.key());
            if (joint.isEmpty()) {
                throw line.fault("no bone of the skeleton is called '" + line.key() + "'; is this its ASF file?");
            }
            if (!seen.add(line.key())) {
                throw line.fault("the bone " + line.key() + " is listed twice in one frame");
            }
            int index = joint.getAsInt();
            Bone bone = asf.boneOf(index);
            double[] numbers =
                    numbers(line, index == 0 ? ROOT_NUMBERS : bone.freedoms().size());
            if (index == 0) {
                translations.set(0, new Vector3(numbers[0], numbers[1], numbers[2]));
                rotations.set(0, Asf.ofDegrees(new Vector3(numbers[3], numbers[4], numbers[5])));
            } else {
                rotations.set(index, bone.local(numbers));
            }
        }
        if (!seen.contains("root")) {
            throw frame.fault("frame " + frame + " has no root");
        }
        return new Pose(translations, rotations);
    }

    private double[] numbers(Line line, int count) {
        if (line.words().size() - 1 != count) {
            throw line.fault(
                    "the bone " + line.key() + " has " + (line.words().size() - 1) + " numbers, expected " + count);
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = line.decimal(i + 1);
        }
        return numbers;
    }
}
