package io.github.unrolled.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    @TempDir
    Path folder;

    @Test
    void theOldFileStaysUntilTheNewOneIsWhole() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "old");
        AtomicFile.write(file, out -> {
            out.write("new".getBytes(StandardCharsets.UTF_8));
            out.flush();
            assertThat(file).hasContent("old");
            assertThat(names()).anyMatch(name -> AtomicFile.isTemporary(Path.of(name)));
        });
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void aFailureLeavesTheOldFileAndNoTemporaryOne() throws IOException {
        Path file = folder.resolve("a.txt");
        AtomicFile.write(file, "old");
        IOException own = new IOException("the source ended");
        assertThatThrownBy(() -> AtomicFile.write(file, out -> {
                    out.write(new byte[1 << 20]);
                    throw own;
                }))
                .isSameAs(own);
        assertThat(file).hasContent("old");
        assertThat(names()).containsExactly("a.txt");
    }

    @Test
    void errorsNameTheTargetAndNotTheTemporaryFile() throws IOException {
        Path inNoFolder = folder.resolve("none").resolve("a.txt");
        assertThatThrownBy(() -> AtomicFile.write(inNoFolder, "x"))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("none") + ": folder does not exist");
        assertThatThrownBy(() -> AtomicFile.write(folder, "x"))
                .isInstanceOf(FileSystemException.class)
                .hasMessage(folder + ": is a folder, not a file");
        Path plain = Files.writeString(folder.resolve("plain"), "");
        Path inAFile = plain.resolve("a.txt");
        assertThatThrownBy(() -> AtomicFile.write(inAFile, "x"))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(inAFile + ": ");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDeviceIsNamed() {
        Path full = Path.of("/dev/full");
        assertThatThrownBy(() -> AtomicFile.write(full, "x"))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("/dev/full: No space left on device");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkIsFollowed() throws IOException {
        Path file = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        AtomicFile.write(link, "new");
        assertThat(Files.isSymbolicLink(link)).isTrue();
        assertThat(file).hasContent("new");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(p -> p.getFileName().toString()).toList();
        }
    }
}
