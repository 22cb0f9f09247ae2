package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.HostKernels.at;
import static io.github.unrolled.engine.onednn.HostKernels.floats;
import static io.github.unrolled.engine.onednn.WinogradTransform.POINTS;
import static io.github.unrolled.engine.onednn.WinogradTransform.TILE;

import io.github.unrolled.tensor.Tensor;
import java.nio.FloatBuffer;

/** Makes pixels of values at the points, {@code [36 points, tiles, channels]}, and writes them to images. */
final class WinogradWriter {
    private final WinogradTiling tiling;
    private final int channels;
    private final boolean relu;
    private final float[][] points;
    /** For each row of a tile, that row at the points. */
    private final float[][][] rows;
    /** For each row of a tile, what it has at one point. */
    private final float[][] column;
    /** For each place in a tile's row, the pixels of all tiles. */
    private final float[][] places;

    private final float[] row;
    private final float[] present;

    /** @param relu whether max(·, 0) of the sums is written */
    WinogradWriter(WinogradTiling tiling, int channels, boolean relu) {
        this.tiling = tiling;
        this.channels = channels;
        this.relu = relu;
        int count = tiling.tilesInRun() * channels;
        points = new float[POINTS][count];
        rows = new float[TILE][POINTS][count];
        column = new float[TILE][];
        places = new float[TILE][count];
        row = new float[TILE * count];
        present = new float[TILE * count];
    }

    /**
     * Writes a block.
     *
     * @param addend for each element of a row of a run, what is added to it; not read if {@code accumulate}
     * @param accumulate whether what is there is added instead
     */
    void write(FloatBuffer source, int block, Tensor images, float[] addend, boolean accumulate) {
        for (int i = 0; i < tiling.runsInBlock(); i++) {
            int run = block * tiling.runsInBlock() + i;
            if (run < tiling.runs()) {
                down(source, i * tiling.tilesInRun());
                across(images, run, addend, accumulate);
            }
        }
    }

    private void down(FloatBuffer source, int first) {
        for (int j = 0; j < POINTS; j++) {
            for (int i = 0; i < POINTS; i++) {
                source.get(((i * POINTS + j) * tiling.tilesInBlock() + first) * channels, points[i]);
            }
            for (int r = 0; r < TILE; r++) {
                column[r] = rows[r][j];
            }
            WinogradTransform.OUTPUT.apply(points, column, points[0].length);
        }
    }

    private void across(Tensor images, int run, float[] addend, boolean accumulate) {
        FloatBuffer out = floats(images);
        int columns = Math.min(tiling.tilesInRun() * TILE, tiling.outWidth() - tiling.column(run));
        int count = columns * channels;
        for (int r = 0; r < Math.min(TILE, tiling.outHeight() - tiling.row(run)); r++) {
            WinogradTransform.OUTPUT.apply(rows[r], places, places[0].length);
            for (int t = 0; t < tiling.tilesInRun(); t++) {
                for (int j = 0; j < TILE; j++) {
                    System.arraycopy(places[j], t * channels, row, (t * TILE + j) * channels, channels);
                }
            }
            int y = tiling.image(run) * tiling.outHeight() + tiling.row(run) + r;
            int place = at(images) + (y * tiling.outWidth() + tiling.column(run)) * channels;
            if (accumulate) {
                out.get(place, present, 0, count);
            }
            finish(row, accumulate ? present : addend, count);
            out.put(place, row, 0, count);
        }
    }

    private void finish(float[] values, float[] addend, int count) {
        if (relu) {
            addRectified(values, addend, count);
        } else {
            add(values, addend, count);
        }
    }

    private static void add(float[] values, float[] addend, int count) {
        for (int i = 0; i < count; i++) {
            values[i] += addend[i];
        }
    }

    private static void addRectified(float[] values, float[] addend, int count) {
        for (int i = 0; i < count; i++) {
            values[i] = Math.max(values[i] + addend[i], 0);
        }
    }
}
