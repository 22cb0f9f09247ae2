package io.github.unrolled.datasets.motion.track;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.catalogue.Catalogue;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.catalogue.DownloadListener;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The published folds, against counts that were made from the same files by another program. */
class EthUcyTest {
    @ParameterizedTest
    @CsvSource({
        "eth, 70, 181, 2785, 29809, 660, 5349, 364",
        "hotel, 301, 1053, 2594, 29152, 621, 5136, 1197",
        "univ, 947, 24334, 2076, 9231, 530, 2708, 24334",
        "zara1, 602, 2253, 2322, 28010, 605, 5118, 2356",
        "zara2, 921, 5833, 2112, 25507, 501, 4173, 5910"
    })
    void hasTheWindowsOfSocialGan(
            String fold,
            int testWindows,
            int testTracks,
            int trainWindows,
            int trainTracks,
            int validationWindows,
            int validationTracks,
            int testTracksWithSingles,
            @TempDir Path cache)
            throws IOException {
        Assumptions.assumeTrue(
                DatasetStore.defaultMirror().isPresent(),
                "skipped: the property unrolled.mirror names no mirror of the data sets");
        DatasetStore store = new DatasetStore(cache, DatasetStore.defaultMirror());
        Path folder =
                EthUcy.folder(store.fetch(Catalogue.standard().find(EthUcy.ID).orElseThrow(), DownloadListener.none()));
        EthUcy.Windows windows = EthUcy.windows(folder, EthUcy.Fold.of(fold), TrackWindow.Rule.SOCIAL_GAN);
        assertThat(List.of(
                        windows.test().size(),
                        tracks(windows.test()),
                        windows.train().size(),
                        tracks(windows.train()),
                        windows.validation().size(),
                        tracks(windows.validation())))
                .containsExactly(
                        testWindows, testTracks, trainWindows, trainTracks, validationWindows, validationTracks);
        EthUcy.Windows singles = EthUcy.windows(folder, EthUcy.Fold.of(fold), new TrackWindow.Rule(8, 12, 1));
        assertThat(tracks(singles.test())).isEqualTo(testTracksWithSingles);
    }

    private static int tracks(List<TrackWindow> windows) {
        return windows.stream().mapToInt(TrackWindow::walkers).sum();
    }
}
