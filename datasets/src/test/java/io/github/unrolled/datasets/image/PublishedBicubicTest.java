package io.github.unrolled.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.catalogue.Catalogue;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.catalogue.DownloadListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of bicubic interpolation that every paper on super-resolution prints. */
class PublishedBicubicTest {
    @TempDir
    static Path cache;

    @BeforeAll
    static void needsTheMirror() {
        Assumptions.assumeTrue(
                DatasetStore.defaultMirror().isPresent(),
                "skipped: the property unrolled.mirror names no mirror of the data sets");
    }

    @ParameterizedTest
    @CsvSource({
        "set5,  2, 33.66, 0.9299", "set5,  3, 30.39, 0.8682", "set5,  4, 28.42, 0.8104",
        "set14, 2, 30.24, 0.8688", "set14, 3, 27.55, 0.7742", "set14, 4, 26.00, 0.7027"
    })
    void isReproduced(String set, int scale, double psnr, double ssim) throws IOException {
        List<Path> files = new DatasetStore(cache, DatasetStore.defaultMirror())
                .fetch(Catalogue.standard().find(set).orElseThrow(), DownloadListener.none());
        double sumPsnr = 0;
        double sumSsim = 0;
        for (Path file : files) {
            try (Picture picture = ImageFile.read(file)) {
                Planes truth = picture.planes().cropToMultiple(scale);
                Planes small = Bicubic.reduce(truth, scale).quantized();
                Planes large = Bicubic.enlarge(small, scale).quantized();
                Planes a = YCbCr.luminance(large).quantized();
                Planes b = YCbCr.luminance(truth).quantized();
                sumPsnr += ImageQuality.psnr(a, b, scale);
                sumSsim += ImageQuality.ssim(a, b, scale);
            }
        }
        assertThat(sumPsnr / files.size()).isEqualTo(psnr, within(0.05));
        assertThat(sumSsim / files.size()).isEqualTo(ssim, within(0.003));
    }
}
