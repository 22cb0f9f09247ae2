package io.github.unrolled.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

class ApplicationTest {
    @TempDir
    Path folder;

    @Test
    void runsTheDemoWithoutArgumentsAndWithOptionsAlone() {
        Toy plain = new Toy();
        assertThat(plain.run()).isZero();
        assertThat(plain.out()).contains("demo  nats/char  1.2500  nats  ours");
        assertThat(plain.err()).isEqualTo("a remark" + System.lineSeparator());

        Toy quiet = new Toy();
        assertThat(quiet.run("--quiet")).isZero();
        assertThat(quiet.out()).contains("1.2500");
        assertThat(quiet.err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "train --hiden 3     | toy train: unknown option --hiden; did you mean \"--hidden\"?; try: toy train"
                        + " --help",
                "train --nonsense=3  | toy train: unknown option --nonsense; try: toy train --help",
                "train --threads 0   | toy train: --threads is 0, expected 1 or more; try: toy train --help",
                "train extra         | toy train: unexpected argument \"extra\"; try: toy train --help",
                "tain                | toy: unknown verb \"tain\"; did you mean \"train\"? (demo, train); try: toy"
                        + " --help",
                "--quiet train       | toy demo: unexpected argument \"train\"; the verb comes first: toy train …;"
                        + " try: toy demo --help",
                "train --input no.txt| toy train: Invalid value for option '--input': no such file or folder: no.txt;"
                        + " try: toy train --help",
                "train --hidden x    | toy train: Invalid value for option '--hidden': 'x' is not an int; try: toy"
                        + " train --help",
                "train --hidden      | toy train: Missing required parameter for option '--hidden' (<hidden>); try:"
                        + " toy train --help",
                "train --json no/x   | toy train: --json no/x: there is no folder"
            })
    void saysInOneLineWhatIsWrongWithACommandLine(String line, String expected) {
        Toy toy = new Toy((verb, console) -> {
            throw new AssertionError("must not run");
        });
        assertThat(toy.run(line.strip().split(" "))).isEqualTo(2);
        assertThat(toy.err().lines()).hasSize(1);
        assertThat(toy.err()).startsWith(expected);
        assertThat(toy.out()).isEmpty();
    }

    @Test
    void aResultThatNobodyReceivesIsAFailure() {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = Console.of(new PrintStream(full), new PrintStream(err, true, StandardCharsets.UTF_8));
        int code = new Application("toy", "A toy.", new Toy.Demo()).run(console, "--quiet");
        assertThat(code).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .hasLineCount(1)
                .contains("toy demo: standard output cannot be written");
    }

    @Test
    void aWrongEnumValueNamesTheRightOnes() {
        Toy toy = new Toy();
        assertThat(toy.run("train", "--cell", "rnn")).isEqualTo(2);
        assertThat(toy.err()).contains("--cell", "rnn", "LSTM", "GRU").hasLineCount(1);
        assertThat(new Toy().run("train", "--cell", "gru")).isZero();
    }

    @Test
    void aMissingFileIsAWrongCommandLineOnlyWhenItWasNamedThere() {
        Toy named = new Toy(Toy::readText);
        assertThat(named.run("train", "--text", "none.txt")).isEqualTo(2);
        assertThat(named.err()).isEqualTo("toy train: none.txt: no such file or folder; try: toy train --help\n");

        Toy own = new Toy((verb, console) -> {
            throw new UncheckedIOException(new NoSuchFileException("cache/index"));
        });
        assertThat(own.run("train")).isEqualTo(1);
        assertThat(own.err()).isEqualTo("toy train: cache/index: no such file or folder\n");
    }

    @Test
    void aFailureIsOneLineAndItsTraceIsShownOnlyOnRequest() {
        Toy.Work work = (verb, console) -> {
            throw new WorkFailedException("loss is not a number at step 7\nin encoder.0", new IOException("why"));
        };
        Toy toy = new Toy(work);
        assertThat(toy.run("train")).isEqualTo(1);
        assertThat(toy.err()).isEqualTo("toy train: loss is not a number at step 7 in encoder.0\n");

        Toy verbose = new Toy(work);
        assertThat(verbose.run("train", "--verbose")).isEqualTo(1);
        assertThat(verbose.err()).contains("WorkFailedException", "at io.github.unrolled.app", "why");
    }

    @Test
    void aMistakeOfTheProgramIsCalledOneAndSaysWhere() {
        Toy toy = new Toy((verb, console) -> Result.of(ResultRow.of(Objects.requireNonNull(nothing()), "", 0, "")));
        assertThat(toy.run("train")).isEqualTo(1);
        assertThat(toy.err())
                .startsWith("toy train: this is a mistake in the program, not yours: NullPointerException")
                .contains(" at ApplicationTest.java:", "--verbose")
                .hasLineCount(1);
    }

    private static String nothing() {
        return System.getProperty("a.property.that.nobody.sets");
    }

    @Test
    void anArgumentThatOurCodeRejectsIsExplainedAndOneThatJavaRejectsIsAMistake() {
        Toy ours = new Toy((verb, console) -> {
            throw new IllegalArgumentException("hidden is -1, expected 1 or more");
        });
        assertThat(ours.run("train")).isEqualTo(1);
        assertThat(ours.err()).isEqualTo("toy train: hidden is -1, expected 1 or more\n");

        Toy javas = new Toy((verb, console) -> Result.of(ResultRow.of("x", "x", Integer.parseInt("four"), "")));
        assertThat(javas.run("train")).isEqualTo(1);
        assertThat(javas.err()).contains("mistake in the program", "four");
    }

    @Test
    void memoryThatRunsOutIsOneSentence() {
        Toy toy = new Toy((verb, console) -> {
            throw new OutOfMemoryError("Java heap space");
        });
        assertThat(toy.run("train")).isEqualTo(1);
        assertThat(toy.err())
                .contains("not enough memory (Java heap space", "-Xmx")
                .hasLineCount(1);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskNamesTheFile() {
        Toy toy = new Toy();
        assertThat(toy.run("train", "--json", "/dev/full")).isEqualTo(1);
        assertThat(toy.err())
                .startsWith("toy train: /dev/full: no space left on the disk")
                .hasLineCount(1);
    }

    @Test
    void aFullDiskWithoutAFileNameIsStillASentence() {
        Toy toy = new Toy((verb, console) -> {
            throw new IOException("No space left on device");
        });
        assertThat(toy.run("train")).isEqualTo(1);
        assertThat(toy.err()).startsWith("toy train: no space left on the disk; free some");
    }

    @Test
    void exceptionsWhoseMessageSaysNothingAreExplained() {
        Toy network = new Toy((verb, console) -> {
            throw new UnknownHostException("data.example.org");
        });
        assertThat(network.run("train")).isEqualTo(1);
        assertThat(network.err()).isEqualTo("toy train: cannot reach data.example.org; is this machine offline?\n");

        Toy end = new Toy((verb, console) -> {
            throw new EOFException();
        });
        assertThat(end.run("train")).isEqualTo(1);
        assertThat(end.err()).contains("may be truncated").hasLineCount(1);
    }

    @Test
    void partsThatFailedAreNamedAndTheRestIsReported() {
        Toy toy = new Toy((verb, console) ->
                Result.of(ResultRow.of("a.png", "psnr", 30.5, "dB")).withFailure("b.png: not an image"));
        assertThat(toy.run("train")).isEqualTo(1);
        assertThat(toy.out()).contains("a.png", "30.50");
        assertThat(toy.err()).isEqualTo("toy train: b.png: not an image\n");
    }

    @Test
    void anInterruptedVerbReportsWhatItHasAndExitsWith130() throws IOException {
        Path json = folder.resolve("r.json");
        Toy early = new Toy((verb, console) -> {
            console.interruption().request();
            return Result.of(ResultRow.of("training", "steps", 12, "steps"));
        });
        assertThat(early.run("train", "--json", json.toString())).isEqualTo(130);
        assertThat(early.out()).contains("12.00");
        assertThat(new ObjectMapper().readTree(json.toFile()).get("interrupted").asBoolean())
                .isTrue();

        Toy thrown = new Toy((verb, console) -> {
            console.interruption().request();
            console.interruption().check();
            throw new AssertionError("check must have thrown " + CancellationException.class);
        });
        assertThat(thrown.run("train")).isEqualTo(130);
        assertThat(thrown.err()).isEqualTo("toy train: interrupted; what was written is whole\n");
    }

    @Test
    void helpHasExamplesAndVersionNamesJava() {
        Toy app = new Toy();
        assertThat(app.run("--help")).isZero();
        assertThat(app.out())
                .contains("demo", "Shows the idea.", "train", "toy VERB --help")
                .doesNotContain("\u001b");

        Toy verb = new Toy();
        assertThat(verb.run("train", "--help")).isZero();
        assertThat(verb.out())
                .contains("Examples:", "toy train --hidden 128", "--seed", "--threads", "--json", "--config", "--out");

        Toy version = new Toy();
        assertThat(version.run("--version")).isZero();
        assertThat(version.out())
                .startsWith("toy ")
                .contains("(Unrolled)", "Java " + System.getProperty("java.version"));
    }

    @Test
    void colourIsUsedWhereAllowed() {
        Toy toy = new Toy();
        Console coloured =
                new Console(toy.console.out(), toy.console.err(), true, true, false, toy.console.interruption());
        Application app = new Application("toy", "Test.", new Toy.Demo());
        assertThat(app.run(coloured, "--help")).isZero();
        assertThat(app.run(coloured, "demo", "--nothing")).isEqualTo(2);
        assertThat(toy.out()).contains("\u001b[");
        assertThat(toy.err()).startsWith("\u001b[31mtoy demo:\u001b[0m unknown option");
    }

    @Test
    void aVerbWithoutExamplesIsRejected() {
        @Command(name = "bare", description = "No examples.")
        class Bare extends Verb {
            @Override
            protected Result run(Console console) {
                return Result.none();
            }
        }
        Application app = new Application("toy", "Test.", new Bare());
        assertThatThrownBy(() -> app.run(new Toy().console, "bare"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("bare");
    }

    @Test
    void theJsonFileHoldsWhatTheTableSays() throws IOException {
        Path json = folder.resolve("result.json");
        Toy toy = new Toy((verb, console) -> Result.of(
                ResultRow.of("validation", "nats/char", 1.4697, "nats")
                        .with("model", "ours")
                        .with("k", 20),
                ResultRow.of("unigram", "nats/char", Double.NaN, "nats").with("spread", Double.POSITIVE_INFINITY)));
        assertThat(toy.run("train", "--json", json.toString())).isZero();

        JsonNode root = new ObjectMapper().readTree(json.toFile());
        assertThat(root.fieldNames()).toIterable().containsExactly("app", "verb", "results", "seconds");
        assertThat(root.get("app").asText()).isEqualTo("toy");
        assertThat(root.get("verb").asText()).isEqualTo("train");
        assertThat(root.get("seconds").isNumber()).isTrue();
        JsonNode first = root.get("results").get(0);
        assertThat(first.fieldNames()).toIterable().containsExactly("name", "metric", "value", "unit", "model", "k");
        assertThat(first.get("value").doubleValue()).isEqualTo(1.4697);
        assertThat(first.get("k").intValue()).isEqualTo(20);
        assertThat(root.get("results").get(1).get("value").isNull()).isTrue();
        assertThat(root.get("results").get(1).get("spread").isNull()).isTrue();
        assertThat(toy.out()).contains("1.4697").contains("NaN");
    }

    @Test
    void settingsAreResolvedAndKnowWhatWasGiven() {
        Toy toy = new Toy();
        assertThat(toy.run("train", "--hidden", "128", "--out", "runs/a", "--seed=9"))
                .isZero();
        assertThat(toy.train.resolved())
                .containsEntry("hidden", 128)
                .containsEntry("cell", Toy.CellKind.LSTM)
                .containsEntry("out", Path.of("runs/a"))
                .containsEntry("seed", 9L)
                .containsKey("threads")
                .doesNotContainKeys("help", "version");
        assertThat(toy.train.wasGiven("--hidden")).isTrue();
        assertThat(toy.train.wasGiven("--cell")).isFalse();
        assertThat(toy.train.outOr(Path.of("x"))).isEqualTo(Path.of("runs/a"));
        assertThat(Files.exists(Path.of("runs/a"))).isFalse();
    }
}
