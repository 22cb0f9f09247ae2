package io.github.unrolled.datasets.datavec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.records.SequenceRecord;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipSequenceRecordReaderTest {
    private static final FrameSize SIZE = new FrameSize(8, 4, 3);

    @TempDir
    Path root;

    private void film(String name, int frames) throws IOException {
        Path file = root.resolve("set").resolve(name);
        Files.createDirectories(file.getParent());
        try (VideoWriter film = VideoWriter.open(file, 32, 32, 25)) {
            for (int i = 0; i < frames; i++) {
                byte[] blue = new byte[3 * 32 * 32];
                for (int pixel = 0; pixel < blue.length; pixel += 3) {
                    blue[pixel] = (byte) 200;
                }
                film.write(blue);
            }
            film.finish();
        }
    }

    private ClipSequenceRecordReader reader() throws IOException, InterruptedException {
        ClipSequenceRecordReader reader = new ClipSequenceRecordReader(4, SIZE, root.resolve("cache"), 1 << 24);
        reader.initialize(new FileSplit(root.resolve("set").toFile()));
        return reader;
    }

    private static List<Integer> labels(SequenceRecord sequence) {
        return sequence.getSequenceRecord().stream()
                .map(step -> step.get(step.size() - 1).toInt())
                .toList();
    }

    @Test
    void aSequenceIsAWindowOfFrames() throws Exception {
        film("still/a.mp4", 6);
        film("b.mp4", 5);
        Files.writeString(root.resolve("set/b.csv"), "0,0.08,walk\n0.12,0.2,run\n");
        ClipSequenceRecordReader reader = reader();
        assertThat(reader.getLabels()).containsExactly("run", "still", "walk");
        List<SequenceRecord> sequences = new ArrayList<>();
        while (reader.hasNext()) {
            sequences.add(reader.nextSequence());
        }
        List<List<Integer>> found =
                sequences.stream().map(ClipSequenceRecordReaderTest::labels).toList();
        assertThat(found)
                .containsExactlyInAnyOrder(List.of(2, 2, -1, 0), List.of(0), List.of(1, 1, 1, 1), List.of(1, 1));
        List<Writable> step = sequences.get(0).getSequenceRecord().get(0);
        assertThat(step).hasSize(SIZE.values() + 1);
        // Channel after channel: red, green, blue.
        assertThat(step.get(0).toFloat()).isLessThan(0.1f);
        assertThat(step.get(SIZE.values() - 1).toFloat()).isBetween(0.7f, 0.9f);
        for (SequenceRecord each : sequences) {
            assertThat(reader.loadSequenceFromMetaData(each.getMetaData()).getSequenceRecord())
                    .isEqualTo(each.getSequenceRecord());
        }
        assertThatThrownBy(reader::nextSequence).isInstanceOf(NoSuchElementException.class);
        reader.reset();
        assertThat(reader.sequenceRecord()).hasSameSizeAs(sequences.get(0).getSequenceRecord());
        assertThatThrownBy(reader::next).hasMessageContaining("only sequences");
    }

    @Test
    void aSplitWithoutVideosIsSaid() throws Exception {
        Files.createDirectories(root.resolve("set"));
        Files.writeString(root.resolve("set/b.csv"), "0,0.08,walk\n");
        assertThatThrownBy(this::reader).hasMessageContaining("has no videos");
        assertThatThrownBy(() -> new ClipSequenceRecordReader(0, SIZE, root, 1)).hasMessageContaining("window of 0");
        assertThat(Arrays.asList(root.toFile().list())).containsExactly("set");
    }
}
