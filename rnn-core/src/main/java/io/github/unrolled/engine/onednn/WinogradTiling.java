package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.WinogradTransform.TILE;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.Window;

/**
 * How the outputs of a convolution are cut: into tiles of 4x4 pixels, runs of neighbouring tiles, and blocks of runs, which
 * are what is computed at once. What lies outside the images counts as zeros and is not written.
 *
 * @param batch images
 * @param height rows of what is read
 * @param width columns of what is read
 * @param top rows above that count as zeros; negative where the first ones are not seen
 * @param left columns to the left
 * @param outHeight rows of what is written
 * @param outWidth columns of what is written
 */
record WinogradTiling(int batch, int height, int width, int top, int left, int outHeight, int outWidth) {
    /** About how many tiles a block has. Between 18 and 36, 64 channels took the same time; with 12, up to 6 % more. */
    private static final int TILES = 24;

    /** The forward pass. */
    static WinogradTiling forward(ConvolutionSpec spec) {
        Edges padding = spec.window().padding();
        return new WinogradTiling(
                spec.batch(),
                spec.height(),
                spec.width(),
                padding.top(),
                padding.left(),
                spec.window().placesY(spec.height()),
                spec.window().placesX(spec.width()));
    }

    /** The gradient of the input: a convolution of the gradient of the output, with the weights mirrored. */
    static WinogradTiling backward(ConvolutionSpec spec) {
        Window window = spec.window();
        return new WinogradTiling(
                spec.batch(),
                window.placesY(spec.height()),
                window.placesX(spec.width()),
                window.height() - 1 - window.padding().top(),
                window.width() - 1 - window.padding().left(),
                spec.height(),
                spec.width());
    }

    /** The gradient of the output, tile by tile, as {@link #forward} has written the output. */
    WinogradTiling written() {
        return new WinogradTiling(batch, outHeight, outWidth, 0, 0, outHeight, outWidth);
    }

    /** How many runs follow each other downwards. */
    int runsDown() {
        return (outHeight + TILE - 1) / TILE;
    }

    private int tilesX() {
        return (outWidth + TILE - 1) / TILE;
    }

    /** How many runs a row of tiles has. */
    private int runsAcross() {
        return (tilesX() + TILES - 1) / TILES;
    }

    /** Tiles in a run; the last run of a row may have some outside the image. */
    int tilesInRun() {
        return (tilesX() + runsAcross() - 1) / runsAcross();
    }

    int runsInBlock() {
        return Math.min(runs(), Math.max(1, TILES / tilesInRun()));
    }

    int tilesInBlock() {
        return runsInBlock() * tilesInRun();
    }

    int runs() {
        return batch * runsDown() * runsAcross();
    }

    int blocks() {
        return (runs() + runsInBlock() - 1) / runsInBlock();
    }

    /** Which image a run belongs to. */
    int image(int run) {
        return run / (runsDown() * runsAcross());
    }

    /** The first row that a run writes. Runs follow each other downwards, since neighbours there see the same rows. */
    int row(int run) {
        return run % runsDown() * TILE;
    }

    /** The first column that a run writes. */
    int column(int run) {
        return run / runsDown() % runsAcross() * tilesInRun() * TILE;
    }
}
