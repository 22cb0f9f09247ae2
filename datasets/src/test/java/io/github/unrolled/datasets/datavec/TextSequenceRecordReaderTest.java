package io.github.unrolled.datasets.datavec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.text.Vocabulary;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.SequenceRecord;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.reader.SequenceRecordReader;
import org.datavec.api.split.CollectionInputSplit;
import org.datavec.api.split.FileSplit;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Writable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextSequenceRecordReaderTest {
    @TempDir
    Path folder;

    private URI write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toUri();
    }

    /** Tokens and targets as text, a row for each sequence. */
    private static List<String> readAll(SequenceRecordReader reader, Vocabulary vocabulary) {
        List<String> rows = new ArrayList<>();
        while (reader.hasNext()) {
            rows.add(asText(reader.sequenceRecord(), vocabulary));
        }
        return rows;
    }

    private static String asText(List<List<Writable>> steps, Vocabulary vocabulary) {
        StringBuilder tokens = new StringBuilder();
        StringBuilder targets = new StringBuilder();
        for (List<Writable> step : steps) {
            assertThat(step).hasSize(2);
            tokens.append(vocabulary.decode(step.get(0).toInt()));
            targets.append(vocabulary.decode(step.get(1).toInt()));
        }
        return tokens + ">" + targets;
    }

    @Test
    void cutsEachFileIntoWindowsThatPredictEveryCharacterButTheFirst() throws Exception {
        InputSplit split = new CollectionInputSplit(List.of(write("1", "abcdefg"), write("2", "x"), write("3", "ba")));
        TextSequenceRecordReader reader = new TextSequenceRecordReader(4);
        reader.initialize(split);
        List<String> expected = List.of("abcd>bcde", "ef>fg", "b>a");
        assertThat(reader.vocabulary().codePoints())
                .containsExactly("abcdefgx".codePoints().toArray());
        assertThat(readAll(reader, reader.vocabulary())).isEqualTo(expected);
        assertThatThrownBy(reader::sequenceRecord).isInstanceOf(NoSuchElementException.class);
        reader.reset();
        assertThat(readAll(reader, reader.vocabulary())).isEqualTo(expected);
        assertThat(reader.getLabels()).containsExactly("token", "target");
    }

    @Test
    void metadataFindsAWindowAgain() throws Exception {
        write("text", "один два три");
        SequenceRecordReader reader = new TextSequenceRecordReader(5);
        reader.initialize(new FileSplit(folder.toFile()));
        List<SequenceRecord> sequences = new ArrayList<>();
        List<RecordMetaData> metaData = new ArrayList<>();
        while (reader.hasNext()) {
            SequenceRecord sequence = reader.nextSequence();
            sequences.add(sequence);
            metaData.add(sequence.getMetaData());
        }
        assertThat(sequences).hasSize(3);
        assertThat(reader.loadSequenceFromMetaData(metaData)).isEqualTo(sequences);
        assertThat(reader.loadSequenceFromMetaData(metaData.get(1))).isEqualTo(sequences.get(1));

        write("text", "один");
        assertThatThrownBy(() -> reader.loadSequenceFromMetaData(metaData.get(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has 4 characters");
    }

    @Test
    void aConfigurationSetsTheWindow() throws Exception {
        write("text", "abcdef");
        Configuration configuration = new Configuration();
        configuration.setInt(TextSequenceRecordReader.WINDOW, 2);
        SequenceRecordReader reader = new TextSequenceRecordReader(100);
        reader.initialize(configuration, new FileSplit(folder.toFile()));
        assertThat(reader.nextSequence().getSequenceLength()).isEqualTo(2);
        assertThat(reader.getConf()).isSameAs(configuration);
    }

    @Test
    void aGivenVocabularyIsKept() throws Exception {
        Vocabulary vocabulary = Vocabulary.of("abcdefgh".codePoints().toArray());
        TextSequenceRecordReader reader = new TextSequenceRecordReader(3, vocabulary);
        assertThat(asText(reader.sequenceRecord(URI.create("memory:text"), stream("head")), vocabulary))
                .isEqualTo("hea>ead");
        write("text", "had a");
        reader.initialize(new FileSplit(folder.toFile()));
        assertThatThrownBy(reader::hasNext)
                .isInstanceOf(DataException.class)
                .hasMessageContaining("U+0020")
                .hasMessageContaining("place 3")
                .hasMessageContaining("text");
    }

    @Test
    void misuseIsNamed() {
        TextSequenceRecordReader reader = new TextSequenceRecordReader(3);
        assertThat(reader.hasNext()).isFalse();
        assertThatThrownBy(reader::vocabulary).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(reader::next).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> new TextSequenceRecordReader(0)).hasMessageContaining("a window of 0");
    }

    private static DataInputStream stream(String text) {
        return new DataInputStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
