package io.github.unrolled.models.imaging;

import java.util.ArrayList;
import java.util.List;

/** Rows of published tables, under the protocols that {@link RestorationBenchmark} follows. */
public final class PublishedScores {
    private static final String DENOISING = "as printed by Zhang et al. 2017 and 2021";

    private PublishedScores() {}

    /** All rows of a test; empty if none is known. */
    public static List<Score> of(String test) {
        return all().stream().filter(score -> score.test().equals(test)).toList();
    }

    private static List<Score> all() {
        List<Score> rows = new ArrayList<>();
        upscaling(rows, "set5", "bicubic", 33.66, 0.9299, 30.39, 0.8682, 28.42, 0.8104);
        upscaling(rows, "set5", "srcnn", 36.66, 0.9542, 32.75, 0.9090, 30.48, 0.8628);
        upscaling(rows, "set5", "fsrcnn", 37.00, 0.9558, 33.16, 0.9140, 30.71, 0.8657);
        upscaling(rows, "set5", "vdsr", 37.53, 0.9587, 33.66, 0.9213, 31.35, 0.8838);
        upscaling(rows, "set5", "drcn", 37.63, 0.9588, 33.82, 0.9226, 31.53, 0.8854);
        upscaling(rows, "set5", "drrn", 37.74, 0.9591, 34.03, 0.9244, 31.68, 0.8888);
        upscaling(rows, "set14", "bicubic", 30.24, 0.8688, 27.55, 0.7742, 26.00, 0.7027);
        upscaling(rows, "set14", "srcnn", 32.42, 0.9063, 29.28, 0.8209, 27.49, 0.7503);
        upscaling(rows, "set14", "fsrcnn", 32.63, 0.9088, 29.43, 0.8242, 27.59, 0.7535);
        upscaling(rows, "set14", "vdsr", 33.03, 0.9124, 29.77, 0.8314, 28.01, 0.7674);
        upscaling(rows, "set14", "drcn", 33.04, 0.9118, 29.76, 0.8311, 28.02, 0.7670);
        upscaling(rows, "set14", "drrn", 33.23, 0.9136, 29.96, 0.8349, 28.21, 0.7720);
        denoising(rows, "bm3d", 32.37, 29.97, 26.72);
        denoising(rows, "wnnm", 32.70, 30.28, 27.05);
        denoising(rows, "tnrd", 32.50, 30.06, 26.81);
        denoising(rows, "dncnn-s", 32.86, 30.44, 27.18);
        denoising(rows, "dncnn-b", 32.68, 30.36, 27.21);
        denoising(rows, "ffdnet", 32.75, 30.43, 27.32);
        denoising(rows, "drunet", 33.25, 30.94, 27.90);
        rows.add(
                new Score("mnist-30", "hinton2006", "mse", 0.00383, "Hinton and Salakhutdinov 2006, 3.00 per picture"));
        rows.add(new Score(
                "mnist-30", "pca-hinton2006", "mse", 0.01769, "Hinton and Salakhutdinov 2006, 13.87 per picture"));
        return rows;
    }

    /** PSNR and SSIM at three scales. */
    private static void upscaling(List<Score> rows, String set, String model, double... values) {
        for (int scale = 2; scale <= 4; scale++) {
            String test = set + "-x" + scale;
            String note = "as published, luminance";
            rows.add(new Score(test, model, "psnr", values[2 * (scale - 2)], note));
            rows.add(new Score(test, model, "ssim", values[2 * (scale - 2) + 1], note));
        }
    }

    private static void denoising(List<Score> rows, String model, double at15, double at25, double at50) {
        rows.add(new Score("set12-15", model, "psnr", at15, DENOISING));
        rows.add(new Score("set12-25", model, "psnr", at25, DENOISING));
        rows.add(new Score("set12-50", model, "psnr", at50, DENOISING));
    }
}
