package io.github.unrolled.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveTest {
    @TempDir
    Path folder;

    @Test
    void drawsTrainingValidationAndReferences() throws IOException {
        Path metrics = folder.resolve("metrics.csv");
        RandomGenerator noise = new io.github.unrolled.random.Seed(1).generator();
        try (MetricsLog log = MetricsLog.create(metrics, List.of("step", "loss", "validation"))) {
            for (int step = 1; step <= 5000; step++) {
                double loss = 1.35 + 2.9 * Math.exp(-step / 350.0) + 0.3 / (1 + step / 900.0);
                double noisy = loss + 0.05 * noise.nextGaussian();
                log.row(step, (float) noisy, step % 500 == 0 ? (float) (loss + 0.08) : Double.NaN);
            }
        }
        Path png = Path.of(
                System.getProperty("curve.out", folder.resolve("curve.png").toString()));
        Curve.of(metrics, "charlm · LSTM 2 x 256", "nats per character", "validation")
                .reference("unigram", 3.32)
                .reference("5-gram", 2.05)
                .reference("entropy floor", 1.28)
                .write(png);

        Set<Integer> colours = colours(png);
        assertThat(colours).contains(0xafc8e2, 0x1f5f99, 0xd9480f, 0x5c7f2b, 0x7b4ea3, 0x8a6d3b);
    }

    @Test
    void drawsARunThatHasHardlyBegun() throws IOException {
        Path png = folder.resolve("one.png");
        new Curve("short", "loss")
                .training(new double[] {1}, new double[] {2.5})
                .reference("floor", 1)
                .write(png);
        assertThat(colours(png)).contains(0x5c7f2b);
        Path empty = folder.resolve("empty.png");
        new Curve("empty", "loss").write(empty);
        assertThat(Files.size(empty)).isPositive();
    }

    private static Set<Integer> colours(Path png) throws IOException {
        BufferedImage image = ImageIO.read(png.toFile());
        assertThat(image.getWidth()).isEqualTo(1000);
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xffffff);
            }
        }
        return colours;
    }
}
