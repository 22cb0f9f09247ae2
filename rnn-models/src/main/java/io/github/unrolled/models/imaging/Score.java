package io.github.unrolled.models.imaging;

/**
 * How near results come to the truth on a set of pictures, as published or as measured here.
 *
 * @param test which set and how hard, such as {@code set5-x2}, {@code set12-25} or {@code mnist-32}
 * @param model whose result: {@code ours}, {@code bicubic}, a paper's name
 * @param metric {@code psnr} in dB, {@code ssim}, or {@code mse}
 * @param value the number
 * @param note how it was measured or where it was published
 */
public record Score(String test, String model, String metric, double value, String note) {}
