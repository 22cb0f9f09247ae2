package io.github.unrolled.datasets.motion.track;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrackReaderTest {
    private static Scene read(String text) throws IOException {
        return new TrackReader(0.4)
                .read("walkers.csv", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void readsTheColumnsAndJoinsAWalkersPositions() throws IOException {
        Scene scene = read("780.0\t1.0\t8.46\t3.59\n790\t1.0\t9.57\t3.79\n790\t2\t1e-1\t-.5\n800\t2\t0.2\t-0.5\n");
        assertThat(scene.frames()).containsExactly(780, 790, 800);
        assertThat(scene.tracks()).extracting(Track::id).containsExactly("1", "2");
        assertThat(scene.tracks().get(0).x()).containsExactly(8.46, 9.57);
        assertThat(scene.tracks().get(1).first()).isEqualTo(1);
        assertThat(scene.tracks().get(1).y()).containsExactly(-0.5, -0.5);
        assertThat(scene.positions()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frame,id,x,y\n", "# a remark\n\n", "\uFEFFframe,id,x,y\r\n"})
    void skipsNamesRemarksAndEmptyLines(String head) throws IOException {
        Scene scene = read(head + "1,anna,0,0\r\n\r\n2,anna,0.5,0\r\n");
        assertThat(scene.tracks().get(0).id()).isEqualTo("anna");
        assertThat(scene.tracks().get(0).length()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "  ", " , "})
    void takesOtherSeparators(String separator) throws IOException {
        String text = "1,a,0,0\n2,a,0.5,1\n".replace(",", separator);
        assertThat(read(text).tracks().get(0).y()).containsExactly(0, 1);
    }

    /** A walker may leave and nobody may be there for a while; that is no gap. */
    @Test
    void timesWithoutAnybodyAreNoGaps() throws IOException {
        Scene scene = read("0,a,0,0\n10,a,1,0\n500,b,0,0\n510,b,1,0\n");
        assertThat(scene.frames()).containsExactly(0, 10, 500, 510);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,a,0,0/2,a,x,0 | walkers.csv, line 2: x is 'x', expected a number",
                "1,a,0,0/2,a,0,NaN | walkers.csv, line 2: y is NaN, expected a finite number",
                "1,a,0,0/2,a,Infinity,0 | walkers.csv, line 2: x is Infinity, expected a finite number",
                "1,a,0,0/2,a,0 | walkers.csv, line 2: 3 columns, expected 4: frame, id, x, y",
                "1,a,0,0/1,a,0,0 | walkers.csv, line 2: walker a is in frame 1 a second time, first in line 1",
                "2,a,0,0/1,b,0,0 | walkers.csv, line 2: frame 1 comes after frame 2; sort the lines by frame",
                "1,a,0,0/2,a,0,0/4,a,0,0 | walkers.csv, line 3: walker a is in frame 4 after frame 2, a gap",
                "1,a,0,0/2,a,40,0 | walkers.csv, line 2: walker a moves 40.0 metres in a step of 0.400 seconds",
                "1.5,a,0,0 | walkers.csv, line 1: the frame is 1.5, expected a whole number",
                "1,,0,0 | walkers.csv, line 1: the walker has no id",
                "frame,id,x,y | walkers.csv has no positions; expected lines of frame, id, x, y"
            })
    void saysWhatIsWrongAndWhere(String text, String sentence) {
        assertThatThrownBy(() -> read(text.replace("/", "\n")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(sentence);
    }

    @Test
    void saysThatAFileIsEmptyOrNoText() {
        assertThatThrownBy(() -> read(""))
                .isInstanceOf(DataException.class)
                .hasMessage("walkers.csv has no positions; expected lines of frame, id, x, y");
        byte[] bytes = {'1', ',', (byte) 0xff, (byte) 0xfe};
        assertThatThrownBy(() -> new TrackReader(0.4).read("photo.jpg", new ByteArrayInputStream(bytes)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("photo.jpg is no text in UTF-8");
    }
}
