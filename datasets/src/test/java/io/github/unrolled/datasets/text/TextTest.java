package io.github.unrolled.datasets.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextTest {
    @TempDir
    Path folder;

    private static Text read(int... bytes) throws IOException {
        byte[] content = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            content[i] = (byte) bytes[i];
        }
        return Text.ofStream("standard input", new ByteArrayInputStream(content));
    }

    @Test
    void readsCharactersAboveTheBasicPlaneAsOne() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "aж漢\uD840\uDC00\r\n");
        assertThat(Text.ofFile(file).codePoints()).containsExactly('a', 0x436, 0x6F22, 0x20000, '\r', '\n');
    }

    @Test
    void namesTheWrongByteAndItsOffset() {
        assertThatThrownBy(() -> read('a', 'b', 0xff, 'c'))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("standard input is not UTF-8: byte 0xFF at offset 2");
        // Cut in the middle of a character; an overlong form; half of a surrogate pair; a lone continuation.
        assertThatThrownBy(() -> read('a', 0xE6, 0xBC)).hasMessageContaining("byte 0xE6 at offset 1");
        assertThatThrownBy(() -> read(0xC0, 0x80)).hasMessageContaining("byte 0xC0 at offset 0");
        assertThatThrownBy(() -> read('a', 0xED, 0xA0, 0x80)).hasMessageContaining("byte 0xED at offset 1");
        assertThatThrownBy(() -> read(0xD0, 0xB6, 0x80)).hasMessageContaining("byte 0x80 at offset 2");
    }

    @Test
    void skipsAByteOrderMarkAtTheStartOnly() throws IOException {
        assertThat(read(0xEF, 0xBB, 0xBF, 'a', 0xEF, 0xBB, 0xBF).codePoints()).containsExactly('a', 0xFEFF);
    }

    @Test
    void refusesAnEmptyText() {
        assertThatThrownBy(TextTest::read).isInstanceOf(DataException.class).hasMessageContaining("is empty");
        assertThatThrownBy(() -> read(0xEF, 0xBB, 0xBF)).hasMessageContaining("is empty");
    }

    @Test
    void joinsTheFilesOfAFolderInTheOrderOfTheirPaths() throws IOException {
        Files.createDirectories(folder.resolve("b"));
        Files.writeString(folder.resolve("c.txt"), "3");
        Files.writeString(folder.resolve("b/x.txt"), "2");
        Files.writeString(folder.resolve("a.txt"), "1");
        Files.writeString(folder.resolve("a.md"), "no");
        assertThat(Text.ofFolder(folder, "*.txt").codePoints()).containsExactly('1', '2', '3');
        assertThatThrownBy(() -> Text.ofFolder(folder, "*.html"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("no file that matches *.html");
        Files.write(folder.resolve("b/x.txt"), new byte[] {'a', (byte) 0x80});
        assertThatThrownBy(() -> Text.ofFolder(folder, "*.txt"))
                .hasMessageContaining("x.txt is not UTF-8: byte 0x80 at offset 1");
    }

    @Test
    void theDigestIsThatOfTheBytes() throws IOException {
        // SHA-256 of "abc", FIPS 180-2, appendix B.1.
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(read('a', 'b', 'c').sha256()).isEqualTo(abc);
        assertThat(Text.ofCodePoints("made", "abc".codePoints().toArray()).sha256())
                .isEqualTo(abc);
    }

    @Test
    void splitsAsNanoGptDoes() {
        assertThat(Text.trainingLength(1_115_394, 0.9)).isEqualTo(1_003_854);
    }

    @Test
    void vocabularyNumbersInAscendingOrder() {
        Vocabulary vocabulary = Vocabulary.of("ba漢\uD840\uDC00ab".codePoints().toArray());
        assertThat(vocabulary.codePoints()).containsExactly('a', 'b', 0x6F22, 0x20000);
        assertThat(vocabulary.encode("b\uD840\uDC00a")).containsExactly(1, 3, 0);
        assertThat(vocabulary.decode(3, 1)).isEqualTo("\uD840\uDC00b");
        assertThat(Vocabulary.ofStored(vocabulary.codePoints()).encode("b")).containsExactly(1);
        assertThatThrownBy(() -> vocabulary.encode("abЖ"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("'Ж' (U+0416) in place 2");
        assertThatThrownBy(() -> vocabulary.encode("a\n")).hasMessageContaining("character U+000A in place 1");
    }

    @Test
    void refusesAStoredVocabularyThatIsDamaged() {
        assertThatThrownBy(() -> Vocabulary.ofStored(new int[] {'b', 'a'})).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Vocabulary.ofStored(new int[] {'a', 'a'})).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Vocabulary.ofStored(new int[] {-1})).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> Vocabulary.ofStored(new int[] {0x110000})).isInstanceOf(DataException.class);
    }

    @Test
    void standardInputIsReadToItsEnd() throws IOException {
        byte[] bytes = "x".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        assertThat(Text.ofStream("in", new ByteArrayInputStream(bytes)).codePoints())
                .hasSize(100_000);
    }
}
