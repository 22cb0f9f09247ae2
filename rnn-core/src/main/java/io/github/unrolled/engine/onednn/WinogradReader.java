package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.HostKernels.at;
import static io.github.unrolled.engine.onednn.HostKernels.floats;
import static io.github.unrolled.engine.onednn.WinogradTransform.POINTS;
import static io.github.unrolled.engine.onednn.WinogradTransform.TILE;

import io.github.unrolled.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Reads tiles of images and writes their values at the points, {@code [36 points, tiles, channels]}. Arrays are in Java's
 * memory, where its loops become vector instructions; the copies between it and native memory are part of the price.
 */
final class WinogradReader {
    private static final int NOTHING = -1;

    private final WinogradTiling tiling;
    private final int channels;
    private final int side;
    private final WinogradTransform transform;
    private final float[] row;
    /** For each place in a tile's row, the pixels of all tiles. */
    private final float[][] places;
    /** The last few rows at the points; {@link #held} says which ones. */
    private final float[][][] rows;

    private final int[] held;
    /** For each row of a tile, what it has at one point. */
    private final float[][] column;

    private final float[][] points;

    /** @param transform from as many pixels as a tile has in each direction; the next tile begins 4 pixels on */
    WinogradReader(WinogradTiling tiling, int channels, WinogradTransform transform) {
        this.tiling = tiling;
        this.channels = channels;
        this.side = transform.from();
        this.transform = transform;
        int count = tiling.tilesInRun() * channels;
        row = new float[(tiling.tilesInRun() * TILE + side - TILE) * channels];
        places = new float[side][count];
        rows = new float[side][POINTS][count];
        held = new int[side];
        column = new float[side][];
        points = new float[POINTS][count];
        forget();
    }

    /** To be called before other images are read, or the same with other values. */
    void forget() {
        Arrays.fill(held, NOTHING);
    }

    /** Reads a block; runs after the last one are zeros. */
    void read(Tensor images, int block, FloatBuffer target) {
        for (int i = 0; i < tiling.runsInBlock(); i++) {
            int run = block * tiling.runsInBlock() + i;
            int first = i * tiling.tilesInRun();
            if (run < tiling.runs()) {
                across(images, run);
                down(run, target, first);
            } else {
                clear(target, first);
            }
        }
    }

    /** Brings the rows of a run to the points, but those that the run above has brought there. */
    private void across(Tensor images, int run) {
        for (int r = 0; r < side; r++) {
            // Rows are counted from the first one that any run of the same columns reads; no two names are the same.
            int y = tiling.row(run) + r;
            int name = run / tiling.runsDown() * (tiling.runsDown() * TILE + side) + y;
            int place = y % side;
            if (held[place] != name) {
                load(images, run, y - tiling.top());
                for (int t = 0; t < tiling.tilesInRun(); t++) {
                    for (int j = 0; j < side; j++) {
                        System.arraycopy(row, (t * TILE + j) * channels, places[j], t * channels, channels);
                    }
                }
                transform.apply(places, rows[place], places[0].length);
                held[place] = name;
            }
        }
    }

    private void load(Tensor images, int run, int y) {
        int from = tiling.column(run) - tiling.left();
        int inside = Math.max(0, -from);
        int end = Math.min(row.length / channels, tiling.width() - from);
        if (y < 0 || y >= tiling.height() || inside >= end) {
            Arrays.fill(row, 0);
            return;
        }
        Arrays.fill(row, 0, inside * channels, 0);
        Arrays.fill(row, end * channels, row.length, 0);
        int pixel = (tiling.image(run) * tiling.height() + y) * tiling.width() + from + inside;
        floats(images).get(at(images) + pixel * channels, row, inside * channels, (end - inside) * channels);
    }

    private void down(int run, FloatBuffer target, int first) {
        for (int j = 0; j < POINTS; j++) {
            for (int r = 0; r < side; r++) {
                column[r] = rows[(tiling.row(run) + r) % side][j];
            }
            transform.apply(column, points, points[0].length);
            for (int i = 0; i < POINTS; i++) {
                target.put(place(i, j, first), points[i]);
            }
        }
    }

    private void clear(FloatBuffer target, int first) {
        Arrays.fill(points[0], 0);
        for (int i = 0; i < POINTS; i++) {
            for (int j = 0; j < POINTS; j++) {
                target.put(place(i, j, first), points[0]);
            }
        }
    }

    private int place(int i, int j, int tile) {
        return ((i * POINTS + j) * tiling.tilesInBlock() + tile) * channels;
    }
}
