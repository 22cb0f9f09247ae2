package io.github.unrolled.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFileTest {
    @TempDir
    Path folder;

    private static byte[] images() {
        ByteBuffer file = ByteBuffer.allocate(16 + 12);
        file.putInt(2051).putInt(2).putInt(2).putInt(3);
        for (int i = 0; i < 12; i++) {
            file.put((byte) (i * 23));
        }
        return file.array();
    }

    private Path write(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("images"), bytes);
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void readsPlainAndPacked() throws IOException {
        for (byte[] bytes : new byte[][] {images(), packed(images())}) {
            IdxFile read = IdxFile.images(write(bytes));
            assertThat(read.count()).isEqualTo(2);
            assertThat(read.picture(1).at(0, 1, 2)).isEqualTo(253 / 255f);
            assertThat(read.slice(1, 2).values()[0]).isEqualTo(138 / 255f);
        }
    }

    @Test
    void readsLabels() throws IOException {
        Path file = write(new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 7, (byte) 200});
        assertThat(IdxFile.labels(file)).containsExactly(7, 200);
        assertThatThrownBy(() -> IdxFile.images(file)).hasMessageContaining("begins with 2049, expected 2051");
    }

    @Test
    void saysWhatIsWrong() throws IOException {
        assertThatThrownBy(() -> IdxFile.images(write(Arrays.copyOf(images(), 20))))
                .hasMessageContaining("4 of the 12 values");
        assertThatThrownBy(() -> IdxFile.images(write(new byte[] {0, 0}))).hasMessageContaining("ends early");
        byte[] packed = packed(images());
        assertThatThrownBy(() -> IdxFile.images(write(Arrays.copyOf(packed, packed.length / 2))))
                .hasMessageContaining("is damaged");
        byte[] huge = images();
        Arrays.fill(huge, 4, 8, (byte) 0x7f);
        assertThatThrownBy(() -> IdxFile.images(write(huge))).hasMessageContaining("more than can be read");
    }
}
