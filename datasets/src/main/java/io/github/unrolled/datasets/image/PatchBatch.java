package io.github.unrolled.datasets.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Patches and what is wanted of them, each in the layout {@code [batch, height, width, channels]}.
 *
 * @param batch how many
 * @param size rows and columns of an input
 * @param channels of inputs and targets
 * @param scale a target has so many times the rows and columns of an input
 * @param inputs {@code [batch, size, size, channels]}
 * @param targets {@code [batch, scale·size, scale·size, channels]}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record PatchBatch(int batch, int size, int channels, int scale, float[] inputs, float[] targets) {
    /** Rows and columns of a target. */
    public int targetSize() {
        return size * scale;
    }

    /** The patches from {@code from} (inclusive) to {@code to} (exclusive). */
    public PatchBatch slice(int from, int to) {
        int input = size * size * channels;
        int target = input * scale * scale;
        return new PatchBatch(
                to - from,
                size,
                channels,
                scale,
                Arrays.copyOfRange(inputs, from * input, to * input),
                Arrays.copyOfRange(targets, from * target, to * target));
    }

    /** The patches cut into {@code parts} runs of nearly equal length. */
    public List<PatchBatch> split(int parts) {
        List<PatchBatch> shards = new ArrayList<>();
        for (int i = 0; i < parts; i++) {
            shards.add(slice(i * batch / parts, (i + 1) * batch / parts));
        }
        return shards;
    }
}
