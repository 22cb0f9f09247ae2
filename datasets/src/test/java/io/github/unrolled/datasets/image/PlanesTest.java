package io.github.unrolled.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.random.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanesTest {
    private static final Planes SMALL = new Planes(1, 2, 3, new float[] {1, 2, 3, 4, 5, 6});

    @Test
    void theEightTurnsDifferAndAreUndone() {
        Set<String> seen = new HashSet<>();
        for (int turn = 0; turn < 8; turn++) {
            Planes turned = SMALL.turned(turn);
            seen.add(turned.height() + java.util.Arrays.toString(turned.values()));
            Planes back = turned.turnedBack(turn);
            assertThat(back.height()).isEqualTo(2);
            assertThat(back.values()).as("turn " + turn).containsExactly(SMALL.values());
        }
        assertThat(seen).hasSize(8);
        assertThat(SMALL.turned(1).values()).containsExactly(3, 2, 1, 6, 5, 4);
        assertThat(SMALL.turned(4).values()).containsExactly(1, 4, 2, 5, 3, 6);
    }

    @Test
    void cropsAndQuantizes() {
        assertThat(SMALL.crop(1, 1, 1, 2).values()).containsExactly(5, 6);
        assertThat(SMALL.cropToMultiple(2).values()).containsExactly(1, 2, 4, 5);
        assertThatThrownBy(() -> SMALL.crop(0, 2, 1, 2)).hasMessageContaining("2 rows and 3 columns");
        Planes raw = new Planes(1, 1, 3, new float[] {-0.2f, 1.7f, 0.5f});
        assertThat(raw.quantized().values()).containsExactly(0, 1, 128 / 255f);
    }

    @Test
    void deadLeavesAreTheSameForTheSameSeedAndFillThePicture() {
        Planes picture = DeadLeaves.generate(64, 48, new Seed(5));
        assertThat(picture.values())
                .containsExactly(DeadLeaves.generate(64, 48, new Seed(5)).values());
        assertThat(picture.values())
                .isNotEqualTo(DeadLeaves.generate(64, 48, new Seed(6)).values());
        double mean = 0;
        for (float value : picture.values()) {
            assertThat(value).isBetween(0f, 1f);
            mean += value / picture.values().length;
        }
        assertThat(mean).isBetween(0.1, 0.9);
    }

    /** Natural pictures have a power spectrum near 1/f²: halving the size halves neighbours' likeness little. */
    @Test
    void deadLeavesLookAlikeAtEveryScale() {
        double fine = 0;
        double coarse = 0;
        for (int i = 0; i < 6; i++) {
            Planes grey = YCbCr.luminance(DeadLeaves.generate(128, 128, new Seed(i)));
            fine += roughness(grey);
            coarse += roughness(Bicubic.reduce(grey, 2));
        }
        // White noise would give 1 less than the same; a smooth gradient 2 and more.
        assertThat(coarse / fine).isBetween(1.0, 1.9);
    }

    private static double roughness(Planes grey) {
        double sum = 0;
        for (int y = 0; y < grey.height(); y++) {
            for (int x = 1; x < grey.width(); x++) {
                sum += Math.abs(grey.at(0, y, x) - grey.at(0, y, x - 1));
            }
        }
        return sum / grey.area();
    }

    @Test
    void patchesBelongTogetherAndAreRepeatable() {
        Planes target = YCbCr.luminance(DeadLeaves.generate(40, 60, new Seed(7)));
        List<PatchSampler.Pair> pairs = List.of(new PatchSampler.Pair(Bicubic.reduce(target, 2), target));
        PatchSampler sampler = new PatchSampler(pairs, 4, 10, new Seed(1));
        for (int i = 0; i < 5; i++) {
            PatchBatch batch = sampler.next();
            for (int b = 0; b < 4; b++) {
                PatchBatch one = batch.slice(b, b + 1);
                Planes small = new Planes(1, 10, 10, one.inputs());
                Planes reduced = Bicubic.reduce(new Planes(1, 20, 20, one.targets()), 2);
                // Away from the patch's border both see the same pixels.
                assertThat(reduced.crop(2, 2, 6, 6).values())
                        .usingComparatorWithPrecision(1e-4f)
                        .containsExactly(small.crop(2, 2, 6, 6).values());
            }
        }
        assertThat(new PatchSampler(pairs, 4, 10, new Seed(1)).next().inputs())
                .containsExactly(
                        new PatchSampler(pairs, 4, 10, new Seed(1)).next().inputs());
        assertThatThrownBy(() -> new PatchSampler(pairs, 4, 33, new Seed(1))).hasMessageContaining("--patch");
    }

    @Test
    void aContinuedSamplerRepeatsTheOneNeverStopped() {
        List<PatchSampler.Pair> pairs = List.of(PatchSampler.Pair.same(Planes.zeros(3, 16, 16)));
        PatchSampler whole = new PatchSampler(pairs, 2, 8, 0.1, 0.2, new Seed(4));
        whole.next();
        io.github.unrolled.train.Snapshot snapshot = new io.github.unrolled.train.Snapshot();
        whole.save(snapshot);
        PatchSampler continued = new PatchSampler(pairs, 2, 8, 0.1, 0.2, new Seed(4));
        continued.restore(snapshot);
        assertThat(continued.next().inputs()).containsExactly(whole.next().inputs());
        PatchSampler other = new PatchSampler(pairs, 3, 8, 0.1, 0.2, new Seed(4));
        assertThatThrownBy(() -> other.restore(snapshot)).hasMessageContaining("batch 2");
    }

    @Test
    void noiseHasItsDeviation() {
        Planes noisy = Noise.added(Planes.zeros(1, 100, 100), 0.1, new Seed(9));
        double square = 0;
        for (float value : noisy.values()) {
            square += value * value / 10_000.0;
        }
        assertThat(Math.sqrt(square)).isBetween(0.097, 0.103);
    }

    @Test
    void everyPatchDrawsNoiseEvenlyInTheLogarithmOfItsStrength() {
        List<PatchSampler.Pair> pairs = List.of(PatchSampler.Pair.same(Planes.zeros(1, 32, 32)));
        PatchBatch batch = new PatchSampler(pairs, 800, 32, 0.01, 0.16, new Seed(3)).next();
        int[] quarters = new int[4];
        for (int b = 0; b < 800; b++) {
            double square = 0;
            for (float value : batch.slice(b, b + 1).inputs()) {
                square += value * value / 1024.0;
            }
            // From 0.01 each quarter of the draws doubles the strength.
            double doublings = Math.log(Math.sqrt(square) / 0.01) / Math.log(2);
            assertThat(doublings).isBetween(-0.15, 4.15);
            quarters[(int) Math.min(3, Math.max(0, doublings))]++;
        }
        // Of 800 draws a quarter is 200, with a deviation of 12.
        for (int count : quarters) {
            assertThat(count).isBetween(150, 250);
        }
        assertThatThrownBy(() -> new PatchSampler(pairs, 2, 8, 0, 0.1, new Seed(4)))
                .hasMessageContaining("least deviation");
    }
}
