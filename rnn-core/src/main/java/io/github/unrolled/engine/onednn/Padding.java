package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.HostKernels.at;
import static io.github.unrolled.engine.onednn.HostKernels.floats;

import io.github.unrolled.engine.Border;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Pixels around images, row by row: the middle of a row is one copy, its edges are a few pixels. */
final class Padding {
    private final Edges edges;
    private final Border border;
    private final Shape image;
    private final Shape padded;

    Padding(Edges edges, Border border, Shape image) {
        this.edges = edges;
        this.border = border;
        this.image = image;
        this.padded = edges.around(image);
    }

    void pad(Tensor x, Tensor y) {
        int width = image.dim(2) * image.dim(3);
        float[] row = new float[width];
        float[] wide = new float[padded.dim(2) * padded.dim(3)];
        FloatBuffer in = floats(x);
        FloatBuffer out = floats(y);
        for (int r = 0; r < padded.dim(0) * padded.dim(1); r++) {
            int source = source(r);
            if (source == Border.NOWHERE) {
                Arrays.fill(wide, 0);
            } else {
                in.get(at(x) + source * width, row);
                widen(row, wide);
            }
            out.put(at(y) + r * wide.length, wide);
        }
    }

    void padBackward(Tensor dy, Tensor dx, boolean accumulate) {
        int width = image.dim(2) * image.dim(3);
        float[] row = new float[width];
        float[] wide = new float[padded.dim(2) * padded.dim(3)];
        FloatBuffer in = floats(dy);
        FloatBuffer out = floats(dx);
        if (!accumulate) {
            dx.memory().fill(dx.offset(), dx.elements(), 0);
        }
        for (int r = 0; r < padded.dim(0) * padded.dim(1); r++) {
            int target = source(r);
            if (target != Border.NOWHERE) {
                in.get(at(dy) + r * wide.length, wide);
                out.get(at(dx) + target * width, row);
                narrow(wide, row);
                out.put(at(dx) + target * width, row);
            }
        }
    }

    /** Where a row of the padded batch comes from, counted over the whole batch. */
    private int source(int row) {
        int source = border.source(row % padded.dim(1) - edges.top(), image.dim(1));
        return source == Border.NOWHERE ? source : row / padded.dim(1) * image.dim(1) + source;
    }

    private void widen(float[] row, float[] wide) {
        int channels = image.dim(3);
        System.arraycopy(row, 0, wide, edges.left() * channels, row.length);
        edge(row, wide, 0, edges.left());
        edge(row, wide, edges.left() + image.dim(2), padded.dim(2));
    }

    private void edge(float[] row, float[] wide, int from, int to) {
        int channels = image.dim(3);
        for (int x = from; x < to; x++) {
            int source = border.source(x - edges.left(), image.dim(2));
            for (int c = 0; c < channels; c++) {
                wide[x * channels + c] = source == Border.NOWHERE ? 0 : row[source * channels + c];
            }
        }
    }

    private void narrow(float[] wide, float[] row) {
        int channels = image.dim(3);
        for (int x = 0; x < padded.dim(2); x++) {
            int target = border.source(x - edges.left(), image.dim(2));
            for (int c = 0; target != Border.NOWHERE && c < channels; c++) {
                row[target * channels + c] += wide[x * channels + c];
            }
        }
    }
}
