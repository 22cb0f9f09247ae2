package io.github.unrolled.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.unrolled.model.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is really full: a small file system in memory, where this process may mount one. */
@EnabledOnOs(OS.LINUX)
final class FullDiskTest {
    @TempDir
    Path folder;

    private Path disk = Path.of("");

    private static boolean runs(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(
                runs("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()),
                "needs the privilege to mount a file system");
    }

    @AfterEach
    void unmount() throws Exception {
        runs("umount", disk.toString());
    }

    private void fill() throws IOException {
        byte[] block = new byte[512];
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(disk.toFile().getUsableSpace()).isLessThan(4096);
        }
    }

    @Test
    void theLastCheckpointSurvivesAndTheUserIsTold() throws Exception {
        Path text = Charlm.text(folder.resolve("text.txt"), 600);
        Path run = disk.resolve("run");
        Charlm.train(text, run, 20);
        byte[] last = Files.readAllBytes(run.resolve("last.zip"));
        fill();
        Charlm resumed = Charlm.run("train", "--resume", run.toString(), "--steps", "2000", "--quiet");
        assertThat(resumed.refused(1)).contains(disk.toString(), "no space left on the disk");
        assertThat(run.resolve("last.zip")).hasBinaryContent(last);
        assertThat(ModelFile.read(run.resolve("last.zip"))
                        .description()
                        .path("provenance")
                        .isObject())
                .isTrue();

        Files.delete(disk.resolve("filler"));
        Charlm again = Charlm.run("train", "--resume", run.toString(), "--steps", "30");
        assertThat(again.code()).as(again.err()).isZero();
    }

    @Test
    void aResultThatDoesNotFitIsNotHalfWritten() throws Exception {
        fill();
        Path json = disk.resolve("zoo.json");
        Charlm zoo = Charlm.run("zoo", "--json", json.toString());
        assertThat(zoo.code()).isEqualTo(1);
        assertThat(zoo.err()).hasLineCount(1).contains("no space left on the disk");
        assertThat(json).doesNotExist();
    }
}
