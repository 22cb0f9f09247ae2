package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.Bicubic;
import io.github.unrolled.datasets.image.ImageQuality;
import io.github.unrolled.datasets.image.Noise;
import io.github.unrolled.datasets.image.PatchSampler.Pair;
import io.github.unrolled.datasets.image.PictureSet;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.datasets.image.YCbCr;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Workers;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures restoration as the papers do. Upscaling: cropped to a multiple of the scale, reduced by antialiased bicubic in 8
 * bits, results rounded to 8 bits, luminance of BT.601 without a border of the scale; means over pictures. Denoising: white
 * noise neither clipped nor rounded, results rounded to 8 bits; the mean of three seeds.
 */
public final class RestorationBenchmark {
    /** The strengths of the published tables, on the scale of 0..255. */
    public static final List<Integer> NOISES = List.of(15, 25, 50);

    private static final int SEEDS = 3;
    private static final int PEAK = 255;
    private static final Seed NOISE_SEED = new Seed(0).split("benchmark noise");

    private final Workers workers;

    /** @param workers share the pictures; stay their owner's to close */
    public RestorationBenchmark(Workers workers) {
        this.workers = workers;
    }

    /** Makes a result out of an input. */
    @FunctionalInterface
    private interface Method {
        Planes apply(Tape tape, Planes input);
    }

    /** PSNR and SSIM of bicubic enlargement. */
    public List<Score> bicubic(String set, PictureSet pictures, int scale) {
        return upscaled(set, "bicubic", pictures, scale, (tape, input) -> Bicubic.enlarge(input, scale));
    }

    /** PSNR and SSIM of an upscaler. */
    public List<Score> upscaler(String set, String name, PictureSet pictures, Restorer model, boolean ensemble) {
        return upscaled(set, name, pictures, model.scale(), method(model, ensemble));
    }

    private static Method method(Restorer model, boolean ensemble) {
        return ensemble
                ? (tape, input) -> Restoration.ensemble(model, tape, input)
                : (tape, input) -> Restoration.restore(model, tape, input);
    }

    private List<Score> upscaled(String set, String name, PictureSet pictures, int scale, Method method) {
        requireSize(set, pictures, scale, scale);
        List<Measured> measured = all(pictures.pictures(), (tape, picture, index) -> {
            Pair pair = RestorationTask.reduced(picture, scale);
            Planes result = method.apply(tape, pair.input()).quantized();
            Planes truth = pair.target().quantized();
            return new Measured(ImageQuality.psnr(result, truth, scale), ImageQuality.ssim(result, truth, scale));
        });
        return scores(set + "-x" + scale, name, measured, "luminance, a border of " + scale + " left out");
    }

    /** PSNR and SSIM of a denoiser at a strength. */
    public List<Score> denoiser(
            String set, String name, PictureSet pictures, Restorer model, int noise, boolean ensemble) {
        return denoised(set, name, pictures, noise, model.channels(), method(model, ensemble));
    }

    /** PSNR and SSIM of the noisy pictures. */
    public List<Score> noisy(String set, PictureSet pictures, int noise) {
        return denoised(set, "noisy", pictures, noise, 1, (tape, input) -> input);
    }

    private List<Score> denoised(String set, String name, PictureSet pictures, int noise, int channels, Method method) {
        requireSize(set, pictures, 1, 0);
        List<Measured> measured = all(pictures.pictures(), (tape, picture, index) -> {
            Planes clean = channels == 1 ? YCbCr.grey(picture) : picture;
            double psnr = 0;
            double ssim = 0;
            for (int s = 0; s < SEEDS; s++) {
                Seed seed = NOISE_SEED.split(noise).split(s).split(index);
                Planes result = method.apply(tape, Noise.added(clean, (double) noise / PEAK, seed))
                        .quantized();
                psnr += ImageQuality.psnr(result, clean, 0) / SEEDS;
                ssim += ImageQuality.ssim(result, clean, 0) / SEEDS;
            }
            return new Measured(psnr, ssim);
        });
        String note = "mean of " + SEEDS + " noise seeds" + (channels == 1 ? "" : ", in colour");
        return scores(set + "-" + noise, name, measured, note);
    }

    /** What is left of a picture without its border must hold a window of SSIM. */
    private static void requireSize(String set, PictureSet pictures, int multiple, int border) {
        for (int i = 0; i < pictures.pictures().size(); i++) {
            Planes picture = pictures.pictures().get(i);
            int side = Math.min(picture.height(), picture.width());
            if (side - side % multiple - 2 * border < ImageQuality.WINDOW) {
                throw new DataException(set + ": its picture " + (i + 1) + ", of " + picture.width() + "x"
                        + picture.height() + " pixels, is too small to be measured; at least "
                        + (ImageQuality.WINDOW + 2 * border + multiple - 1) + " in either direction are expected");
            }
        }
    }

    private record Measured(double psnr, double ssim) {}

    /** Measures one picture. */
    @FunctionalInterface
    private interface Measurement {
        Measured of(Tape tape, Planes picture, int index);
    }

    private List<Measured> all(List<Planes> pictures, Measurement measurement) {
        List<List<Measured>> parts = workers.runAll(worker -> {
            List<Measured> part = new ArrayList<>();
            try (Tape tape = Tape.inference(worker.engine())) {
                for (int i = worker.index(); i < pictures.size(); i += workers.count()) {
                    part.add(measurement.of(tape, pictures.get(i), i));
                }
            }
            return part;
        });
        List<Measured> measured = new ArrayList<>();
        parts.forEach(measured::addAll);
        return measured;
    }

    private static List<Score> scores(String test, String name, List<Measured> measured, String note) {
        double psnr = 0;
        double ssim = 0;
        for (Measured each : measured) {
            psnr += each.psnr / measured.size();
            ssim += each.ssim / measured.size();
        }
        return List.of(new Score(test, name, "psnr", psnr, note), new Score(test, name, "ssim", ssim, note));
    }
}
