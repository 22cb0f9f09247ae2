package io.github.unrolled.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BicubicTest {
    private static Planes row(float... values) {
        return new Planes(1, 1, values.length, values);
    }

    @Test
    void keysKernelIsOneAtZeroAndZeroAtOtherWholeNumbers() {
        assertThat(Bicubic.kernel(0)).isEqualTo(1);
        assertThat(Bicubic.kernel(0.5)).isEqualTo(0.5625);
        assertThat(Bicubic.kernel(-1.5)).isEqualTo(-0.0625);
        assertThat(Bicubic.kernel(1)).isZero();
        assertThat(Bicubic.kernel(2)).isZero();
    }

    /** A unit impulse, doubled: the kernel at ±0.25, ±0.75, ±1.25, ±1.75. */
    @Test
    void anImpulseTurnsIntoTheKernel() {
        Planes large = Bicubic.resize(row(0, 0, 0, 0, 1, 0, 0, 0, 0), 1, 18);
        float[] expected = {
            (float) Bicubic.kernel(1.75),
            (float) Bicubic.kernel(1.25),
            (float) Bicubic.kernel(0.75),
            (float) Bicubic.kernel(0.25)
        };
        for (int i = 0; i < 4; i++) {
            assertThat(large.at(0, 0, 5 + i)).isEqualTo(expected[i], within(1e-6f));
            assertThat(large.at(0, 0, 12 - i)).isEqualTo(expected[i], within(1e-6f));
        }
        assertThat(large.at(0, 0, 4)).isZero();
    }

    /** By hand: halving widens the kernel to 8 pixels; at the centre of 16 pixels the weights are k(t/2)/2. */
    @Test
    void halvingAveragesOverEightPixels() {
        float[] values = new float[16];
        values[7] = 1;
        Planes small = Bicubic.resize(row(values), 1, 8);
        // Output 3 lies at 6.5, output 4 at 8.5, output 2 at 4.5 of the input.
        assertThat(small.at(0, 0, 3)).isEqualTo((float) (Bicubic.kernel(0.25) / 2), within(1e-6f));
        assertThat(small.at(0, 0, 4)).isEqualTo((float) (Bicubic.kernel(0.75) / 2), within(1e-6f));
        assertThat(small.at(0, 0, 2)).isEqualTo((float) (Bicubic.kernel(1.25) / 2), within(1e-6f));
    }

    @Test
    void constantsStayAndChannelsAndBothAxesAreIndependent() {
        Planes constant = Planes.zeros(3, 7, 5);
        java.util.Arrays.fill(constant.values(), 0.3f);
        for (float value : Bicubic.resize(constant, 21, 3).values()) {
            assertThat(value).isEqualTo(0.3f, within(1e-6f));
        }
        Planes ramp = Planes.zeros(1, 6, 4);
        for (int i = 0; i < 24; i++) {
            ramp.values()[i] = (i / 4) * 0.1f;
        }
        Planes wide = Bicubic.resize(ramp, 6, 8);
        for (int y = 0; y < 6; y++) {
            for (int x = 0; x < 8; x++) {
                assertThat(wide.at(0, y, x)).isEqualTo(y * 0.1f, within(1e-6f));
            }
        }
    }

    @Test
    void turningCommutesWithResizing() {
        Planes picture = DeadLeaves.generate(24, 24, new io.github.unrolled.random.Seed(3));
        for (int turn = 0; turn < 8; turn++) {
            assertThat(Bicubic.resize(picture.turned(turn), 12, 12).values())
                    .usingComparatorWithPrecision(1e-5f)
                    .containsExactly(
                            Bicubic.resize(picture, 12, 12).turned(turn).values());
        }
    }
}
