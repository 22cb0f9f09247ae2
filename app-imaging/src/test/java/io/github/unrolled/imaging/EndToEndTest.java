package io.github.unrolled.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.Planes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Train, save, load, predict and measure, on pictures that were made. */
class EndToEndTest {
    @TempDir
    static Path folder;

    private static Path photos;
    private static Path upscaler;
    private static Path denoiser;

    @BeforeAll
    static void train() throws IOException {
        photos = Files.createDirectories(folder.resolve("photos"));
        for (int i = 0; i < 4; i++) {
            Imaging.picture(photos.resolve("made" + i + ".png"), 72, 80, i);
        }
        upscaler = folder.resolve("upscaler");
        denoiser = folder.resolve("denoiser");
        Imaging.run(train("upscale", upscaler, "20")).worked();
        Imaging.run(train("denoise", denoiser, "20")).worked();
    }

    private static Object[] train(String task, Path out, String steps) {
        return new Object[] {
            "train",
            "--task",
            task,
            "--data",
            photos,
            "--out",
            out,
            "--steps",
            steps,
            "--features",
            "8",
            "--depth",
            "1",
            "--repeats",
            "1",
            "--patch",
            "16",
            "--batch",
            "2",
            "--held-out",
            "2",
            "--evaluate-every",
            "10"
        };
    }

    @Test
    void theRunFolderIsComplete() throws IOException {
        for (String name : new String[] {"best.zip", "last.zip", "run.json", "metrics.csv", "curve.png"}) {
            assertThat(upscaler.resolve(name)).isNotEmptyFile();
        }
        try (Stream<Path> examples = Files.list(upscaler.resolve("examples"))) {
            assertThat(examples).hasSizeGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void aRunGoesOnAndRefusesToBecomeAnother() {
        Path run = folder.resolve("resumed");
        Imaging.run(train("denoise", run, "4")).worked();
        Imaging.run("train", "--resume", run, "--steps", "8").worked();
        assertThat(Imaging.run("train", "--resume", run, "--task", "upscale", "--steps", "9")
                        .code())
                .isEqualTo(2);
        assertThat(Imaging.run("train", "--resume", run, "--features", "4", "--steps", "9")
                        .err())
                .contains("--features");
    }

    @Test
    void aRunBeginsAsAModelOfTheZooOrOfAFile() {
        Object[] asInTheZoo = {
            "train",
            "--task",
            "upscale",
            "--data",
            photos,
            "--out",
            folder.resolve("begun"),
            "--init-from",
            "imaging/upscale-x2",
            "--steps",
            "1",
            "--patch",
            "16",
            "--batch",
            "1",
            "--held-out",
            "2"
        };
        assertThat(Imaging.run(asInTheZoo).worked().err())
                .contains("29,220 of 29,220 parameters begin as in imaging/upscale-x2");
        assertThat(Imaging.run(with(train("upscale", folder.resolve("begun-2"), "1"), "--init-from", upscaler))
                        .worked()
                        .err())
                .contains("parameters begin as in " + upscaler);
        Imaging refused =
                Imaging.run(with(train("upscale", folder.resolve("begun-3"), "1"), "--init-from", "imaging/nothing"));
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains("--init-from is imaging/nothing, which is no file, no run folder and no model of the zoo");
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray();
    }

    @Test
    void enlargesAndNeverOverwritesUnlessTold() throws IOException {
        Path input = Imaging.picture(folder.resolve("small.png"), 33, 47, 9);
        Path out = folder.resolve("large");
        Imaging.run("predict", input, "--model", upscaler, "--out", out).worked();
        try (Picture result = ImageFile.read(out.resolve("small-x2.png"))) {
            assertThat(result.height()).isEqualTo(66);
            assertThat(result.width()).isEqualTo(94);
        }
        byte[] before = Files.readAllBytes(out.resolve("small-x2.png"));
        Imaging again = Imaging.run("predict", input, "--model", upscaler, "--out", out, "--recursions", "2");
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("exists already").contains("--overwrite");
        assertThat(Files.readAllBytes(out.resolve("small-x2.png"))).isEqualTo(before);
        Imaging.run("predict", input, "--model", upscaler, "--out", out, "--recursions", "2", "--overwrite")
                .worked();
        assertThat(Files.readAllBytes(out.resolve("small-x2.png"))).isNotEqualTo(before);
    }

    @Test
    void aBatchGoesOnAfterBadFiles() throws IOException {
        Path batch = Files.createDirectories(folder.resolve("batch"));
        Imaging.picture(batch.resolve("good.png"), 20, 24, 1);
        Imaging.picture(batch.resolve("later.jpg"), 20, 24, 2);
        byte[] whole = Files.readAllBytes(batch.resolve("good.png"));
        Files.write(batch.resolve("cut.png"), Arrays.copyOf(whole, whole.length / 2));
        Files.write(batch.resolve("empty.png"), new byte[0]);
        Files.writeString(batch.resolve("text.png"), "this is no picture");
        Path out = folder.resolve("clean");
        Imaging called = Imaging.run(
                "predict", "--task", "denoise", batch, folder.resolve("absent.png"), "--model", denoiser, "--out", out);
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err())
                .contains("cut.png is damaged")
                .contains("empty.png is empty")
                .contains("text.png is not a picture")
                .contains("absent.png: no such file")
                .doesNotContain("Exception");
        assertThat(out.resolve("good-denoised.png")).isNotEmptyFile();
        assertThat(out.resolve("later-denoised.png")).isNotEmptyFile();
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void picturesOfOneNameEachHaveAFileAndABadOneBlocksNoOther() throws IOException {
        Path album = Files.createDirectories(folder.resolve("album"));
        Path sub = Files.createDirectories(album.resolve("sub"));
        Imaging.picture(album.resolve("one.jpg"), 20, 24, 1);
        Imaging.picture(album.resolve("one.png"), 20, 24, 2);
        Files.writeString(album.resolve("one.bmp"), "BM, and no picture");
        Imaging.picture(album.resolve("two.png"), 20, 24, 3);
        Imaging.picture(sub.resolve("two.png"), 20, 24, 4);
        Path out = folder.resolve("album-large");
        Imaging called = Imaging.run("predict", album, "--model", upscaler, "--out", out);
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err()).contains("one.bmp").doesNotContain("exists already");
        assertThat(namesBelow(out)).containsExactly("one.jpg-x2.png", "one.png-x2.png", "sub/two-x2.png", "two-x2.png");
        Imaging flat = Imaging.run(
                "predict",
                album.resolve("two.png"),
                sub.resolve("two.png"),
                "--model",
                upscaler,
                "--out",
                folder.resolve("flat"));
        assertThat(flat.code()).isEqualTo(1);
        assertThat(flat.err()).contains("as " + album.resolve("two.png") + " does");
        assertThat(namesBelow(folder.resolve("flat"))).containsExactly("two-x2.png");
    }

    private static List<String> namesBelow(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> top.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aSecondRunLeavesTheFirstOnesResultsAlone() throws IOException {
        Path own = Files.createDirectories(folder.resolve("own"));
        Imaging.picture(own.resolve("a.png"), 20, 24, 1);
        Imaging.run("predict", own, "--model", upscaler).worked();
        Imaging.run("predict", own, "--model", upscaler, "--overwrite").worked();
        Imaging.run("predict", own, "--model", upscaler, "--out", own.resolve("in"))
                .worked();
        Imaging.run("predict", own, "--model", upscaler, "--out", own.resolve("in"), "--overwrite")
                .worked();
        assertThat(namesBelow(own)).contains("a.png", "a-x2.png", "in/a-x2.png").doesNotContain("in/in/a-x2-x2.png");
        // Named itself, a result is a picture like any other.
        Imaging.run("predict", own.resolve("a-x2.png"), "--model", upscaler).worked();
        assertThat(own.resolve("a-x2-x2.png")).isNotEmptyFile();
    }

    @Test
    void whatIsNotFoundStopsNothing() throws IOException {
        Path some = Files.createDirectories(folder.resolve("some"));
        Imaging.picture(some.resolve("a.png"), 20, 24, 1);
        Path link = Files.createSymbolicLink(folder.resolve("some-link"), some);
        Path empty = Files.createDirectories(folder.resolve("none.png"));
        Path out = folder.resolve("found");
        Imaging called = Imaging.run(
                "predict",
                empty,
                folder + "/nowhere/*.png",
                folder + "/so*/*.png",
                link,
                "--model",
                upscaler,
                "--out",
                out);
        assertThat(called.code()).isEqualTo(1);
        assertThat(called.err())
                .contains("none.png has no pictures")
                .contains("nowhere")
                .doesNotContain("Exception");
        assertThat(namesBelow(out)).isNotEmpty();
    }

    @Test
    void aGlobOfAnyFormatAndABoundOnSize() throws IOException {
        Path many = Files.createDirectories(folder.resolve("many"));
        Imaging.picture(many.resolve("a1.tif"), 20, 24, 1);
        Imaging.picture(many.resolve("a2.bmp"), 20, 24, 2);
        Imaging.picture(many.resolve("b.webp"), 20, 24, 3);
        Imaging.run("predict", many + "/a*", "--model", upscaler, "--format", "webp")
                .worked();
        assertThat(many.resolve("a1-x2.webp")).isNotEmptyFile();
        assertThat(many.resolve("a2-x2.webp")).isNotEmptyFile();
        assertThat(many.resolve("b-x2.webp")).doesNotExist();
        Imaging refused =
                Imaging.run("predict", many.resolve("b.webp"), "--model", upscaler, "--max-megapixels", "0.0001");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("declares 24x20 pixels");
    }

    /** Where no model is named, colours are cleaned by the network for colours and grey pictures by the other. */
    @Test
    void colourAndGreyHaveNetworksOfTheirOwn() throws IOException {
        Path coloured = folder.resolve("coloured.png");
        Imaging.picture(coloured, 24, 28, 5);
        Path grey = folder.resolve("grey.png");
        try (Picture picture = Picture.of(Planes.zeros(1, 24, 28))) {
            ImageFile.write(grey, picture);
        }
        Path usual = folder.resolve("usual");
        Imaging.run("predict", "--task", "denoise", coloured, grey, "--out", usual)
                .worked();
        for (String model : List.of("imaging/denoise", "imaging/denoise-colour")) {
            Path named = folder.resolve(model);
            Imaging.run("predict", "--task", "denoise", coloured, grey, "--out", named, "--model", model)
                    .worked();
            boolean forColours = model.endsWith("colour");
            assertThat(sameFile(usual, named, "coloured-denoised.png")).isEqualTo(forColours);
            assertThat(sameFile(usual, named, "grey-denoised.png")).isEqualTo(!forColours);
        }
    }

    private static boolean sameFile(Path one, Path other, String name) throws IOException {
        return Files.mismatch(one.resolve(name), other.resolve(name)) < 0;
    }

    @Test
    void measuresBesideBicubicAndNoise() throws IOException {
        Path json = folder.resolve("result.json");
        Path chart = folder.resolve("chart.png");
        Imaging.run(
                        "evaluate",
                        "--task",
                        "upscale",
                        "--model",
                        upscaler,
                        "--data",
                        photos,
                        "--json",
                        json,
                        "--ensemble",
                        "--recursions-chart",
                        chart)
                .worked();
        JsonNode rows = new ObjectMapper().readTree(json.toFile()).path("results");
        assertThat(rows.findValuesAsText("name")).contains("photos-x2");
        assertThat(rows.findValuesAsText("model"))
                .contains("bicubic", "ours", "ours-ensemble", "ours-recursions-1", "ours-recursions-6");
        assertThat(chart).isNotEmptyFile();
        String csv = Imaging.run(
                        "evaluate", "--task", "denoise", "--model", denoiser, "--data", photos, "--format", "csv")
                .worked()
                .out();
        assertThat(csv).contains("photos-25,psnr,").contains("noisy").contains("ours");
    }

    @Test
    void picturesThatAreTooSmallAreSaid() throws IOException {
        Path tiny = Files.createDirectories(folder.resolve("tiny"));
        Imaging.picture(tiny.resolve("a.png"), 6, 7, 1);
        Imaging.picture(tiny.resolve("b.png"), 6, 7, 2);
        Path out = folder.resolve("of-tiny");
        Imaging training = Imaging.run("train", "--task", "upscale", "--data", tiny, "--steps", "1", "--out", out);
        assertThat(training.code()).isEqualTo(1);
        assertThat(training.err()).contains("all smaller than a patch of 96 pixels");
        assertThat(out.resolve("last.zip")).doesNotExist();
        for (String task : new String[] {"upscale", "denoise"}) {
            Imaging evaluation = Imaging.run("evaluate", "--task", task, "--data", tiny);
            assertThat(evaluation.code()).isEqualTo(1);
            assertThat(evaluation.err()).contains("of 7x6 pixels, is too small to be measured");
        }
    }

    @Test
    void wrongCommandLinesAreSaid() {
        assertThat(Imaging.run("predict").code()).isEqualTo(2);
        assertThat(Imaging.run("predict", "x.png", "--scale", "7").err()).contains("expected 2, 3 or 4");
        assertThat(Imaging.run("predict", "x.png", "--task", "denoise", "--model", upscaler)
                        .err())
                .contains("use --task upscale");
        assertThat(Imaging.run("train", "--data", "no-such-set").err()).contains("yang91");
        assertThat(Imaging.run("train", "--patch", "3", "--data", photos).err()).contains("patch is 3");
        assertThat(Imaging.run("evaluate", "--format", "pdf").err()).contains("text, csv or markdown");
        assertThat(Imaging.run("predict", "x.png", "--format", "x.png").code()).isEqualTo(2);
        Path input = photos.resolve("made0.png");
        assertThat(Imaging.run("predict", input, "--model", upscaler, "--recursions", "0")
                        .code())
                .isEqualTo(2);
        assertThat(Imaging.run("predict", input, "--out", input).err()).contains("which is a file");
        assertThat(Imaging.run("evaluate", "--task", "upscale", "--model", upscaler, "--data", photos, "--scale", "3")
                        .err())
                .contains("the model enlarges by 2");
        assertThat(Imaging.run("evaluate", "--recursions-chart", "x.png").err()).contains("one set at one scale");
    }

    @Test
    void autoencodesSmallPictures() throws IOException {
        Path idx = folder.resolve("small-idx");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (int number : new int[] {2051, 60, 8, 8}) {
            out.writeInt(number);
        }
        for (int i = 0; i < 60 * 64; i++) {
            out.writeByte(i / 64 * 4 % 250);
        }
        Files.write(idx, bytes.toByteArray());
        Path run = folder.resolve("autoencoder");
        Imaging.run(
                        "train",
                        "--task",
                        "autoencode",
                        "--data",
                        idx,
                        "--out",
                        run,
                        "--steps",
                        "20",
                        "--code",
                        "2",
                        "--hidden",
                        "8",
                        "--features",
                        "4",
                        "--batch",
                        "10",
                        "--held-out",
                        "20")
                .worked();
        Path drawings = folder.resolve("drawings");
        String table = Imaging.run(
                        "evaluate", "--task", "autoencode", "--model", run, "--data", idx, "--drawings", drawings)
                .worked()
                .out();
        assertThat(table).contains("small-idx-2").contains("pca").contains("ours");
        for (String name : new String[] {"reconstructions", "between", "map"}) {
            assertThat(drawings.resolve("ours-" + name + ".png")).isNotEmptyFile();
        }
        Path digit = Imaging.picture(folder.resolve("digit.png"), 30, 30, 1);
        Imaging.run("predict", "--task", "autoencode", digit, "--model", run).worked();
        assertThat(folder.resolve("digit-redrawn.png")).isNotEmptyFile();
    }
}
