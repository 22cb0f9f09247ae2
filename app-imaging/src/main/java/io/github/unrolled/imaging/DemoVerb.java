package io.github.unrolled.imaging;

import io.github.unrolled.app.OutOption;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.image.Bicubic;
import io.github.unrolled.datasets.image.DeadLeaves;
import io.github.unrolled.datasets.image.ImageFile;
import io.github.unrolled.datasets.image.ImageQuality;
import io.github.unrolled.datasets.image.Noise;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.datasets.image.YCbCr;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.imaging.PictureRestorer;
import io.github.unrolled.models.imaging.Restoration;
import io.github.unrolled.models.imaging.SavedRestorer;
import io.github.unrolled.models.zoo.Zoo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Noise taken away and size given back, on a picture that comes along and on one that is made on the spot. */
@Command(
        name = "demo",
        description =
                "Denoise and enlarge two pictures with the shipped weights, and write before and after side by side.",
        footer = {"  ./run imaging", "  ./run imaging demo --seed 7 --out runs/demo --json demo.json"})
final class DemoVerb extends Verb {
    private static final int MADE = 288;
    private static final int NOISE = 25;
    private static final int SCALE = 3;
    private static final double PEAK = 255;

    @Mixin
    private final OutOption out = new OutOption();

    @Override
    protected Result run(Console console) throws Exception {
        Path folder = Files.createDirectories(out.orElse(Path.of("runs", "imaging-demo")));
        Map<String, Planes> pictures = new LinkedHashMap<>();
        pictures.put("postcard", shipped());
        pictures.put("leaves", DeadLeaves.generate(MADE, MADE, seed().split("demo")));
        Backend backend = Backends.best();
        List<ResultRow> rows = new ArrayList<>();
        try (SavedRestorer upscaler = Zoo.load(Job.UPSCALE.model(SCALE), SavedRestorer::load, backend);
                SavedRestorer denoiser = Zoo.load(Job.DENOISE.model(SCALE), SavedRestorer::load, backend)) {
            console.out()
                    .println(console.bold("Noise of " + NOISE + " taken away, and pictures made " + SCALE
                            + " times smaller enlarged again."));
            console.out().println("PSNR in dB: 6 more is half the error.");
            console.out().println();
            for (Map.Entry<String, Planes> each : pictures.entrySet()) {
                rows.addAll(denoise(backend, denoiser, folder, each.getKey(), each.getValue()));
                console.interruption().check();
                rows.addAll(enlarge(console, backend, upscaler, folder, each.getKey(), each.getValue()));
                console.interruption().check();
            }
        }
        Result result = Result.of(rows);
        console.out().print(result.table().text());
        console.out()
                .printf(Locale.ROOT, "%nThe pictures are in %s: before, after and the truth side by side.%n", folder);
        console.out().println("Next: ./run imaging predict --task denoise your-photo.jpg");
        return result;
    }

    /** Rows are printed by the demo itself. */
    @Override
    protected void show(Result result, Console console) {}

    private static Planes shipped() throws IOException {
        try (InputStream in = Objects.requireNonNull(DemoVerb.class.getResourceAsStream("postcard.png"));
                Picture picture = ImageFile.decode("postcard.png", in.readAllBytes(), 1)) {
            return picture.planes();
        }
    }

    private List<ResultRow> denoise(Backend backend, SavedRestorer denoiser, Path folder, String name, Planes picture)
            throws IOException {
        Planes clean = YCbCr.grey(picture).quantized();
        Planes noisy = Noise.added(clean, NOISE / PEAK, seed().split("noise"));
        Planes ours;
        try (Engine engine = backend.newEngine(threads());
                Tape tape = Tape.inference(engine)) {
            ours = Restoration.restore(denoiser.model(), tape, noisy).quantized();
        }
        double before = ImageQuality.psnr(noisy.quantized(), clean, 0);
        double after = ImageQuality.psnr(ours, clean, 0);
        new Panels()
                .add(noisy, caption("noisy", before))
                .add(ours, caption("ours", after))
                .add(clean, "truth")
                .write(folder.resolve(name + "-denoised.png"));
        return List.of(row(name + "-noise-" + NOISE, "noisy", before), row(name + "-noise-" + NOISE, "ours", after));
    }

    private List<ResultRow> enlarge(
            Console console, Backend backend, SavedRestorer upscaler, Path folder, String name, Planes picture)
            throws IOException {
        Planes truth = picture.cropToMultiple(SCALE);
        Planes small = Bicubic.reduce(truth, SCALE).quantized();
        Planes bicubic = Bicubic.enlarge(small, SCALE).quantized();
        Planes ours;
        try (PictureRestorer restorer = new PictureRestorer(upscaler.model(), backend, threads());
                Picture input = Picture.of(small);
                Picture output = restorer.restore(input, part -> {}, console.interruption()::requested)
                        .orElseThrow(CancellationException::new)) {
            ours = output.planes();
        }
        double before = luminance(bicubic, truth);
        double after = luminance(ours, truth);
        new Panels()
                .add(small, "input")
                .add(bicubic, caption("bicubic", before))
                .add(ours, caption("ours", after))
                .add(truth, "truth")
                .write(folder.resolve(name + "-x" + SCALE + ".png"));
        return List.of(row(name + "-x" + SCALE, "bicubic", before), row(name + "-x" + SCALE, "ours", after));
    }

    private static double luminance(Planes result, Planes truth) {
        return ImageQuality.psnr(
                YCbCr.luminance(result).quantized(), YCbCr.luminance(truth).quantized(), SCALE);
    }

    private static String caption(String what, double psnr) {
        return String.format(Locale.ROOT, "%s, %.2f dB", what, psnr);
    }

    private static ResultRow row(String name, String model, double psnr) {
        return ResultRow.of(name, "psnr", psnr, "dB").with("model", model);
    }
}
