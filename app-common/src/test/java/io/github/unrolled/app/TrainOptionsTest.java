package io.github.unrolled.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.train.Budget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class TrainOptionsTest {
    @TempDir
    Path folder;

    private String a = "";
    private String b = "";

    @Command(name = "train", description = "Trains.", footer = "  toy train")
    private static final class Train extends Verb {
        @Mixin
        private final RunOptions run = new RunOptions();

        @Mixin
        private final BudgetOptions budget = new BudgetOptions();

        private final Path otherwise;
        private String used = "";

        Train(Path otherwise) {
            this.otherwise = otherwise;
        }

        @Override
        protected Result run(Console console) throws IOException {
            Budget chosen = budget.orElse(new Budget.Steps(3));
            try (RunFolder open = run.open(otherwise)) {
                used = open.path() + " " + chosen + " " + run.resume();
                Files.writeString(open.last(), "checkpoint");
            }
            return Result.of(ResultRow.of("used", "runs", 1, ""));
        }
    }

    private record Outcome(int code, String used, String err) {}

    @BeforeEach
    void name() {
        a = folder.resolve("a").toString();
        b = folder.resolve("b").toString();
    }

    private Outcome train(String... options) {
        Toy streams = new Toy();
        Train verb = new Train(folder.resolve("default"));
        String[] line = new String[options.length + 1];
        line[0] = "train";
        System.arraycopy(options, 0, line, 1, options.length);
        int code = new Application("toy", "Test.", verb).run(streams.console, line);
        return new Outcome(code, verb.used, streams.err());
    }

    /** {@code resume: true} in a file is --resume alone, not a folder of that name. */
    @Test
    void aFileSwitchesResumingOnAndOff() throws IOException {
        assertThat(train("--out", a).code()).isZero();
        Path on = Files.writeString(folder.resolve("on.yaml"), "resume: true\n");
        Path off = Files.writeString(folder.resolve("off.yaml"), "resume: false\n");
        Path named = Files.writeString(folder.resolve("named.yaml"), "resume: " + a + "\n");
        assertThat(train("--out", a, "--config", on.toString()).used()).isEqualTo(a + " Steps[count=3] true");
        assertThat(train("--config", named.toString()).used()).isEqualTo(a + " Steps[count=3] true");
        assertThat(train("--out", b, "--config", off.toString()).used()).isEqualTo(b + " Steps[count=3] false");
    }

    @Test
    void aRunIsNeitherReplacedNorContinuedUnlessTold() {
        assertThat(train("--out", a).used()).isEqualTo(a + " Steps[count=3] false");
        Outcome again = train("--out", a);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err())
                .startsWith("toy train: " + a + " exists already: it holds a run; continue")
                .hasLineCount(1);
        assertThat(train("--out", a, "--resume").used()).isEqualTo(a + " Steps[count=3] true");
        assertThat(train("--resume", a, "--steps", "5").used()).isEqualTo(a + " Steps[count=5] true");
        assertThat(train("--out", a, "--overwrite").code()).isZero();
        assertThat(train().used()).startsWith(folder.resolve("default").toString());
    }

    @Test
    void contradictionsAreWrongCommandLines() {
        assertThat(train("--out", a).code()).isZero();
        assertWrong("--resume continues a run and --overwrite replaces it", "--out", a, "--resume", "--overwrite");
        assertWrong("leave out --out " + b, "--out", b, "--resume", a);
        assertWrong(b + ": holds no run to resume (no last.zip)", "--resume", b);
        assertWrong("exclude each other", "--steps", "1", "--minutes", "2");
        assertWrong("--minutes is 0.0, expected more than 0", "--minutes", "0");
        assertWrong("--epochs is NaN, expected more than 0", "--epochs", "NaN");
    }

    private void assertWrong(String sentence, String... options) {
        Outcome outcome = train(options);
        assertThat(outcome.err()).contains(sentence).hasLineCount(1);
        assertThat(outcome.code()).isEqualTo(2);
    }

    @Test
    void budgetsAreWhatWasGiven() {
        assertThat(train("--minutes", "0.5").used()).contains("Minutes[count=0.5]");
        assertThat(train("--epochs", "2", "--overwrite").used()).contains("Epochs[count=2.0]");
    }
}
