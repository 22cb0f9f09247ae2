package io.github.unrolled.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bad input gets one sentence, the right exit code, and leaves nothing behind. */
final class CommandLineTest {
    @TempDir
    Path folder;

    private Path text = Path.of("");
    private String run = "";

    @BeforeEach
    void text() throws IOException {
        text = Charlm.text(folder.resolve("text.txt"), 600);
        run = folder.resolve("run").toString();
    }

    private Charlm train(String... options) {
        return Charlm.run(Stream.concat(Stream.of("train", "--out", run), Arrays.stream(options))
                .toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "train", "evaluate", "sample", "zoo", "convert"})
    void everyVerbHasHelpWithExamples(String verb) {
        Charlm help = Charlm.run(verb, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.err()).isEmpty();
        assertThat(help.out()).startsWith("Usage: ").contains("Examples:", "./run charlm", "--json=FILE");
    }

    @Test
    void theVersionIsPrinted() {
        for (String[] line : new String[][] {{"--version"}, {"-V"}, {"train", "--version"}, {"sample", "--version"}}) {
            Charlm version = Charlm.run(line);
            assertThat(version.code()).isZero();
            assertThat(version.out()).matches("charlm \\d.*\\R");
            assertThat(version.err()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        train --hiden 3               | did you mean "--hidden"
        train --hidden many           | 'many'
        train --hidden 0              | --hidden is 0
        train --cell transformer      | expected lstm, gru or rnn
        train --hidden 99999999999    | '99999999999'
        train --layers 2.5            | '2.5'
        train --steps                 | --steps
        train --dropout 1.5           | --dropout is 1.5
        train --dropout -0.1          | --dropout is -0.1
        train --dropout NaN           | --dropout is NaN
        train --recurrent-dropout 1   | --recurrent-dropout is 1
        train --window 0              | --window is 0
        train --seed x                | 'x'
        train --threads 0             | --threads is 0
        train --split 1               | --split is 1
        train --learning-rate -1      | --learning-rate is -1
        train --steps 5 --minutes 1   | --minutes
        train --data no-such-text     | --data is no-such-text
        evaluate --split 0            | --split is 0
        evaluate --model no-such      | charlm/shakespeare
        sample --length -1            | --length is -1
        sample --temperature -1       | temperature
        sample --top-p 0              | top-p
        sample --model runs/none      | --model is runs/none
        sample --prime Ж              | --prime cannot be read
        write                         | unknown verb "write"
        """)
    void aWrongCommandLineIsExplained(String line, String part) {
        String[] arguments = line.split(" ");
        if (arguments[0].equals("train")) {
            String[] data = line.contains("--data") ? new String[0] : new String[] {"--data", text.toString()};
            arguments = Stream.of(arguments, data, new String[] {"--out", run})
                    .flatMap(Arrays::stream)
                    .toArray(String[]::new);
        }
        assertThat(Charlm.run(arguments).refused(2)).contains(part);
        assertThat(Path.of(run)).doesNotExist();
    }

    @Test
    void aBadByteIsNamedWithItsOffset() throws IOException {
        byte[] bytes = Files.readAllBytes(text);
        bytes[777] = (byte) 0xff;
        Files.write(text, bytes);
        assertThat(train("--data", text.toString()).refused(1)).contains(text.toString(), "777", "0xFF", "UTF-8");
        assertThat(Path.of(run)).as("nothing half-written").doesNotExist();
    }

    @Test
    void aTextWithoutEnoughCharactersIsRefused() throws IOException {
        Files.writeString(text, "");
        assertThat(train("--data", text.toString()).refused(1)).contains(text.toString());
        Files.writeString(text, "short");
        assertThat(train("--data", text.toString()).refused(1)).contains("text.txt", "5 characters");
    }

    @Test
    void aMissingFileIsNamed() {
        String missing = folder.resolve("missing.txt").toString();
        assertThat(train("--data", missing).refused(2)).contains(missing);
    }

    @Test
    void anEmptyFolderIsNamed() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        assertThat(train("--data", empty.toString()).refused(1)).contains(empty.toString(), "*.txt");
        assertThat(train("--data", empty.toString(), "--glob", "[").refused(2)).contains("--glob is [");
    }

    @Test
    void whatCannotBeWrittenIsNamedBeforeTheWorkBegins() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        run = file.resolve("run").toString();
        assertThat(train("--data", text.toString()).refused(1)).contains(file.toString());
        run = file.toString();
        assertThat(train("--data", text.toString()).refused(1)).contains(file + ": is a file, expected a folder");
        String json = file.resolve("result.json").toString();
        assertThat(Charlm.run("zoo", "--json", json).refused(2)).contains(file.toString());
    }

    @Test
    void thereMustBeSomethingToResume() throws IOException {
        assertThat(Charlm.run("train", "--resume", run).refused(2)).contains(run, "no run to resume");
        assertThat(Path.of(run)).doesNotExist();
        Files.createDirectory(Path.of(run));
        assertThat(Charlm.run("train", "--resume", run).refused(2)).contains(run, "no run to resume");
    }

    @Test
    void aDamagedOrForeignCheckpointIsRefusedAndKept() throws IOException {
        Charlm.train(text, Path.of(run), 20);
        Path last = Path.of(run, "last.zip");
        byte[] whole = Files.readAllBytes(last);
        Path best = Path.of(run, "best.zip");
        byte[] model = Files.readAllBytes(best);
        for (byte[] damaged : new byte[][] {
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, whole.length - 1),
            "not a checkpoint".getBytes(StandardCharsets.UTF_8),
            {},
            // A model without an optimiser's state.
            model
        }) {
            Files.write(last, damaged);
            assertThat(Charlm.run("train", "--resume", run).refused(1)).contains(last.toString());
            assertThat(last).hasBinaryContent(damaged);
            assertThat(best).hasBinaryContent(model);
        }
    }

    @Test
    void aRunIsNotContinuedOnAnotherText() throws IOException {
        Charlm.train(text, Path.of(run), 20);
        Path other = Charlm.text(folder.resolve("other.txt"), 601);
        assertThat(Charlm.run("train", "--resume", run, "--data", other.toString())
                        .refused(1))
                .contains("trained on other data", other.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--hidden 64", "--learning-rate 0.5", "--cell lstm", "--seed 77", "--threads 7"})
    void whatMakesARunCannotChangeWhenItGoesOn(String change) throws IOException {
        Charlm.train(text, Path.of(run), 20);
        byte[] last = Files.readAllBytes(Path.of(run, "last.zip"));
        String[] changed = Stream.concat(Stream.of("train", "--resume", run), Arrays.stream(change.split(" ")))
                .toArray(String[]::new);
        assertThat(Charlm.run(changed).refused(2)).contains(change.replace(" ", " is "), "the run to resume has");
        assertThat(Path.of(run, "last.zip")).hasBinaryContent(last);
    }

    @Test
    void aRunIsNotReplacedUnasked() throws IOException {
        Charlm.train(text, Path.of(run), 20);
        assertThat(train("--data", text.toString()).refused(2)).contains("--overwrite");
        train("--data", "no-such-text", "--overwrite").refused(2);
        assertThat(Path.of(run, "last.zip"))
                .as("not replaced by a run that never began")
                .exists();
    }

    @Test
    void aModelMustBeAModel() {
        assertThat(Charlm.run("sample", "--model", text.toString()).refused(1)).contains(text.toString());
        assertThat(Charlm.run("evaluate", "--model", folder.toString()).refused(2))
                .contains("without best.zip");
    }

    @Test
    void aCharacterThatTheModelDoesNotKnowIsNamed() throws IOException {
        Charlm.train(text, Path.of(run), 20);
        Path other = Files.writeString(folder.resolve("other.txt"), "over the hill?\n".repeat(20));
        assertThat(Charlm.run("evaluate", "--model", run, "--data", other.toString())
                        .refused(1))
                .contains("?");
    }
}
