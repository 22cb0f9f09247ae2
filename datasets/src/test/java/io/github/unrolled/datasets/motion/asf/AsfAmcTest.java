package io.github.unrolled.datasets.motion.asf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.MirroredFiles;
import io.github.unrolled.datasets.motion.bvh.Bvh;
import io.github.unrolled.datasets.motion.bvh.BvhReader;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AsfAmcTest {
    private static final String ASF = """
            # made
            :version 1.10
            :units
              mass 1.0
              length 0.45
              angle deg
            :root
               order TX TY TZ RX RY RZ
               axis XYZ
               position 0 0 0
               orientation 0 0 0
            :bonedata
              begin
                 id 1
                 name thigh
                 direction 0 -1 0
                 length 2
                 axis 0 0 90 XYZ
                dof rx rz
                limits (-160.0 20.0)
                       (-70.0 70.0)
              end
              begin
                 id 2
                 name shin
                 direction 1 0 0
                 length 3
                 axis 0 0 0 XYZ
              end
            :hierarchy
              begin
                root thigh
                thigh shin
              end
            """;
    private static final String AMC = """
            #!made
            :FULLY-SPECIFIED
            :DEGREES
            1
            root 1 2 3 0 0 0
            thigh 0 90
            2
            root 0 0 0 0 0 90
            thigh 90 0
            """;

    private static void assertClose(Vector3 actual, double x, double y, double z, double tolerance) {
        assertThat(actual.minus(new Vector3(x, y, z)).length()).as("%s", actual).isLessThan(tolerance);
    }

    @Test
    void bonesTurnInTheirOwnAxes() {
        Asf asf = Asf.of("made.asf", ASF);
        assertThat(asf.skeleton().joints()).extracting("name").containsExactly("root", "thigh", "shin", "shin end");
        Motion motion = AmcReader.of("made.amc", AMC, asf, 1 / 120.0);
        // Frame 1: a quarter about z takes the thigh from down to the right, and the shin from right to up.
        List<Vector3> first = asf.skeleton().positions(motion.poses().get(0));
        assertClose(first.get(asf.endOf("thigh")), 3, 2, 3, 1e-12);
        assertClose(first.get(asf.endOf("shin")), 3, 5, 3, 1e-12);
        // Frame 2: the bone's x axis points up, so its turn takes the shin from right to behind; then the root's
        // quarter
        // about z takes down to the right.
        List<Vector3> second = asf.skeleton().positions(motion.poses().get(1));
        assertClose(second.get(asf.endOf("thigh")), 2, 0, 0, 1e-12);
        assertClose(second.get(asf.endOf("shin")), 2, 0, -3, 1e-12);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "angle deg | angle rad | line 6: the unit of angles is 'angle rad'",
                "length 2 | length x | line 17: found 'x' where a number is expected",
                "dof rx rz | dof rz rx | line 19: the freedoms are not in the order rx ry rz",
                "thigh shin | thigh foot | line 33: 'thigh foot' names a bone that :bonedata lacks",
                "root thigh | shin thigh | the hierarchy reaches 0 of 2 bones from the root",
                ":hierarchy | :hierarchies | made.asf has no :hierarchy",
                "name shin | name thigh | line 29: there are two bones called thigh",
                "order TX TY TZ RX RY RZ | order RX RY RZ TX TY TZ | line 8: the root's order is 'RX RY RZ TX TY TZ'",
            })
    void damagedSkeletonsAreNamed(String right, String wrong, String message) {
        assertThatThrownBy(() -> Asf.of("made.asf", ASF.replace(right, wrong)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thigh 90 0 | thigh 90 | line 9: the bone thigh has 1 numbers, expected 2",
                "thigh 90 0 | foot 90 0 | line 9: no bone of the skeleton is called 'foot'",
                "thigh 90 0 | thigh 90 inf | line 9: found 'inf' where a number is expected",
                "thigh 90 0 | root 0 0 0 0 0 0 | line 9: the bone root is listed twice in one frame",
                "root 1 2 3 0 0 0 | shin | line 4: frame 1 has no root",
                "'2\n' | '3\n' | line 7: found '3' where the frame number 2 is expected",
                ":DEGREES | :RADIANS | line 3: the angles are in radians",
            })
    void damagedMotionsAreNamed(String right, String wrong, String message) {
        Asf asf = Asf.of("made.asf", ASF);
        assertThatThrownBy(() -> AmcReader.of("made.amc", AMC.replace(right, wrong), asf, 1 / 120.0))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "01, 01-01, root, 9.3722, 17.8693, -17.3198",
        "01, 01-01, lfoot, 11.5882, 1.2782, -16.8212",
        "01, 01-01, lradius, 12.3488, 25.3611, -13.9781",
        "01, 01-01, head, 9.7282, 29.0582, -16.4823",
        "35, 35-01, lfoot, 5.5520, 1.5691, -13.2970",
        "35, 35-01, lradius, 8.4082, 16.5413, -20.2297",
    })
    void checkedPlacesOfRealTrials(String subject, String trial, String bone, double x, double y, double z)
            throws IOException {
        Path folder = MirroredFiles.of("bvh");
        Asf asf = Asf.read(folder.resolve("cmu-" + subject + ".asf"));
        Motion motion = AmcReader.read(folder.resolve("cmu-" + trial + ".amc"), asf, 1 / 120.0);
        int joint = bone.equals("root") ? 0 : asf.endOf(bone);
        assertClose(asf.skeleton().positions(motion.poses().get(0)).get(joint), x, y, z, 1e-4);
    }

    /** The conversion begins with a T-pose, so its frame k + 1 is frame k here. */
    @Test
    void aTrialAndItsConversionPutTheLegsInTheSamePlaces() throws IOException {
        Path folder = MirroredFiles.of("bvh");
        Asf asf = Asf.read(folder.resolve("cmu-01.asf"));
        Motion motion = AmcReader.read(folder.resolve("cmu-01-01.amc"), asf, 1 / 120.0);
        Bvh bvh = BvhReader.read(folder.resolve("fairmotion-cmu-01-01.bvh"));
        assertThat(bvh.frames()).hasSize(motion.poses().size() + 1);
        Motion converted = bvh.motion();
        for (int f = 0; f < 400; f += 7) {
            List<Vector3> a = asf.skeleton().positions(motion.poses().get(f));
            List<Vector3> b = bvh.skeleton().positions(converted.poses().get(f + 1));
            Vector3 foot = a.get(asf.endOf("ltibia"));
            int index = bvh.skeleton().find("LeftFoot").orElseThrow();
            assertThat(b.get(index).minus(foot).length()).isLessThan(2e-4);
        }
    }
}
