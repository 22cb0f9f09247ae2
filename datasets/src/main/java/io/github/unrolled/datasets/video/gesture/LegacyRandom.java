package io.github.unrolled.datasets.video.gesture;

/**
 * The Mersenne Twister (Matsumoto and Nishimura 1998, MT19937) as numpy's {@code RandomState} uses it, for permutations that
 * published protocols depend on.
 */
final class LegacyRandom {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;
    private static final int UPPER = 0x80000000;
    private static final int LOWER = 0x7fffffff;
    private static final int MATRIX = 0x9908b0df;

    private final int[] state = new int[SIZE];
    private int at = SIZE;

    LegacyRandom(int seed) {
        state[0] = seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    private int next() {
        if (at == SIZE) {
            for (int i = 0; i < SIZE; i++) {
                int y = (state[i] & UPPER) | (state[(i + 1) % SIZE] & LOWER);
                state[i] = state[(i + SHIFT) % SIZE] ^ (y >>> 1) ^ ((y & 1) == 0 ? 0 : MATRIX);
            }
            at = 0;
        }
        int y = state[at++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9d2c5680;
        y ^= (y << 15) & 0xefc60000;
        return y ^ (y >>> 18);
    }

    /** From 0 to max, inclusive: numbers of as many bits as max has are drawn until one is not above it. */
    private int interval(int max) {
        if (max == 0) {
            return 0;
        }
        int mask = (Integer.highestOneBit(max) << 1) - 1;
        while (true) {
            int value = next() & mask;
            if (value <= max) {
                return value;
            }
        }
    }

    /** What {@code RandomState(seed).permutation(length)} gives. */
    int[] permutation(int length) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            order[i] = i;
        }
        for (int i = length - 1; i > 0; i--) {
            int other = interval(i);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
