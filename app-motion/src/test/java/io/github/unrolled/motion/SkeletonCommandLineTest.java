package io.github.unrolled.motion;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.motion.bvh.Bvh;
import io.github.unrolled.datasets.motion.bvh.BvhReader;
import io.github.unrolled.datasets.motion.bvh.BvhWriter;
import io.github.unrolled.datasets.motion.gait.GaitGenerator;
import io.github.unrolled.datasets.motion.gait.GaitSkeleton;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkeletonCommandLineTest {
    @TempDir
    private Path folder;

    private Path gait(String name, long seed, int frames) throws IOException {
        Motion motion = new GaitGenerator().motion("walk", new Seed(seed), frames);
        Path file = folder.resolve(name);
        BvhWriter.write(file, GaitSkeleton.template().withPoses(motion.poses()));
        return file;
    }

    private static io.github.unrolled.motion.Motion run(Object... arguments) {
        return io.github.unrolled.motion.Motion.run(
                Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    }

    @Test
    void theDemoLeavesAFilm() throws IOException {
        var demo = run("demo", "--task", "skeleton", "--out", folder, "--quiet");
        assertThat(demo.code()).as(demo.err()).isZero();
        assertThat(demo.out()).contains("zero-velocity", "ours");
        byte[] film = Files.readAllBytes(folder.resolve("skeleton.mp4"));
        assertThat(new String(film, 4, 4, StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        assertThat(film.length).isBetween(100_000, 10_000_000);
    }

    @Test
    void aMotionIsContinuedInItsOwnFormat() throws IOException {
        Path input = gait("walk.bvh", 5, 40);
        Path longer = folder.resolve("longer.bvh");
        Path film = folder.resolve("longer.mp4");
        var predicted = run("predict", "--input", input, "--seconds", 0.5, "--out", longer, "--film", film);
        assertThat(predicted.code()).as(predicted.err()).isZero();
        Bvh before = BvhReader.read(input);
        Bvh after = BvhReader.read(longer);
        assertThat(after.channels()).isEqualTo(before.channels());
        assertThat(after.frames()).hasSize(55);
        assertThat(after.frames().get(39))
                .containsExactly(before.frames().get(39), org.assertj.core.api.Assertions.within(1e-4));
        assertThat(film).isNotEmptyFile();
        var printed = run("predict", "--input", input, "--frame", 20, "--seconds", 0.1, "--quiet");
        assertThat(BvhReader.read("out", printed.out().getBytes(StandardCharsets.UTF_8))
                        .frames())
                .hasSize(23);
    }

    @Test
    void whatCannotBeContinuedIsSaidAndLeavesNothing() throws IOException {
        Path out = folder.resolve("out.bvh");
        Path walk = gait("walk.bvh", 5, 40);
        String text = Files.readString(walk);
        assertThat(refused(1, out, gait("short.bvh", 5, 4))).contains("short.bvh", "(4 frames)", "10 frames");
        assertThat(refused(1, out, written("renamed.bvh", text.replace("LeftArm", "Wing"))))
                .contains("renamed.bvh: the motion has no joint called LeftArm,", "which the model moves");
        assertThat(refused(1, out, written("cut.bvh", text.substring(0, 700)))).contains("cut.bvh, line ");
        assertThat(refused(
                        1, out, written("nan.bvh", text.replaceFirst("Frame Time: .*\n\\S+", "Frame Time: 0.03\nNaN"))))
                .contains("nan.bvh, line ", "found NaN");
        assertThat(refused(1, out, written("empty.bvh", ""))).contains("empty.bvh", "HIERARCHY");
        assertThat(refused(2, out, walk, "--frame", "41")).contains("--frame is 41", "1 to 40");
        assertThat(refused(2, out, walk, "--seconds", "0")).contains("--seconds");
        assertThat(refused(1, out, walk, "--model", "charlm/shakespeare"))
                .contains("is no predictor of skeletons but 'charlm'");
        assertThat(refused(2, out, walk, "--task", "fish")).contains("fish", "skeleton");
        assertThat(out).doesNotExist();
    }

    private Path written(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String refused(int code, Path out, Path input, String... more) {
        List<Object> line = new ArrayList<>(List.of("predict", "--input", input, "--out", out));
        line.addAll(List.of(more));
        return run(line.toArray()).refused(code);
    }

    @Test
    void trainsOnFilesOfOnesOwnResumesAndIsMeasured() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < 3; i++) {
            Files.move(gait("walk" + i + ".bvh", i, 60), data.resolve("walk" + i + ".bvh"));
        }
        Path runs = folder.resolve("run");
        var trained = run(
                "train",
                "--task",
                "skeleton",
                "--data",
                data,
                "--out",
                runs,
                "--steps",
                3,
                "--hidden",
                16,
                "--recurrent",
                8,
                "--batch",
                8,
                "--checkpoint-every",
                2,
                "--quiet");
        assertThat(trained.code()).as(trained.err()).isZero();
        assertThat(trained.out()).contains("validation");
        var resumed = run("train", "--task", "skeleton", "--data", data, "--resume", runs, "--steps", 5, "--quiet");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        var changed = run("train", "--task", "skeleton", "--data", data, "--resume", runs, "--hidden", 17, "--quiet");
        assertThat(changed.refused(2)).contains("--hidden is 17");
        Path json = folder.resolve("result.json");
        var measured = run(
                "evaluate",
                "--task",
                "skeleton",
                "--data",
                data,
                "--model",
                runs,
                "--json",
                json,
                "--format",
                "markdown");
        assertThat(measured.code()).as(measured.err()).isZero();
        assertThat(measured.out()).contains("| ours", "zero-velocity", "frame25");
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).findPath("results");
        assertThat(
                        rows.isMissingNode()
                                ? new ObjectMapper().readTree(json.toFile()).toString()
                                : rows.toString())
                .contains("\"data-frame2\"", "\"euler\"", "\"zero-velocity\"");
    }

    @Test
    void motionsOfSeveralSkeletonsAreNotMixed() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path one = gait("a.bvh", 1, 60);
        Files.move(one, data.resolve("a.bvh"));
        Files.writeString(
                data.resolve("b.bvh"), Files.readString(data.resolve("a.bvh")).replace("Head", "Skull"));
        assertThat(run("train", "--task", "skeleton", "--data", data, "--out", folder.resolve("run"))
                        .refused(1))
                .contains("b.bvh has other joints than", "a.bvh");
        assertThat(run("train", "--task", "skeleton", "--data", "nowhere", "--out", folder.resolve("run"))
                        .refused(2))
                .contains("--data is nowhere", "cmu-held-out");
    }

    @Test
    void theShippedModelInThePublishedProtocol() throws IOException {
        Assumptions.assumeTrue(
                DatasetStore.defaultMirror().isPresent(),
                "skipped: the property unrolled.mirror names no mirror of the data sets");
        Path json = folder.resolve("result.json");
        var measured = run("evaluate", "--task", "skeleton", "--cache", folder, "--json", json, "--quiet");
        assertThat(measured.code()).as(measured.err()).isZero();
        assertThat(value(json, "mean-80ms", "ours")).isLessThan(0.29);
        assertThat(value(json, "mean-1000ms", "ours")).isLessThan(1.2);
        assertThat(value(json, "walking-400ms", "zero-velocity")).isBetween(0.95105, 0.95115);
        assertThat(measured.out())
                .contains("walking, joints apart in mm", "LearnTrajDep (Mao et al. 2019, recalled)")
                .doesNotContain("published");
        String rows = Files.readString(json);
        assertThat(rows)
                .contains("\"metric\" : \"position\"", "\"unit\" : \"mm\"")
                .doesNotContain("published)");
        assertThat(run("evaluate", "--task", "skeleton", "--cache", folder, "--model", "motion/skeleton-all")
                        .refused(2))
                .contains("was trained on cmu-all, the test files among them");
    }

    private static double value(Path json, String name, String model) throws IOException {
        for (JsonNode rows : new ObjectMapper().readTree(json.toFile())) {
            for (JsonNode row : rows) {
                if (row.path("name").asText().equals(name)
                        && row.path("model").asText().equals(model)) {
                    return row.path("value").asDouble();
                }
            }
        }
        throw new AssertionError("no row " + name + " of " + model + " in " + Files.readString(json));
    }
}
