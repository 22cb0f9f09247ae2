package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.image.IdxFile;
import java.util.Arrays;

/** Walks through the codes of an autoencoder. */
public final class CodeSpace {
    /** The map leaves out a twentieth on either side, where codes are rare. */
    private static final double EDGE = 0.05;

    private CodeSpace() {}

    /** Pictures on the straight ways between the codes of neighbouring pictures: {@code ways} rows of {@code steps}. */
    public static IdxFile between(Autoencoder model, Tape tape, IdxFile pictures, int ways, int steps) {
        float[][] ends = Reconstruction.encode(model, tape, pictures.slice(0, Math.min(ways + 1, pictures.count())));
        float[][] codes = new float[(ends.length - 1) * steps][model.code()];
        for (int way = 0; way + 1 < ends.length; way++) {
            for (int s = 0; s < steps; s++) {
                float along = s / (float) Math.max(1, steps - 1);
                for (int i = 0; i < model.code(); i++) {
                    codes[way * steps + s][i] = ends[way][i] + along * (ends[way + 1][i] - ends[way][i]);
                }
            }
        }
        return Reconstruction.decode(model, tape, codes);
    }

    /**
     * The plane of a code of two numbers, drawn: {@code side} rows and columns of pictures that lie evenly over where most of
     * these pictures' codes lie.
     *
     * @throws IllegalArgumentException if a code has more or fewer numbers
     */
    public static IdxFile map(Autoencoder model, Tape tape, IdxFile pictures, int side) {
        if (model.code() != 2) {
            throw new IllegalArgumentException("a code of " + model.code() + " numbers is no plane; 2 are expected");
        }
        float[][] seen = Reconstruction.encode(model, tape, pictures);
        float[][] places = {places(seen, 0, side), places(seen, 1, side)};
        float[][] codes = new float[side * side][2];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                codes[y * side + x][0] = places[0][x];
                codes[y * side + x][1] = places[1][y];
            }
        }
        return Reconstruction.decode(model, tape, codes);
    }

    private static float[] places(float[][] codes, int axis, int side) {
        float[] values = new float[codes.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = codes[i][axis];
        }
        Arrays.sort(values);
        float from = values[(int) (EDGE * (values.length - 1))];
        float to = values[(int) ((1 - EDGE) * (values.length - 1))];
        float[] places = new float[side];
        for (int i = 0; i < side; i++) {
            places[i] = from + (to - from) * i / Math.max(1, side - 1);
        }
        return places;
    }
}
