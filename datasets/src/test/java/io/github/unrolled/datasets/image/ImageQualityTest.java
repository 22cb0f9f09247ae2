package io.github.unrolled.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.random.Seed;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ImageQualityTest {
    private static Planes constant(int height, int width, float value) {
        Planes planes = Planes.zeros(1, height, width);
        Arrays.fill(planes.values(), value);
        return planes;
    }

    /** By hand: a difference of 10 of 255 everywhere is 20·log10(255/10) dB. */
    @Test
    void psnrOfAConstantDifference() {
        double psnr = ImageQuality.psnr(constant(5, 7, 100 / 255f), constant(5, 7, 110 / 255f), 0);
        assertThat(psnr).isEqualTo(28.1308, within(1e-4));
        assertThat(ImageQuality.psnr(constant(5, 7, 0.5f), constant(5, 7, 0.5f), 1))
                .isInfinite();
    }

    /** By hand: of 6x6 pixels without a border of 1, one of 16 differs by 0.5. */
    @Test
    void psnrLeavesTheBorderOut() {
        Planes a = constant(6, 6, 0);
        Planes b = constant(6, 6, 0);
        b.values()[0] = 1;
        b.values()[2 * 6 + 3] = 0.5f;
        assertThat(ImageQuality.psnr(a, b, 1)).isEqualTo(-10 * Math.log10(0.25 / 16), within(1e-9));
    }

    /** By hand: without variance only the means count, (2·100·150 + C1) / (100² + 150² + C1). */
    @Test
    void ssimOfConstantPictures() {
        double c1 = 2.55 * 2.55;
        double expected = (2 * 100 * 150 + c1) / (100 * 100 + 150 * 150 + c1);
        assertThat(ImageQuality.ssim(constant(12, 13, 100 / 255f), constant(12, 13, 150 / 255f), 0))
                .isEqualTo(expected, within(1e-6));
    }

    /** By hand: of x and its negative around 127.5 the means agree, and the covariance is minus the variance. */
    @Test
    void ssimOfANegative() {
        Planes x = constant(11, 11, 0);
        double mean = 0;
        double square = 0;
        double sum = 0;
        double[] window = new double[11];
        for (int i = 0; i < 11; i++) {
            window[i] = Math.exp(-(i - 5) * (i - 5) / 4.5);
            sum += window[i];
        }
        for (int y = 0; y < 11; y++) {
            for (int c = 0; c < 11; c++) {
                float value = (y * 11 + c) % 3 == 0 ? 1 : 0;
                x.values()[y * 11 + c] = value;
                double weight = window[y] * window[c] / (sum * sum);
                mean += weight * 255 * value;
                square += weight * 255 * 255 * value;
            }
        }
        Planes negative = constant(11, 11, 0);
        for (int i = 0; i < 121; i++) {
            negative.values()[i] = 1 - x.values()[i];
        }
        double variance = square - mean * mean;
        double other = 255 - mean;
        double c1 = 2.55 * 2.55;
        double c2 = 7.65 * 7.65;
        double expected = (2 * mean * other + c1)
                / (mean * mean + other * other + c1)
                * (-2 * variance + c2)
                / (2 * variance + c2);
        assertThat(ImageQuality.ssim(x, negative, 0)).isEqualTo(expected, within(1e-6));
    }

    @Test
    void equalPicturesAreEqualAndSizesMustAgree() {
        Planes picture = DeadLeaves.generate(20, 24, new Seed(1));
        assertThat(ImageQuality.ssim(picture, picture, 2)).isEqualTo(1, within(1e-9));
        assertThatThrownBy(() -> ImageQuality.psnr(picture, constant(20, 24, 0), 0))
                .hasMessageContaining("3x20x24")
                .hasMessageContaining("1x20x24");
        assertThatThrownBy(() -> ImageQuality.ssim(picture, picture, 6)).hasMessageContaining("11x11");
    }

    @Test
    void luminanceOfBlackWhiteAndGreen() {
        Planes rgb = new Planes(3, 1, 3, new float[] {0, 1, 0, 0, 1, 1, 0, 1, 0});
        Planes luminance = YCbCr.luminance(rgb);
        assertThat(luminance.at(0, 0, 0) * 255).isEqualTo(16, within(1e-4f));
        assertThat(luminance.at(0, 0, 1) * 255).isEqualTo(235, within(1e-4f));
        assertThat(luminance.at(0, 0, 2) * 255).isEqualTo(16 + 128.553f, within(1e-4f));
    }

    @Test
    void coloursComeBack() {
        Planes picture = DeadLeaves.generate(9, 8, new Seed(2));
        assertThat(YCbCr.toRgb(YCbCr.ofRgb(picture)).values())
                .usingComparatorWithPrecision(1e-5f)
                .containsExactly(picture.values());
    }
}
