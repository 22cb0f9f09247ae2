package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.HostKernels.at;
import static io.github.unrolled.engine.onednn.HostKernels.floats;
import static io.github.unrolled.engine.onednn.WinogradTransform.POINTS;
import static io.github.unrolled.engine.onednn.WinogradTransform.PRODUCTS;
import static io.github.unrolled.engine.onednn.WinogradTransform.TAPS;

import io.github.unrolled.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.List;

/** Brings weights {@code [3, 3, in, out]} to the points, {@code [36, in, out]}, and gradients back, piece by piece. */
final class WinogradFilters {
    /** How many pairs of channels are transformed at once; the arrays for them stay in a processor's own cache. */
    private static final int PIECE = 1024;

    private final float[][] taps = new float[TAPS * TAPS][PIECE];
    private final float[][] between = new float[POINTS * TAPS][PIECE];
    private final float[][] points = new float[PRODUCTS][PIECE];
    private final float[] part = new float[PIECE];

    /** @param mirrored whether the window is turned around, as it is for the gradient of the input */
    void toPoints(Tensor weight, boolean mirrored, Tensor target) {
        int pairs = Math.toIntExact(weight.elements() / (TAPS * TAPS));
        FloatBuffer in = floats(weight);
        FloatBuffer out = floats(target);
        for (int from = 0; from < pairs; from += PIECE) {
            int count = Math.min(PIECE, pairs - from);
            for (int i = 0; i < taps.length; i++) {
                int tap = mirrored ? taps.length - 1 - i : i;
                in.get(at(weight) + tap * pairs + from, taps[i], 0, count);
            }
            twice(taps, WinogradTransform.WEIGHT, between, points, count);
            for (int i = 0; i < points.length; i++) {
                out.put(at(target) + i * pairs + from, points[i], 0, count);
            }
        }
    }

    /** Adds a gradient, which is the sum of {@code parts}, to that of a weight. */
    void addTo(List<NativeMemory> parts, Tensor gradient) {
        int pairs = Math.toIntExact(gradient.elements() / (TAPS * TAPS));
        FloatBuffer out = floats(gradient);
        for (int from = 0; from < pairs; from += PIECE) {
            int count = Math.min(PIECE, pairs - from);
            for (int i = 0; i < points.length; i++) {
                parts.get(0).floats().get(i * pairs + from, points[i], 0, count);
                for (int p = 1; p < parts.size(); p++) {
                    parts.get(p).floats().get(i * pairs + from, part, 0, count);
                    add(part, points[i], count);
                }
            }
            twice(points, WinogradTransform.WEIGHT_GRADIENT, between, taps, count);
            for (int i = 0; i < taps.length; i++) {
                int place = at(gradient) + i * pairs + from;
                out.get(place, part, 0, count);
                add(part, taps[i], count);
                out.put(place, taps[i], 0, count);
            }
        }
    }

    /** Transforms squares of vectors: columns, then rows. */
    private static void twice(float[][] from, WinogradTransform transform, float[][] between, float[][] to, int count) {
        int side = transform.from();
        int newSide = transform.to();
        float[][] vector = new float[side][];
        float[][] result = new float[newSide][];
        for (int column = 0; column < side; column++) {
            for (int i = 0; i < side; i++) {
                vector[i] = from[i * side + column];
            }
            for (int i = 0; i < newSide; i++) {
                result[i] = between[i * side + column];
            }
            transform.apply(vector, result, count);
        }
        for (int row = 0; row < newSide; row++) {
            System.arraycopy(between, row * side, vector, 0, side);
            System.arraycopy(to, row * newSide, result, 0, newSide);
            transform.apply(vector, result, count);
        }
    }

    private static void add(float[] values, float[] sum, int count) {
        for (int i = 0; i < count; i++) {
            sum[i] += values[i];
        }
    }
}
