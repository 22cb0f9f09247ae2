package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.tensor.Shape;

/** Applies an autoencoder to many small pictures. */
public final class Reconstruction {
    private static final int AT_ONCE = 256;

    private Reconstruction() {}

    /** Pictures that went through the code, clipped to [0, 1]. */
    public static IdxFile reconstruct(Autoencoder model, Tape tape, IdxFile pictures) {
        return decode(model, tape, encode(model, tape, pictures));
    }

    /** Codes, {@code [count][code]}. */
    public static float[][] encode(Autoencoder model, Tape tape, IdxFile pictures) {
        float[][] codes = new float[pictures.count()][];
        for (int from = 0; from < pictures.count(); from += AT_ONCE) {
            IdxFile part = pictures.slice(from, Math.min(pictures.count(), from + AT_ONCE));
            tape.reset();
            Shape shape = Shape.of(part.count(), model.size(), model.size(), 1);
            Variable input = tape.constant(tape.allocate(shape).set(part.values()));
            float[] values = model.encode(tape, input).value().toFloats();
            for (int i = 0; i < part.count(); i++) {
                codes[from + i] = java.util.Arrays.copyOfRange(values, i * model.code(), (i + 1) * model.code());
            }
        }
        return codes;
    }

    /** The pictures of codes, clipped to [0, 1]. */
    public static IdxFile decode(Autoencoder model, Tape tape, float[][] codes) {
        int area = model.size() * model.size();
        float[] pictures = new float[codes.length * area];
        for (int from = 0; from < codes.length; from += AT_ONCE) {
            int count = Math.min(AT_ONCE, codes.length - from);
            float[] flat = new float[count * model.code()];
            for (int i = 0; i < count; i++) {
                System.arraycopy(codes[from + i], 0, flat, i * model.code(), model.code());
            }
            tape.reset();
            Variable input =
                    tape.constant(tape.allocate(Shape.of(count, model.code())).set(flat));
            float[] values = model.decode(tape, input).value().toFloats();
            for (int i = 0; i < values.length; i++) {
                pictures[from * area + i] = Math.min(1f, Math.max(0f, values[i]));
            }
        }
        return new IdxFile(codes.length, model.size(), model.size(), pictures);
    }

    /** The mean squared difference of a value. */
    public static double meanSquaredError(IdxFile a, IdxFile b) {
        double sum = 0;
        for (int i = 0; i < a.values().length; i++) {
            double difference = a.values()[i] - b.values()[i];
            sum += difference * difference;
        }
        return sum / a.values().length;
    }
}
