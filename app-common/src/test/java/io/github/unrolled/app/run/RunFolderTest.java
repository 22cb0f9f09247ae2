package io.github.unrolled.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    Path folder;

    private static RunInfo info(long seed) {
        Map<String, Object> settings = Map.of("hidden", 128, "out", Path.of("runs/a"), "list", List.of(1, 2));
        return RunInfo.of("toy", "train", List.of("toy", "train"), settings, seed, 2, Map.of("corpus", "ab12"));
    }

    @Test
    void describesARunAndItsContinuation() throws IOException {
        Path path = folder.resolve("runs/a");
        try (RunFolder run = RunFolder.create(path, false)) {
            run.describe(info(1));
            run.describeResumed(info(1), 500);
            run.describeResumed(info(1), 900);
        }
        JsonNode root = new ObjectMapper().readTree(path.resolve("run.json").toFile());
        assertThat(root.get("settings").get("hidden").intValue()).isEqualTo(128);
        assertThat(root.get("settings").get("out").asText())
                .isEqualTo(Path.of("runs/a").toString());
        assertThat(root.get("settings").get("list").size()).isEqualTo(2);
        assertThat(root.get("seed").intValue()).isEqualTo(1);
        assertThat(root.get("data").get("corpus").asText()).isEqualTo("ab12");
        assertThat(root.get("machine").get("java").asText()).startsWith(System.getProperty("java.version"));
        assertThat(root.get("resumed").findValuesAsText("step")).containsExactly("500", "900");
    }

    @Test
    void refusesToReplaceARunUnlessTold() throws IOException {
        try (RunFolder run = RunFolder.create(folder, false)) {
            run.describe(info(1));
            Files.writeString(run.last(), "checkpoint");
        }
        assertThatThrownBy(() -> RunFolder.create(folder, false))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("--resume")
                .hasMessageContaining("--overwrite");
        assertThat(folder.resolve("last.zip")).exists();
        Files.writeString(folder.resolve("notes.txt"), "mine");
        RunFolder.create(folder, true).close();
        assertThat(folder.resolve("last.zip"))
                .as("kept until the new run begins")
                .exists();
        try (RunFolder run = RunFolder.create(folder, true)) {
            run.describe(info(2));
        }
        assertThat(folder.resolve("last.zip")).doesNotExist();
        assertThat(folder.resolve("run.json")).exists();
        assertThat(folder.resolve("notes.txt")).exists();
    }

    @Test
    void aRunThatNeverBeginsLeavesNothing() throws IOException {
        Path made = folder.resolve("a");
        RunFolder.create(made, false).close();
        assertThat(made).doesNotExist();
        RunFolder.create(folder, false).close();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void isLockedWhileOpen() throws IOException {
        try (RunFolder run = RunFolder.create(folder, false)) {
            assertThat(run.path()).isEqualTo(folder);
            assertThatThrownBy(() -> RunFolder.create(folder, true))
                    .isInstanceOf(FileSystemException.class)
                    .hasMessageContaining("another process is writing this run");
        }
        RunFolder.create(folder, true).close();
    }

    @Test
    void resumesOnlyWhatHasACheckpoint() throws IOException {
        assertThatThrownBy(() -> RunFolder.resume(folder))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("no run to resume");
        Files.writeString(folder.resolve("last.zip"), "checkpoint");
        Path part = Files.writeString(folder.resolve(".last.zip.4711-3.part"), "half of a check");
        try (RunFolder run = RunFolder.resume(folder)) {
            assertThat(run.last()).exists();
            assertThat(part).doesNotExist();
        }
    }

    @Test
    void aFileInPlaceOfTheFolderIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> RunFolder.create(file, false)).hasMessage(file + ": is a file, expected a folder");
        assertThatThrownBy(() -> RunFolder.create(file.resolve("run"), false))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void aDamagedDescriptionIsNamed() throws IOException {
        Files.writeString(folder.resolve("run.json"), "{\"app\": ");
        Files.writeString(folder.resolve("last.zip"), "checkpoint");
        try (RunFolder run = RunFolder.resume(folder)) {
            assertThatThrownBy(() -> run.describeResumed(info(1), 5))
                    .hasMessageContaining("run.json: is not the description of a run");
        }
    }
}
