package io.github.unrolled.datasets.motion.skeleton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RotationTest {
    private static final double EXACT = 1e-12;
    private final RandomGenerator random = new Seed(7).generator();

    /** Random ones, tiny ones, and ones within rounding of half a turn and of every quarter about every axis. */
    private List<Rotation> samples() {
        List<Rotation> samples = new ArrayList<>(List.of(Rotation.IDENTITY));
        for (int i = 0; i < 300; i++) {
            Vector3 axis = axis();
            samples.add(Rotation.ofExponentialMap(axis.times(Math.PI * random.nextDouble())));
            double tiny = Math.pow(10, -16 * random.nextDouble());
            samples.add(Rotation.ofExponentialMap(axis.times(tiny)));
            samples.add(Rotation.ofExponentialMap(axis.times(Math.PI - tiny)));
            samples.add(Rotation.ofExponentialMap(axis.times(Math.PI + tiny)));
        }
        for (Axis about : Axis.values()) {
            for (int quarter = -2; quarter <= 2; quarter++) {
                for (double off : new double[] {0, 1e-15, 1e-9, -1e-9, 1e-5}) {
                    Rotation near = Rotation.about(about, quarter * Math.PI / 2 + off);
                    samples.add(near);
                    samples.add(near.times(Rotation.about(Axis.Z, random.nextDouble())));
                    samples.add(Rotation.about(Axis.X, random.nextDouble()).times(near));
                    samples.add(Rotation.about(Axis.Y, 0.3).times(near).times(Rotation.about(Axis.X, -1.1)));
                }
            }
        }
        return samples;
    }

    private Vector3 axis() {
        Vector3 v = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian());
        return v.times(1 / v.length());
    }

    private static void assertSame(Rotation actual, Rotation expected, double tolerance) {
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                assertThat(actual.get(r, c))
                        .as("%s: %d, %d", expected, r, c)
                        .isCloseTo(expected.get(r, c), within(tolerance));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void eulerAnglesOfEveryOrderComeBack(EulerOrder order) {
        for (Rotation rotation : samples()) {
            Vector3 angles = rotation.toEuler(order);
            assertSame(Rotation.ofEuler(order, angles), rotation, EXACT);
            assertThat(Math.abs(angles.y())).isBetween(0.0, order.isProper() ? Math.PI : Math.PI / 2);
            assertThat(Math.max(Math.abs(angles.x()), Math.abs(angles.z()))).isLessThanOrEqualTo(Math.PI);
        }
    }

    @ParameterizedTest
    @EnumSource
    void anglesWithinTheRangeAreTheOnesFound(EulerOrder order) {
        for (int i = 0; i < 200; i++) {
            double middle = order.isProper() ? 0.1 + 2.9 * random.nextDouble() : 1.5 * (2 * random.nextDouble() - 1);
            Vector3 angles =
                    new Vector3(3.1 * (2 * random.nextDouble() - 1), middle, 3.1 * (2 * random.nextDouble() - 1));
            Vector3 found = Rotation.ofEuler(order, angles).toEuler(order);
            assertThat(found.minus(angles).length()).isLessThan(1e-10);
        }
    }

    @Test
    void exponentialMapsQuaternionsAndColumnsComeBack() {
        for (Rotation rotation : samples()) {
            assertSame(Rotation.ofExponentialMap(rotation.toExponentialMap()), rotation, EXACT);
            assertSame(Rotation.ofQuaternion(rotation.toQuaternion()), rotation, EXACT);
            assertSame(Rotation.ofQuaternion(rotation.toQuaternion().times(-3)), rotation, EXACT);
            assertSame(Rotation.ofSixD(rotation.column(0), rotation.column(1)), rotation, EXACT);
            assertThat(rotation.toExponentialMap().length()).isLessThanOrEqualTo(Math.PI + EXACT);
            assertThat(rotation.toQuaternion().w()).isNotNegative();
            assertSame(rotation.times(rotation.inverse()), Rotation.IDENTITY, EXACT);
        }
    }

    @Test
    void sixDIsMadeOrthonormal() {
        Rotation rotation = Rotation.ofSixD(new Vector3(2, 0, 0), new Vector3(5, 0.5, 0));
        assertSame(rotation, Rotation.IDENTITY, EXACT);
    }

    @Test
    void quarterTurnsByHand() {
        Vector3 x = new Vector3(1, 0, 0);
        assertThat(Rotation.about(Axis.Z, Math.PI / 2)
                        .apply(x)
                        .minus(new Vector3(0, 1, 0))
                        .length())
                .isLessThan(EXACT);
        assertThat(Rotation.about(Axis.Y, Math.PI / 2)
                        .apply(x)
                        .minus(new Vector3(0, 0, -1))
                        .length())
                .isLessThan(EXACT);
        Rotation third = Rotation.ofExponentialMap(new Vector3(1, 1, 1).times(2 * Math.PI / 3 / Math.sqrt(3)));
        assertThat(third.apply(x).minus(new Vector3(0, 1, 0)).length()).isLessThan(EXACT);
        assertThat(third.toQuaternion()).satisfies(q -> assertThat(q.w()).isCloseTo(0.5, within(EXACT)));
        // About Z first, then about the new X: the X turn acts in the turned frame.
        Vector3 zThenX = Rotation.ofEuler(EulerOrder.ZXY, new Vector3(Math.PI / 2, Math.PI / 2, 0))
                .apply(new Vector3(0, 1, 0));
        assertThat(zThenX.minus(new Vector3(0, 0, 1)).length()).isLessThan(EXACT);
    }

    @Test
    void goesTheShortestWay() {
        Rotation from = Rotation.about(Axis.Y, 3);
        Rotation to = Rotation.about(Axis.Y, -3);
        assertSame(from.towards(to, 0), from, EXACT);
        assertSame(from.towards(to, 1), to, EXACT);
        assertSame(from.towards(to, 0.5), Rotation.about(Axis.Y, Math.PI), 1e-10);
        assertThat(from.angleTo(to)).isCloseTo(2 * Math.PI - 6, within(1e-10));
    }

    @Test
    void refusesWhatIsNoRotation() {
        assertThatThrownBy(() -> Rotation.ofQuaternion(new Quaternion(0, 0, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stands for no rotation");
        assertThatThrownBy(() -> Rotation.ofSixD(new Vector3(1, 0, 0), new Vector3(2, 0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("span no plane");
    }
}
