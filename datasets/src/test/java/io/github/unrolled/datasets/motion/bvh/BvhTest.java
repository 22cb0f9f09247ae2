package io.github.unrolled.datasets.motion.bvh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.MirroredFiles;
import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BvhTest {
    /** All that files do: CRLF, tabs, no leading zero, exponents, rotations before positions, mixed orders, no end site. */
    private static final String TRAPS = String.join(
            "\r\n",
            "HIERARCHY",
            "ROOT\tmixamorig:Hips ",
            "{",
            "\tOFFSET 0 0 0",
            "\tCHANNELS 6 Yrotation Xrotation Zrotation Xposition Yposition Zposition ",
            "\tJOINT Upper Leg",
            "\t{",
            "\t\tOFFSET .5 -5.51764e-07 0",
            "\t\tCHANNELS 3 Zrotation Xrotation Yrotation",
            "\t\tJOINT Moved",
            "\t\t{",
            "\t\t\tOFFSET 0 -2 0",
            "\t\t\tCHANNELS 6 Xposition Yposition Zposition Zrotation Yrotation Xrotation",
            "\t\t}",
            "\t}",
            "\tJOINT Stiff",
            "\t{",
            "\t\tOFFSET 0 1 0",
            "\t\tEnd Site",
            "\t\t{",
            "\t\t\tOFFSET 0 1e0 0",
            "\t\t}",
            "\t}",
            "}",
            "MOTION",
            "Frames: 2",
            "Frame Time: .0083333",
            "0 0 90 1 2 3\t0 0 0  0 -2 0 0 0 0 ",
            "90 0 0 0 0 0 90 0 0 0 -3 0 0 0 1e1",
            "");

    private static Bvh read(String text) {
        return BvhReader.read("made.bvh", text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertClose(Vector3 actual, double x, double y, double z, double tolerance) {
        assertThat(actual.minus(new Vector3(x, y, z)).length()).as("%s", actual).isLessThan(tolerance);
    }

    @Test
    void copesWithWhatFilesDo() {
        Bvh bvh = read(TRAPS);
        Skeleton skeleton = bvh.skeleton();
        assertThat(skeleton.joints())
                .extracting("name")
                .containsExactly("mixamorig:Hips", "Upper Leg", "Moved", "Stiff", "Stiff end");
        assertThat(bvh.frameSeconds()).isEqualTo(.0083333);
        assertThat(bvh.channelCount()).isEqualTo(15);
        Motion motion = bvh.motion();
        // The root at (1, 2, 3) turned by a quarter about z: right becomes up, down becomes right.
        List<Vector3> first = skeleton.positions(motion.poses().get(0));
        assertClose(first.get(1), 1, 2.5, 3, 1e-6);
        assertClose(first.get(2), 3, 2.5, 3, 1e-6);
        assertClose(first.get(4), -1, 2, 3, 1e-6);
        // Its position channels replace the offset: 3 down, not 5. The root's quarter about y takes right away from us.
        List<Vector3> second = skeleton.positions(motion.poses().get(1));
        assertClose(second.get(1), 0, 0, -0.5, 1e-6);
        assertClose(second.get(2), 0, 0, -3.5, 1e-6);
    }

    @Test
    void whatIsWrittenIsRead() {
        Bvh bvh = read(TRAPS);
        Bvh again = read(BvhWriter.text(bvh));
        assertThat(again.channels()).isEqualTo(bvh.channels());
        assertThat(again.skeleton().joints())
                .extracting("name", "parent", "isEnd")
                .isEqualTo(bvh.skeleton().joints().stream()
                        .map(joint -> org.assertj.core.groups.Tuple.tuple(joint.name(), joint.parent(), joint.isEnd()))
                        .toList());
        assertThat(again.frames())
                .usingElementComparator(java.util.Arrays::compare)
                .isEqualTo(bvh.frames());
    }

    @Test
    void posesBecomeChannelsAgain() {
        Bvh bvh = read(TRAPS);
        List<Pose> poses = bvh.motion().poses();
        Bvh again = bvh.withPoses(poses);
        for (int f = 0; f < poses.size(); f++) {
            List<Vector3> expected = bvh.skeleton().positions(poses.get(f));
            List<Vector3> found =
                    bvh.skeleton().positions(again.motion().poses().get(f));
            for (int j = 0; j < expected.size(); j++) {
                assertThat(found.get(j).minus(expected.get(j)).length()).isLessThan(1e-9);
            }
        }
    }

    @Test
    void anglesDoNotJumpByAWholeTurn() {
        Bvh bvh = read(TRAPS);
        Pose rest = bvh.skeleton().restPose();
        List<Pose> turning = Stream.of(2.9, 3.1, 3.3, 3.5)
                .map(angle -> new Pose(
                        rest.translations(),
                        Stream.concat(
                                        Stream.of(Rotation.about(Axis.Y, angle)),
                                        rest.rotations().stream().skip(1))
                                .toList()))
                .toList();
        List<double[]> frames = bvh.withPoses(turning).frames();
        assertThat(frames.get(3)[0]).isCloseTo(Math.toDegrees(3.5), within(1e-9));
    }

    @Test
    void writesWholeFiles(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("out.bvh");
        BvhWriter.write(file, read(TRAPS));
        assertThat(BvhReader.read(file).frames()).hasSize(2);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HIERARCHY | HIERARCY | line 1: found 'HIERARCY' where HIERARCHY is expected",
                "OFFSET 0 -2 0 | OFFSET 0 -2 | line 13: found 'CHANNELS' where a number is expected",
                "OFFSET 0 -2 0 | OFFSET 0 NaN 0 | line 12: found NaN where a finite number",
                "Frames: 2 | Frames: 3 | the file ends where frame 3 of 3, number 1 of 15 is expected",
                "Frames: 2 | Frames: 1 | line 29: there are numbers after the last of 1 frames",
                "Frames: 2 | Frames: 2000000000 | the file ends where frame 3 of 2000000000",
                "Frames: 2 | Frames: -2 | the number of frames is '-2'",
                "Frame Time: .0083333 | Frame Time: 0 | line 27: the frame time is 0.0 s",
                "1e1 | 1e400 | line 29: found 1e400 where a finite number",
                "1e1 | x | line 29: found 'x' where a number is expected: frame 2 of 2, number 15 of 15",
                "JOINT Stiff | JOINT Moved | two joints are called Moved",
                "JOINT Stiff | JOIN Stiff | line 16: found 'JOIN' where JOINT, End Site or } is expected",
                "Zrotation Xrotation Yrotation | Zrotation Xrotation Wrotation | has a channel 'Wrotation'",
                "Zrotation Xrotation Yrotation | Zrotation Zrotation Yrotation | turns about Z twice in a row",
                "CHANNELS 3 Z | CHANNELS 7 Z | has 7 channels, expected at most 6",
                "MOTION | ROOT | there is a second ROOT",
            })
    void damageIsNamedWithItsLine(String right, String wrong, String message) {
        assertThat(TRAPS).contains(right);
        assertThatThrownBy(() -> read(TRAPS.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("made.bvh")
                .hasMessageContaining(message);
    }

    @Test
    void everyCutIsRefusedOrWhole() {
        int header = TRAPS.indexOf("0 0 90");
        for (int length = 0; length < header; length++) {
            String cut = TRAPS.substring(0, length);
            assertThatThrownBy(() -> read(cut)).as("cut at %d", length).isInstanceOf(DataException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pybvh-test1",
                "pybvh-test3",
                "swagger",
                "vicon-walk-meredith",
                "bandai-walk",
                "xia-neutral-16",
                "ad-fair-jumping",
                "fairmotion-sinusoidal",
                "pybvh-frame-time"
            })
    void realFilesSurviveWriting(String name) throws IOException {
        Bvh bvh = BvhReader.read(MirroredFiles.of("bvh").resolve(name + ".bvh"));
        Bvh again = read(BvhWriter.text(bvh.withPoses(bvh.motion().poses())));
        assertThat(again.frames()).hasSameSizeAs(bvh.frames());
        Skeleton skeleton = bvh.skeleton();
        int last = bvh.frames().size() - 1;
        List<Vector3> expected = skeleton.positions(bvh.motion().poses().get(last));
        List<Vector3> found = skeleton.positions(again.motion().poses().get(last));
        for (int j = 0; j < expected.size(); j++) {
            assertThat(found.get(j).minus(expected.get(j)).length()).isLessThan(1e-3);
        }
    }

    @ParameterizedTest
    @CsvSource({"bandai-walk, Head, 0.123, 137.734, -407.677"})
    void checkedPlacesOfRealFiles(String name, String joint, double x, double y, double z) throws IOException {
        Bvh bvh = BvhReader.read(MirroredFiles.of("bvh").resolve(name + ".bvh"));
        List<Vector3> positions = bvh.skeleton().positions(bvh.motion().poses().get(0));
        assertClose(positions.get(bvh.skeleton().find(joint).orElseThrow()), x, y, z, 2e-3);
    }
}
