package io.github.unrolled.model;

/** IEEE 754 binary16 and bfloat16 as bits, rounded to nearest with ties to even. Java 20 has the former; Java 17 neither. */
final class HalfPrecision {
    private HalfPrecision() {}

    static float fromFloat16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = (bits >>> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0x1f) {
            return Float.intBitsToFloat(sign | 0x7f800000 | (fraction << 13));
        }
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (fraction << 13));
    }

    static short toFloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        int sign = (bits >>> 16) & 0x8000;
        int magnitude = bits & 0x7fffffff;
        if (magnitude > 0x7f800000) {
            return (short) (sign | 0x7e00 | ((magnitude >>> 13) & 0x1ff));
        }
        if (magnitude >= 0x477ff000) {
            // 65520 and more round to infinity.
            return (short) (sign | 0x7c00);
        }
        if (magnitude < 0x38800000) {
            // Below 2^-14 the spacing is 2^-24: adding and taking away 0.5 rounds to it in the float unit.
            float rounded = Math.abs(value) * 0x1p24f;
            return (short) (sign | (int) Math.rint(rounded));
        }
        int round = 0xfff + ((magnitude >>> 13) & 1);
        return (short) (sign | ((magnitude + round - 0x38000000) >>> 13));
    }

    static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        if (Float.isNaN(value)) {
            return (short) ((bits >>> 16) | 0x40);
        }
        int round = 0x7fff + ((bits >>> 16) & 1);
        return (short) ((bits + round) >>> 16);
    }
}
