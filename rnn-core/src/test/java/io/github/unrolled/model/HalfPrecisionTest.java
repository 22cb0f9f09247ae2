package io.github.unrolled.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Every value of both formats, against their definitions written plainly. */
class HalfPrecisionTest {
    private static final int VALUES = 1 << 16;

    /** Sign, magnitude as in IEEE 754: an integer fraction scaled by a power of two. */
    private static double defined(int bits, int exponentBits, int fractionBits) {
        int fraction = bits & (1 << fractionBits) - 1;
        int exponent = bits >> fractionBits & (1 << exponentBits) - 1;
        int bias = (1 << exponentBits - 1) - 1;
        double magnitude;
        if (exponent == (1 << exponentBits) - 1) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, 1 - bias - fractionBits);
        } else {
            magnitude = Math.scalb((double) (fraction + (1 << fractionBits)), exponent - bias - fractionBits);
        }
        return bits >> 15 == 0 ? magnitude : -magnitude;
    }

    @Test
    void everyFloat16IsReadAsDefinedAndWrittenBack() {
        for (int bits = 0; bits < VALUES; bits++) {
            float read = HalfPrecision.fromFloat16((short) bits);
            check(bits, read, defined(bits, 5, 10), HalfPrecision.toFloat16(read), 0x7c00);
        }
    }

    @Test
    void everyBfloat16IsReadAsDefinedAndWrittenBack() {
        for (int bits = 0; bits < VALUES; bits++) {
            float read = HalfPrecision.fromBfloat16((short) bits);
            check(bits, read, defined(bits, 8, 7), HalfPrecision.toBfloat16(read), 0x7f80);
        }
    }

    private static void check(int bits, float read, double expected, short writtenBack, int infinity) {
        String what = Integer.toHexString(bits);
        // As bits, because zero has a sign.
        assertThat(Double.doubleToLongBits(read)).as(what).isEqualTo(Double.doubleToLongBits(expected));
        if (Float.isNaN(read)) {
            assertThat(writtenBack & 0x7fff).as(what).isGreaterThan(infinity);
            assertThat(writtenBack & 0x8000).as(what).isEqualTo(bits & 0x8000);
        } else {
            assertThat(writtenBack & 0xffff).as(what).isEqualTo(bits);
        }
    }

    @Test
    void betweenTwoFloat16TheNearerIsWrittenAndHalfwayTheEvenOne() {
        for (int lower = 0; lower < 0x7c00; lower++) {
            // The neighbour of the largest value is where it would be if there were no infinity.
            double upper = lower == 0x7bff ? 0x1p16 : defined(lower + 1, 5, 10);
            // Representable: a float has thirteen more bits.
            float middle = (float) ((defined(lower, 5, 10) + upper) / 2);
            int even = lower + (lower & 1);
            for (int sign : new int[] {0, 0x8000}) {
                float side = sign == 0 ? 1 : -1;
                assertThat(HalfPrecision.toFloat16(side * Math.nextDown(middle)) & 0xffff)
                        .isEqualTo(sign | lower);
                assertThat(HalfPrecision.toFloat16(side * middle) & 0xffff).isEqualTo(sign | even);
                assertThat(HalfPrecision.toFloat16(side * Math.nextUp(middle)) & 0xffff)
                        .isEqualTo(sign | lower + 1);
            }
        }
    }

    @Test
    void betweenTwoBfloat16TheNearerIsWrittenAndHalfwayTheEvenOne() {
        for (int lower = 0; lower < 0x7f80; lower++) {
            float middle = Float.intBitsToFloat(lower << 16 | 0x8000);
            int even = lower + (lower & 1);
            assertThat(HalfPrecision.toBfloat16(Math.nextDown(middle)) & 0xffff).isEqualTo(lower);
            assertThat(HalfPrecision.toBfloat16(middle) & 0xffff).isEqualTo(even);
            assertThat(HalfPrecision.toBfloat16(Math.nextUp(middle)) & 0xffff).isEqualTo(lower + 1);
            assertThat(HalfPrecision.toBfloat16(-middle) & 0xffff).isEqualTo(0x8000 | even);
        }
    }

    @Test
    void whatIsTooLargeOrTooSmallBecomesInfinityOrZero() {
        assertThat(HalfPrecision.toFloat16(Float.MAX_VALUE) & 0xffff).isEqualTo(0x7c00);
        assertThat(HalfPrecision.toFloat16(-Float.MAX_VALUE) & 0xffff).isEqualTo(0xfc00);
        assertThat(HalfPrecision.toFloat16(Float.MIN_VALUE) & 0xffff).isZero();
        assertThat(HalfPrecision.toFloat16(-Float.MIN_VALUE) & 0xffff).isEqualTo(0x8000);
        assertThat(HalfPrecision.toBfloat16(Float.MAX_VALUE) & 0xffff).isEqualTo(0x7f80);
        assertThat(HalfPrecision.toBfloat16(-Float.MIN_VALUE) & 0xffff).isEqualTo(0x8000);
        // A NaN whose low bits alone are set must not become an infinity.
        float thin = Float.intBitsToFloat(0x7f800001);
        assertThat(HalfPrecision.fromFloat16(HalfPrecision.toFloat16(thin))).isNaN();
        assertThat(HalfPrecision.fromBfloat16(HalfPrecision.toBfloat16(thin))).isNaN();
    }
}
