package io.github.unrolled.datasets.datavec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.records.SequenceRecord;
import org.datavec.api.split.FileSplit;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackSequenceRecordReaderTest {
    @Test
    void aSequenceIsAWalkerThroughAWindow(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("a.txt"), "0 1 0 0\n0 2 5 5\n1 1 1 0\n1 2 5 6\n2 1 2 0\n2 2 5 7\n");
        TrackSequenceRecordReader reader = new TrackSequenceRecordReader(0.4, new TrackWindow.Rule(2, 1, 1));
        reader.initialize(new FileSplit(folder.toFile()));
        List<SequenceRecord> sequences = new ArrayList<>();
        while (reader.hasNext()) {
            sequences.add(reader.nextSequence());
        }
        assertThat(sequences).hasSize(2);
        assertThat(numbers(sequences.get(1).getSequenceRecord()))
                .containsExactly(List.of(5.0, 5.0, 5.0, 6.0), List.of(5.0, 6.0, 5.0, 7.0));
        assertThat(reader.loadSequenceFromMetaData(sequences.get(1).getMetaData())
                        .getSequenceRecord())
                .isEqualTo(sequences.get(1).getSequenceRecord());
        assertThatThrownBy(reader::nextSequence).isInstanceOf(NoSuchElementException.class);
        reader.reset();
        assertThat(numbers(reader.sequenceRecord())).hasSize(2);
        assertThatThrownBy(reader::next).hasMessageContaining("only sequences");
    }

    private static List<List<Double>> numbers(List<List<Writable>> steps) {
        return steps.stream()
                .map(step -> step.stream().map(Writable::toDouble).toList())
                .toList();
    }
}
