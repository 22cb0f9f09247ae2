package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.unrolled.datasets.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real video files: train, save, load, label, measure. */
final class EndToEndTest {
    @TempDir
    static Path folder;

    private static Path clips;
    private static Path run;
    private static Path cache;

    @BeforeAll
    static void train() throws IOException {
        clips = folder.resolve("clips");
        cache = folder.resolve("cache");
        run = folder.resolve("run");
        Clips.labelled(clips, 8);
        Files.write(clips.resolve("broken.mp4"), new byte[] {1, 2, 3});
        Files.writeString(clips.resolve("broken.csv"), "start,end,label\n0,1,disc\n");
        Call call = Call.of(training(clips, run, "--steps", "6")).worked();
        assertThat(call.err())
                .contains("broken.mp4")
                .contains("6 clips (288 frames) train, 1 (48) validate; 4 classes");
    }

    private static Object[] training(Path data, Path out, String... more) {
        List<Object> line = new ArrayList<>(List.of("train", "--data", data, "--out", out, "--cache", cache));
        line.addAll(List.of("--size", "16x16", "--convolutions", "4,8", "--embedding", "8", "--hidden", "8"));
        line.addAll(
                List.of("--batch", "4", "--window", "24", "--evaluate-every", "0", "--before", "1", "--ahead", "0"));
        line.addAll(List.of("--bidirectional", "false", "--recurrence", "lstm"));
        line.addAll(List.of(more));
        return line.toArray();
    }

    @Test
    void theRunFolderIsCompleteAndARunGoesOn() {
        for (String name : List.of("best.zip", "last.zip", "run.json", "metrics.csv", "curve.png")) {
            assertThat(run.resolve(name)).isNotEmptyFile();
        }
        Call.of(training(clips, run, "--resume", "--steps", "8")).worked();
        Call.of(training(clips, run, "--resume", "--steps", "9", "--dropout", "0.5"))
                .failed(2, "--dropout is 0.5 and the run to resume has");
    }

    @Test
    void videosAreLabelledAndABadOneDoesNotEndTheRun() throws IOException {
        Path films = Files.createDirectories(folder.resolve("films"));
        Clips.film(films.resolve("good.mp4"), 30);
        byte[] whole = Files.readAllBytes(films.resolve("good.mp4"));
        Files.write(films.resolve("bad, cut.mp4"), Arrays.copyOf(whole, 200));
        Files.writeString(films.resolve("text.avi"), "no video at all");
        Files.write(films.resolve("empty.mkv"), new byte[0]);
        Path out = folder.resolve("labelled");
        Path json = folder.resolve("result.json");
        Call call = Call.of("predict", "--source", films, "--model", run, "--out", out, "--json", json);
        assertThat(call.code()).isEqualTo(1);
        assertThat(call.err())
                .contains("bad, cut.mp4")
                .contains("text.avi")
                .contains("empty.mkv")
                .doesNotContain("\tat ");
        assertThat(call.err().strip().lines()).hasSize(3);
        List<String> table = Files.readAllLines(out.resolve("good.csv"));
        assertThat(table).hasSize(31);
        assertThat(table.get(0)).isEqualTo("frame,seconds,label,probability,cross,disc,square,triangle");
        double sum = 0;
        for (String probability : List.of(table.get(30).split(",")).subList(4, 8)) {
            sum += Double.parseDouble(probability);
        }
        assertThat(sum).isBetween(0.999, 1.001);
        JsonNode segments =
                new ObjectMapper().readTree(out.resolve("good-segments.json").toFile());
        JsonNode list = segments.path("segments");
        assertThat(list.get(0).path("fromFrame").asInt()).isZero();
        assertThat(list.get(list.size() - 1).path("toFrame").asInt()).isEqualTo(30);
        assertThat(list.get(list.size() - 1).path("toSeconds").asDouble()).isBetween(1.15, 1.25);
        assertThat(out.resolve("good-timeline.png")).isNotEmptyFile();
        assertThat(frames(out.resolve("good.mp4"))).isEqualTo(30);
        try (var written = Files.list(out)) {
            assertThat(written).hasSize(4);
        }
        assertThat(new ObjectMapper().readTree(json.toFile()).path("failures")).hasSize(3);
    }

    private static int frames(Path film) {
        int count = 0;
        try (VideoReader reader = VideoReader.open(film)) {
            while (reader.next().isPresent()) {
                count++;
            }
        }
        return count;
    }

    @Test
    void everySecondFrameWithoutAFilm() throws IOException {
        Path film = Clips.film(folder.resolve("stride.mp4"), 25);
        Path out = folder.resolve("strided");
        Call.of("predict", "--source", film, "--model", run, "--out", out, "--stride", "2", "--no-film")
                .worked();
        assertThat(Files.readAllLines(out.resolve("stride.csv")).get(13)).startsWith("24,0.96");
        assertThat(out.resolve("stride.mp4")).doesNotExist();
    }

    @Test
    void aModelIsMeasuredOnHeldOutClips() throws IOException {
        Path out = folder.resolve("measured");
        Path json = folder.resolve("measured.json");
        Call call = Call.of(
                        "evaluate",
                        "--data",
                        clips,
                        "--model",
                        run,
                        "--cache",
                        cache,
                        "--size",
                        "16x16",
                        "--out",
                        out,
                        "--json",
                        json,
                        "--format",
                        "markdown")
                .worked();
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("results");
        List<String> metrics = new ArrayList<>();
        rows.forEach(row -> {
            assertThat(row.path("name").asText()).isEqualTo("clips");
            assertThat(row.path("model").asText()).isEqualTo("ours");
            assertThat(row.path("value").asDouble()).isBetween(0.0, 100.0);
            metrics.add(row.path("metric").asText());
        });
        assertThat(metrics).containsExactly("frame-accuracy", "edit", "f1-10", "f1-25", "f1-50");
        assertThat(call.out()).contains("| clips | frame-accuracy |").contains("| triangle |");
        assertThat(out.resolve("clips-confusion.png")).isNotEmptyFile();
        assertThat(Files.readAllLines(out.resolve("clips-classes.csv"))).hasSize(5);
    }

    @Test
    void aFolderForEachClassIsEnough() throws IOException {
        Path classes = folder.resolve("classes");
        Clips.ofClasses(classes, 16);
        Path out = folder.resolve("of-classes");
        Call.of(training(classes, out, "--steps", "30", "--learning-rate", "0.02", "--shift", "0"))
                .worked();
        Path json = folder.resolve("classes.json");
        Call.of(
                        "evaluate",
                        "--data",
                        classes,
                        "--model",
                        out,
                        "--cache",
                        cache,
                        "--size",
                        "16x16",
                        "--json",
                        json,
                        "--out",
                        folder.resolve("m"))
                .worked();
        JsonNode row =
                new ObjectMapper().readTree(json.toFile()).path("results").get(0);
        assertThat(row.path("metric").asText()).isEqualTo("clip-accuracy");
        assertThat(row.path("value").asDouble()).isEqualTo(100);
        Path film = classes.resolve("dark").resolve("c1.mp4");
        Call labelled = Call.of("predict", "--source", film, "--model", out, "--out", folder.resolve("dark"))
                .worked();
        assertThat(labelled.out()).contains("dark");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing-there", "weizmann"})
    void dataThatIsNotThereIsNamed(String data) {
        Call.of("train", "--data", data, "--out", folder.resolve("none"))
                .failed(2, "--data is " + data, "shapes, shapes-clip");
    }

    @Test
    void wrongCommandLines() {
        Call.of("predict", "--model", run).failed(2, "--source");
        Call.of("predict", "--source", folder.resolve("absent.mp4"), "--model", run, "--out", folder.resolve("x"))
                .failed(1, "absent.mp4 does not exist");
        Call.of("predict", "--source", "a.mp4", "--stride", "0", "--model", run).failed(2, "--stride is 0");
        Call.of("predict", "--source", "a.mp4", "--crop", "96x64")
                .failed(
                        2,
                        "--crop: 96x64 is no part of a frame, expected width, height and place such as 96x64+108+181");
        Call.of("predict", "--source", "a.mp4", "--show", "--no-film").failed(2, "--show shows the film");
        Call.of(training(clips, folder.resolve("y"), "--pooling", "max")).failed(2, "pooling is 'max'");
        Call.of("train", "--data", clips, "--size", "16", "--out", folder.resolve("z"))
                .failed(2, "--size is 16, expected width and height such as 64x48");
        Call.of("evaluate", "--data", clips, "--model", run, "--size", "20x16", "--cache", cache, "--out", folder)
                .failed(2, "labels frames of 16x16x1, and the data has frames of 20x16x1");
        assertThat(folder.resolve("z")).doesNotExist();
    }
}
