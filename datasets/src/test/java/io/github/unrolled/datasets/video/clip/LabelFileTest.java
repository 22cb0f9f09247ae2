package io.github.unrolled.datasets.video.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelFileTest {
    private static final List<String> CLASSES = List.of("a", "b");

    private static LabelFile csv(String text) {
        return LabelFile.parse("x.csv", text.getBytes(StandardCharsets.UTF_8), false);
    }

    private static LabelFile align(String text) {
        return LabelFile.parse("x.align", text.getBytes(StandardCharsets.UTF_8), true);
    }

    private static int[] tenFrames(LabelFile file) {
        return file.of(CLASSES, 10, frame -> frame / 10.0, 10);
    }

    @Test
    void theLabelIsTheOneAtTheCentreOfAFrame() {
        int[] expected = {0, 0, 0, -1, 1, 1, 1, 1, 1, 1};
        assertThat(tenFrames(csv("0,0.3,a\n0.36,1.0,b\n"))).containsExactly(0, 0, 0, -1, 1, 1, 1, 1, 1, 1);
        assertThat(tenFrames(csv("\ufeffstart,end,label\r\n0.36,1,b\r\n\r\n0,0.3,\"a\"\r\n")))
                .isEqualTo(expected);
        assertThat(tenFrames(csv("start_ms,end_ms,label\n0,300,a\n360,1000,b"))).isEqualTo(expected);
        // The centre of frame 3 is at 0.35.
        assertThat(tenFrames(csv("0,0.35,a\n0.35,1,b"))[3]).isEqualTo(1);
        assertThat(tenFrames(csv("0,0.36,a\n0.36,1,b"))[3]).isEqualTo(0);
    }

    @Test
    void alignIsReadAsTheCorpusIsUsed() {
        int[] labels = align("0 23750 a\r\n23750 74500 b\r\n").of(CLASSES, 75, frame -> frame / 25.0, 25);
        // start <= 1000 i < end
        assertThat(labels[23]).isZero();
        assertThat(labels[24]).isEqualTo(1);
        assertThat(labels[74]).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0,1,a;0.5,2,b|x.csv, line 2: the segment overlaps that of line 1",
                "1,1,a|x.csv, line 1: the segment ends at 1, not after its start 1",
                "2,1,a|line 1: the segment ends at 1, not after its start 2",
                "-1,1,a|line 1: the segment begins at -1, before the clip",
                "0,1,a;zero,2,b|x.csv, line 2: 'zero' is not a number",
                "0,NaN,a|'NaN' is not a number",
                "0ms,100ms,a|'0ms' is not a number; the unit belongs into the first line",
                "start_h,end_h,label;0,1,a|x.csv, line 1: the columns start_h and end_h have no unit that is known",
                "start_ms,end_s,label;0,1,a|have no unit that is known",
                "0,1|line 1: 2 fields",
                "0,1,|line 1: the label is empty",
                "0,1,a,b|a label with commas or quotes is written in quotes",
                ";|x.csv has no labels"
            })
    void badLinesAreNamed(String lines, String message) {
        assertThatThrownBy(() -> csv(lines.replace(';', '\n')))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
    }

    @Test
    void badAlignsAreNamed() {
        assertThatThrownBy(() -> align("0 1000 sil\n1000 2000"))
                .hasMessage("x.align, line 2: 2 fields; start, end and label are expected");
        assertThatThrownBy(() -> align("0 1000 sil\n900 2000 bin"))
                .hasMessageContaining("x.align, line 2: the segment overlaps");
        assertThatThrownBy(() -> LabelFile.parse("x.csv", new byte[] {(byte) 0xc3, 0x28}, false))
                .hasMessage("x.csv is not text in UTF-8");
    }

    @Test
    void whatDoesNotFitTheClipIsNamed() {
        assertThatThrownBy(() -> tenFrames(csv("0,1,a\n1,1.2,b")))
                .hasMessageContaining("x.csv, line 2: the segment ends at 1.200 seconds, the clip at 1.000");
        assertThat(tenFrames(csv("0,1.09,a"))[9]).isZero();
        assertThatThrownBy(() -> tenFrames(csv("0,1,c")))
                .hasMessageContaining("x.csv, line 1: the label 'c' is none of [a, b]");
    }
}
