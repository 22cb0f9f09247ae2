package io.github.unrolled.motion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a file of tracks to futures, by the command line alone. */
class PedestrianCommandLineTest {
    @TempDir
    private static Path shared;

    private static Path model = Path.of("");
    private static Path walkers = Path.of("");

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void train() throws IOException {
        walkers = Motion.walkers(shared.resolve("walkers.csv"), 260, 1);
        model = shared.resolve("run");
        Motion.train(walkers, model, "--half");
    }

    @Test
    void aRunFolderIsWhole() throws IOException {
        assertThat(Files.list(model).map(file -> file.getFileName().toString()))
                .contains("best.zip", "last.zip", "run.json", "metrics.csv", "curve.png");
    }

    @Test
    void predictsEveryWalkerWithAFullHistory() throws IOException {
        Path out = folder.resolve("futures.csv");
        Path plot = folder.resolve("futures.png");
        Motion called = Motion.run(
                "predict",
                "--input",
                walkers.toString(),
                "--model",
                model.toString(),
                "--frame",
                "1000",
                "--steps",
                "5",
                "--out",
                out.toString(),
                "--plot",
                plot.toString());
        assertThat(called.code()).as(called.err()).isZero();
        List<String> lines = Files.readAllLines(out);
        assertThat(lines.get(0)).isEqualTo("frame,id,sample,probability,x,y");
        assertThat((lines.size() - 1) % (3 * 5))
                .as("three samples of five steps each")
                .isZero();
        assertThat(lines.get(1)).startsWith("1010,");
        double sum = lines.stream()
                .skip(1)
                .limit(15)
                .filter(line -> line.startsWith("1010,"))
                .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[3]))
                .sum();
        assertThat(sum).isBetween(0.999, 1.001);
        assertThat(ImageIO.read(plot.toFile()).getWidth()).isGreaterThan(500);
    }

    @Test
    void predictsASingleWalker() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            text.append(i).append(" anna ").append(0.5 * i).append(" 0\n");
        }
        Path file = Files.writeString(folder.resolve("anna.txt"), text);
        Motion called = Motion.run("predict", "--input", file.toString(), "--model", model.toString());
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.out().lines()).hasSize(1 + 3 * 12);
        assertThat(called.err()).contains("one walker");
    }

    @Test
    void measuresAModelBesideBaselines() throws IOException {
        Path json = folder.resolve("result.json");
        Motion called = Motion.run(
                "evaluate", "--data", walkers.toString(), "--model", model.toString(), "--json", json.toString());
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.out()).contains("One sample", "Best of 3 per pedestrian", "Best of 3 per window", "ours");
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("results");
        assertThat(rows).isNotEmpty();
        assertThat(rows.findValuesAsText("model")).contains("stand-still", "constant-velocity", "linear-fit", "ours");
        assertThat(rows.findValuesAsText("metric")).contains("ade", "fde", "ade3", "fde3", "ade3-window");
        Motion csv =
                Motion.run("evaluate", "--data", walkers.toString(), "--model", model.toString(), "--format", "csv");
        assertThat(csv.out()).startsWith("name,metric,value,unit,model,protocol,walkers");
    }

    @Test
    void trustIsFittedWhenAskedFor() throws IOException {
        Path run = folder.resolve("run");
        Motion called = Motion.run(
                "train",
                "--data",
                walkers.toString(),
                "--out",
                run.toString(),
                "--modes",
                "1",
                "--hidden",
                "8",
                "--steps",
                "5",
                "--threads",
                "1",
                "--fit-trust");
        assertThat(called.code()).as(called.err()).isZero();
        assertThat(called.err()).contains("how far to trust it is fitted afterwards");
        assertThat(called.out()).as("one scene, so none can be left out").contains("fitted on later windows");
        assertThat(Motion.run("train", "--data", walkers.toString(), "--fit-trust", "--modes", "2")
                        .refused(2))
                .contains("trust is fitted for one future");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 0 a 0 0/1 a 1 0 | nobody has 8 positions in a row up to frame 1",
                "1 | 0 a 0 0/1 a NaN 0 | line 2: x is NaN, expected a finite number",
                "1 | 0 a 0 0/1 a 30 0 | line 2: walker a moves 30.0 metres in a step of 0.400 seconds",
                "1 | 0 a 0 0/1 a x 0 | line 2: x is 'x', expected a number",
                "1 | # nothing | has no positions; expected lines of frame, id, x, y"
            })
    void refusesWhatCannotBePredicted(int code, String text, String sentence) throws IOException {
        Path file = Files.writeString(folder.resolve("bad.csv"), text.replace("/", "\n"));
        Path out = folder.resolve("futures.csv");
        Motion called =
                Motion.run("predict", "--input", file.toString(), "--model", model.toString(), "--out", out.toString());
        assertThat(called.refused(code)).contains(sentence);
        assertThat(out).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "predict --task dog --input x.csv | --task is dog, expected pedestrian or skeleton",
                "demo --task dog | --task is dog, expected pedestrian or skeleton",
                "train --fold rome | --fold is rome: no fold is called 'rome'",
                "train --cell elman --data x.csv | no cell is called 'elman'; there are lstm and gru",
                "train --scaling 0.5 | augmentation scales by up to 0.5",
                "evaluate --model runs/one | every fold of eth-ucy needs a model of its own",
                "evaluate --data nowhere.csv | which is no file, no folder and neither eth-ucy nor simulator",
                "predict --input nowhere.csv | nowhere.csv: no such file or folder"
            })
    void refusesCommandLinesThatAreWrong(String line, String sentence) {
        assertThat(Motion.run(line.split(" ", -1)).refused(2)).contains(sentence);
    }

    @Test
    void refusesAnotherStepThanTheModels() {
        Motion called = Motion.run(
                "predict", "--input", walkers.toString(), "--model", model.toString(), "--step-seconds", "1");
        assertThat(called.refused(2)).contains("the model was trained with steps of 0.4 seconds");
    }
}
