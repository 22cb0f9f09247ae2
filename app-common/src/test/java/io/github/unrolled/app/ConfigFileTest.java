package io.github.unrolled.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    @TempDir
    Path folder;

    @Test
    void givesValuesThatTheCommandLineOverrides() throws IOException {
        Path file = write("c.yaml", "# my run\nhidden: 128\ncell: gru\nshuffle: true\nscales: [2, 3, 4]\nseed: 7\n");
        Toy toy = new Toy();
        assertThat(toy.run("train", "--config", file.toString(), "--hidden", "32"))
                .as(toy.err())
                .isZero();
        assertThat(toy.train.hidden).isEqualTo(32);
        assertThat(toy.train.cell).isEqualTo(Toy.CellKind.GRU);
        assertThat(toy.train.shuffle).isTrue();
        assertThat(toy.train.scales).isEqualTo(List.of(2, 3, 4));
        assertThat(toy.train.resolved()).containsEntry("seed", 7L).containsEntry("config", file);
        assertThat(toy.train.wasGiven("--cell")).isTrue();
    }

    @Test
    void aFlagIsOnWhereverItIsGiven() throws IOException {
        Path on = write("on.yaml", "shuffle: true\nhalf: true\n");
        Path off = write("off.yaml", "shuffle: false\nhalf: false\n");
        expectFlags(false, true);
        expectFlags(true, true, "--shuffle", "--half");
        expectFlags(true, false, "--shuffle", "--no-half");
        expectFlags(true, true, "--config", on.toString());
        expectFlags(true, true, "--config", on.toString(), "--shuffle", "--half");
        expectFlags(false, false, "--config", off.toString());
        expectFlags(true, true, "--config", off.toString(), "--shuffle", "--half");
    }

    private static void expectFlags(boolean shuffle, boolean half, String... options) {
        Toy toy = new Toy();
        String[] line = Stream.concat(Stream.of("train"), Stream.of(options)).toArray(String[]::new);
        assertThat(toy.run(line)).as(toy.err()).isZero();
        assertThat(toy.train.shuffle).as(List.of(options) + " shuffle").isEqualTo(shuffle);
        assertThat(toy.train.half).as(List.of(options) + " half").isEqualTo(half);
        assertThat(toy.train.wasGiven("--half")).isEqualTo(options.length > 0);
    }

    @Test
    void listsOnTheCommandLineReplaceThoseOfTheFile() throws IOException {
        Path file = write("c.yaml", "scales: [2, 3]\n");
        Toy toy = new Toy();
        assertThat(toy.run("train", "--config=" + file, "--scales", "4")).isZero();
        assertThat(toy.train.scales).isEqualTo(List.of(4));
    }

    @Test
    void readsJsonAndAnEmptyFile() throws IOException {
        Toy toy = new Toy();
        assertThat(toy.run(
                        "train",
                        "--config",
                        write("c.json", "{\"hidden\": 5, \"scales\": [1]}").toString()))
                .as(toy.err())
                .isZero();
        assertThat(toy.train.hidden).isEqualTo(5);
        assertThat(new Toy().run("train", "--config", write("e.yaml", "").toString()))
                .isZero();
    }

    @Test
    void namesFileLineAndKeyOfWhatIsWrong() throws IOException {
        expect("seed: 1\nhiden: 3\n", "line 2: \"hiden\" is not an option of toy train; did you mean \"hidden\"?");
        expect("seed: 1\n\nhidden: many\n", "line 3: ", "--hidden", "'many' is not an int");
        expect("hidden:\n  size: 3\n", "line 2: \"hidden\" needs one value");
        expect("hidden: [1, 2]\n", "line 1: \"hidden\" needs one value");
        expect("hidden:\n", "line 1: \"hidden\" needs one value");
        expect("config: other.yaml\n", "line 1: \"config\" is not an option");
        expect("help: true\n", "line 1: \"help\" is not an option");
        expect("- hidden\n", "line 1: expected option names with their values");
        expect("seed: 1\nseed: 2\n", "line 2: ", "seed");
        expect("seed: {\n", "c.yaml");
        expect("threads: 0\n", "--threads is 0");
    }

    @Test
    void aMissingFileIsNamed() {
        Toy toy = new Toy();
        assertThat(toy.run("train", "--config", "nowhere.yaml")).isEqualTo(2);
        assertThat(toy.err())
                .isEqualTo("toy train: --config: nowhere.yaml: no such file or folder; try: toy train --help\n");
    }

    private void expect(String yaml, String... parts) throws IOException {
        Toy toy = new Toy();
        assertThat(toy.run("train", "--config", write("c.yaml", yaml).toString()))
                .as(yaml)
                .isEqualTo(2);
        assertThat(toy.err()).contains(parts).hasLineCount(1);
    }

    private Path write(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }
}
