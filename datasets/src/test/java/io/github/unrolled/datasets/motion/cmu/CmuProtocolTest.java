package io.github.unrolled.datasets.motion.cmu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.MirroredFiles;
import io.github.unrolled.datasets.motion.bvh.Bvh;
import io.github.unrolled.datasets.motion.bvh.BvhReader;
import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CmuProtocolTest {
    private static CmuMocap data() {
        return new CmuMocap(MirroredFiles.of(CmuMocap.ID));
    }

    @Test
    void eulerAnglesOfTheProtocol() {
        float[] row = {0, 0, 0, 0.4508257f, 0.2041512f, 0.1737416f};
        double[] angles = new double[3];
        EulerError.euler(row, 3, angles);
        assertThat(angles).containsExactly(new double[] {-0.438760, -0.235359, -0.124662}, within(1e-5));
    }

    @Test
    void theErrorIsALengthOverAllJointsButTheRoot() {
        float[] truth = new float[12];
        float[] predicted = {9, 9, 9, 1, 1, 1, 0.3f, 0, 0, 0, 0, -0.4f};
        assertThat(EulerError.of(predicted, truth)).isCloseTo(0.5, within(1e-6));
        assertThat(EulerError.of(predicted, predicted)).isZero();
        assertThatThrownBy(() -> EulerError.of(truth, new float[9]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("rows of 12 and 9 numbers");
    }

    @Test
    void gimbalLockIsFinite() {
        double[] angles = new double[3];
        EulerError.euler(new float[] {0, (float) (Math.PI / 2), 0}, 0, angles);
        assertThat(Arrays.stream(angles)).allMatch(Double::isFinite);
    }

    @Test
    void everySecondRowIsKept() {
        List<float[]> rows =
                IntStream.range(0, 5).mapToObj(i -> new float[] {i}).toList();
        assertThat(CmuProtocol.halved(rows)).extracting(row -> row[0]).containsExactly(0f, 2f, 4f);
    }

    @Test
    void windowsNeedTheirFile() {
        List<float[]> rows =
                IntStream.range(0, 82).mapToObj(i -> new float[] {i}).toList();
        List<List<float[]>> windows = CmuProtocol.testWindows("running", rows);
        assertThat(windows).hasSize(8).allMatch(window -> window.size() == 75);
        assertThat(windows).extracting(window -> window.get(0)[0]).containsExactly(2f, 6f, 4f, 3f, 1f, 3f, 1f, 4f);
        assertThatThrownBy(() -> CmuProtocol.testWindows("walking", rows))
                .hasMessageContaining("has 82 frames at half rate, and a window of the protocol ends at 177");
        assertThatThrownBy(() -> CmuProtocol.testWindows("flying", rows)).hasMessageContaining("'flying'");
    }

    @Test
    void theSkeletonHas38JointsMirroredLeftAndRight() {
        Skeleton skeleton = CmuSkeleton.skeleton();
        assertThat(skeleton.size()).isEqualTo(38);
        assertThat(CmuSkeleton.columns()).isEqualTo(117);
        assertThat(skeleton.find("LeftArm")).hasValue(21);
        assertThat(skeleton.find("RightArm")).hasValue(30);
        assertThat(skeleton.joints().get(3).offset()).isEqualTo(new Vector3(2.5972, -7.13576, 0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'1,2,3\n1,2\n' | 'a.txt, line 2: it has 2 comma-separated numbers, expected 3'",
                "'1,2,3\n\n1,2,x\n' | 'a.txt, line 3, column 3: found ''x'''",
                "'1,NaN,3\n' | 'a.txt, line 1, column 2: found ''NaN'' where a finite number is expected'",
                "'1,2,1e99\n' | 'column 3: found ''1e99'''",
                "'\n' | 'a.txt is empty'",
            })
    void damagedRowsAreNamed(String text, String message) {
        assertThatThrownBy(() -> ExpmapReader.parse("a.txt", text, 3))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({
        "basketball, 0.4882, 0.8210, 1.4041, 1.6402, 2.0480, 2.8313",
        "jumping, 0.3632, 0.6161, 1.4841, 1.6833, 1.9883, 2.0265",
        "running, 0.5635, 0.9948, 1.3805, 1.4589, 1.5726, 1.5432",
        "soccer, 0.2738, 0.4773, 0.9221, 1.0960, 1.3615, 1.8385",
        "walking, 0.4067, 0.6021, 0.8317, 0.9511, 1.0855, 1.3380",
    })
    void zeroVelocityInEulerAngles(
            String action, double ms80, double ms160, double ms320, double ms400, double ms560, double ms1000)
            throws IOException {
        double[] expected = {ms80, ms160, ms320, ms400, ms560, ms1000};
        for (int h = 0; h < expected.length; h++) {
            int frame = CmuProtocol.SEEN + CmuProtocol.HORIZONS.get(h);
            double mean = windows(action).stream()
                    .collect(Collectors.averagingDouble(
                            window -> EulerError.of(window.get(CmuProtocol.SEEN - 1), window.get(frame))));
            assertThat(mean).as(action + " " + h).isCloseTo(expected[h], within(6e-5));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "basketball, 26.48, 49.24, 92.89, 112.81, 148.46, 199.55",
        "jumping, 24.00, 46.36, 91.99, 113.01, 144.20, 185.50",
        "running, 44.73, 84.17, 148.42, 177.31, 222.44, 213.82",
        "soccer, 25.36, 49.19, 89.97, 109.38, 142.55, 207.49",
        "walking, 20.73, 39.19, 73.05, 88.07, 113.86, 154.89",
    })
    void zeroVelocityInSpace(
            String action, double ms80, double ms160, double ms320, double ms400, double ms560, double ms1000)
            throws IOException {
        double[] expected = {ms80, ms160, ms320, ms400, ms560, ms1000};
        Skeleton skeleton = CmuSkeleton.skeleton();
        for (int h = 0; h < expected.length; h++) {
            int frame = CmuProtocol.SEEN + CmuProtocol.HORIZONS.get(h);
            double mean = windows(action).stream()
                    .collect(Collectors.averagingDouble(
                            window -> PositionError.of(skeleton, window.get(CmuProtocol.SEEN - 1), window.get(frame))));
            assertThat(mean).as(action + " " + h).isCloseTo(expected[h], within(6e-3));
        }
    }

    private static List<List<float[]>> windows(String action) throws IOException {
        return CmuProtocol.testWindows(
                action, CmuProtocol.halved(data().test(action).rows()));
    }

    @Test
    void checkedPlacesOfARow() throws IOException {
        List<Vector3> positions = PositionError.positions(
                CmuSkeleton.skeleton(), data().test("walking").rows().get(1));
        assertThat(positions
                        .get(3)
                        .minus(new Vector3(186.068, -590.708, 292.477))
                        .length())
                .isLessThan(2e-3);
        assertThat(positions
                        .get(18)
                        .minus(new Vector3(-41.695, 501.972, 48.216))
                        .length())
                .isLessThan(2e-3);
    }

    @Test
    void rowsAndTheBvhOfTheSameTrialAgree() throws IOException {
        Path file = MirroredFiles.of("bvh").resolve("cmu-walk-expmap-train1.bvh");
        Bvh bvh = BvhReader.read(file);
        List<float[]> rows = data().train("walking").get(0).rows();
        List<Pose> poses = bvh.motion().poses();
        for (int j = 0; j < bvh.skeleton().size(); j++) {
            Vector3 own = CmuSkeleton.skeleton().joints().get(j).offset();
            assertThat(bvh.skeleton().joints().get(j).offset().minus(own).length())
                    .isLessThan(1e-9);
        }
        assertThat(poses).hasSameSizeAs(rows);
        for (int f = 0; f < rows.size(); f += 11) {
            List<Rotation> ours =
                    ExponentialMaps.pose(CmuSkeleton.skeleton(), rows.get(f)).rotations();
            for (int j = 1; j < ours.size(); j++) {
                assertThat(ours.get(j).angleTo(poses.get(f).rotations().get(j))).isLessThan(2e-4);
            }
        }
    }
}
