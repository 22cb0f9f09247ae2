package io.github.unrolled.datasets.video.gesture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class LegacyRandomTest {
    /** numpy 1.24: {@code np.random.RandomState(23489).permutation(10)} and {@code permutation(605)[:12]}. */
    @Test
    void permutesAsNumpyDoes() {
        assertThat(new LegacyRandom(23489).permutation(10)).containsExactly(9, 5, 4, 2, 7, 1, 8, 6, 3, 0);
        int[] long605 = new LegacyRandom(23489).permutation(605);
        assertThat(Arrays.copyOf(long605, 12))
                .containsExactly(83, 132, 184, 497, 535, 461, 237, 379, 441, 277, 487, 547);
        assertThat(Arrays.stream(long605).sorted().distinct().count()).isEqualTo(605);
    }
}
