package io.github.unrolled.app.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsLogTest {
    private static final List<String> COLUMNS = List.of("step", "loss", "validation");

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("metrics.csv");
    }

    @Test
    void writesNumbersThatReadBackExactly() throws IOException {
        try (MetricsLog log = MetricsLog.create(file, COLUMNS)) {
            log.row(1, 1.1f, Double.NaN);
            log.row(2, 1.0 / 3, 2);
        }
        assertThat(Files.readAllLines(file))
                .containsExactly("step,loss,validation", "1,1.1,", "2,0.3333333333333333,2.0");
    }

    @Test
    void resumingCutsOffLaterRowsAndAHalfWrittenLine() throws IOException {
        Files.writeString(file, "step,loss,validation\n1,3.0,\n2,2.5,2.6\n3,2.0,\n4,1.5,\n5,1.");
        try (MetricsLog log = MetricsLog.resume(file, COLUMNS, 2)) {
            log.row(3, 2.25, Double.NaN);
        }
        assertThat(Files.readString(file)).isEqualTo("step,loss,validation\n1,3.0,\n2,2.5,2.6\n3,2.25,\n");
    }

    @Test
    void resumingDropsALastLineWithoutLineFeedEvenIfItLooksWhole() throws IOException {
        Files.writeString(file, "step,loss,validation\n1,3.0,\n2,2.5,2.");
        MetricsLog.resume(file, COLUMNS, 7).close();
        assertThat(Files.readString(file)).isEqualTo("step,loss,validation\n1,3.0,\n");
    }

    @Test
    void resumingWithoutAFileStartsOne() throws IOException {
        MetricsLog.resume(file, COLUMNS, 5).close();
        assertThat(Files.readString(file)).isEqualTo("step,loss,validation\n");
    }

    @Test
    void damageAndOtherColumnsAreNamedAndTheFileIsLeftAsItWas() throws IOException {
        String damaged = "step,loss,validation\n1,3.0,\n2,x,\n3,2.0,\n";
        Files.writeString(file, damaged);
        assertThatThrownBy(() -> MetricsLog.resume(file, COLUMNS, 3))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("metrics.csv")
                .hasMessageContaining("line 3: \"2,x,\" is not a row of 3 numbers");
        assertThatThrownBy(() -> MetricsLog.resume(file, List.of("step", "loss"), 3))
                .hasMessageContaining("columns are \"step,loss,validation\"");
        assertThat(Files.readString(file)).isEqualTo(damaged);
        try (var entries = Files.list(folder)) {
            assertThat(entries).containsExactly(file);
        }
    }

    @Test
    void wrongColumnsAndRowsAreRejected() throws IOException {
        assertThatThrownBy(() -> MetricsLog.create(file, List.of("loss", "step")))
                .hasMessageContaining("expected to begin with step, loss");
        try (MetricsLog log = MetricsLog.create(file, COLUMNS)) {
            assertThatThrownBy(() -> log.row(1, 2.0)).hasMessageContaining("1 values after the step, expected 2");
        }
    }
}
