package io.github.unrolled.datasets.video.gesture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.datasets.motion.MirroredFiles;
import io.github.unrolled.datasets.video.gesture.GesturePhase.Parts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GesturePhaseTest {
    private static double[] shares(List<FeatureSequence> sequences) {
        double[] shares = new double[GesturePhase.CLASSES.size()];
        long all = 0;
        for (FeatureSequence sequence : sequences) {
            for (int label : sequence.labels()) {
                shares[label]++;
                all++;
            }
        }
        for (int i = 0; i < shares.length; i++) {
            shares[i] = Math.round(1000 * shares[i] / all) / 10.0;
        }
        return shares;
    }

    @Test
    void readsTheSevenVideos() throws IOException {
        List<FeatureSequence> videos = GesturePhase.read(MirroredFiles.of("gesture-phase"));
        assertThat(videos).extracting(FeatureSequence::name).containsExactly("a3", "b1", "b3", "c1", "c3", "a2", "a1");
        assertThat(videos)
                .extracting(FeatureSequence::length)
                .containsExactly(1830, 1069, 1420, 1107, 1444, 1260, 1743);
        int[] counts = new int[5];
        videos.forEach(video -> Arrays.stream(video.labels()).forEach(label -> counts[label]++));
        assertThat(counts).containsExactly(2741, 2097, 2950, 998, 1087);
        assertThat(videos.get(6).features()[0][0]).isEqualTo(-0.00500942f);
    }

    /** Counts and shares as they were computed independently from the same files. */
    @Test
    void thePublishedProtocolIsReproduced() throws IOException {
        Parts parts = GesturePhase.published(GesturePhase.read(MirroredFiles.of("gesture-phase")));
        assertThat(List.of(
                        parts.train().size(), parts.valid().size(), parts.test().size()))
                .containsExactly(455, 60, 90);
        assertThat(shares(parts.train())).containsExactly(25.7, 21.6, 31.9, 10.4, 10.4);
        long majority = parts.test().stream()
                .flatMapToInt(window -> Arrays.stream(window.labels()))
                .filter(label -> GesturePhase.CLASSES.get(label).equals("stroke"))
                .count();
        assertThat(majority / (90.0 * 32)).isCloseTo(0.2635, within(5e-5));
    }

    @Test
    void aUserIsLeftOut() throws IOException {
        List<FeatureSequence> videos = GesturePhase.read(MirroredFiles.of("gesture-phase"));
        int[] frames = {4833, 2489, 2551};
        for (int i = 0; i < 3; i++) {
            String user = List.of("a", "b", "c").get(i);
            Parts parts = GesturePhase.leaveOut(videos, user);
            assertThat(parts.test().stream().mapToInt(FeatureSequence::length).sum())
                    .isEqualTo(frames[i]);
            assertThat(parts.test()).allMatch(video -> video.group().equals(user));
            assertThat(parts.train()).noneMatch(video -> video.group().equals(user));
            assertThat(parts.valid()).noneMatch(video -> video.group().equals(user));
            assertThat(parts.train().size()
                            + parts.valid().size()
                            + parts.test().size())
                    .isEqualTo(7);
        }
        assertThatThrownBy(() -> GesturePhase.leaveOut(videos, "d")).hasMessageContaining("'d'");
    }

    @Test
    void everyKindOfLineEndIsReadAndABadLineIsNamed(@TempDir Path folder) throws IOException {
        String header = "1,".repeat(32) + "Phase";
        String row = "0.5,".repeat(32);
        for (String video : List.of("a1", "a2", "a3", "b1", "b3", "c1", "c3")) {
            String end = video.equals("a1") ? "\r" : video.equals("a2") ? "\n" : "\r\n";
            Files.writeString(folder.resolve(video + "_va3.csv"), header + end + row + "D" + end + row + "R");
        }
        assertThat(GesturePhase.read(folder))
                .allSatisfy(video -> assertThat(video.labels()).containsExactly(0, 4));
        Files.writeString(folder.resolve("b3_va3.csv"), header + "\n" + row + "D\n" + row + "X\n");
        assertThatThrownBy(() -> GesturePhase.read(folder))
                .hasMessageContaining("b3_va3.csv, line 3")
                .hasMessageContaining("'X'");
        Files.writeString(folder.resolve("b3_va3.csv"), header + "\n0.5,D\n");
        assertThatThrownBy(() -> GesturePhase.read(folder)).hasMessageContaining("line 2: 2 fields");
        Files.delete(folder.resolve("b3_va3.csv"));
        assertThatThrownBy(() -> GesturePhase.read(folder)).hasMessageContaining("does not exist");
    }
}
