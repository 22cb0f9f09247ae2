package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/** Applies a network to one picture as a whole. */
public final class Restoration {
    private static final int TURNS = 8;

    private Restoration() {}

    /**
     * The result for a picture of the network's channels, any size, not clipped.
     *
     * @param tape for inference; is reset
     */
    public static Planes restore(Restorer model, Tape tape, Planes input) {
        Planes padded = padded(input, model.multiple());
        Planes base = model.base(padded);
        tape.reset();
        Tensor picture = tape.allocate(Shape.of(1, padded.height(), padded.width(), padded.channels()));
        picture.set(interleaved(padded));
        List<Variable> stages = model.corrections(tape, tape.constant(picture));
        Planes correction = planes(stages.get(stages.size() - 1).value());
        for (int i = 0; i < base.values().length; i++) {
            correction.values()[i] += base.values()[i];
        }
        tape.reset();
        return correction.crop(0, 0, input.height() * model.scale(), input.width() * model.scale());
    }

    /** The mean over the eight turned and mirrored pictures, turned back: better by a tenth of a dB, at eight times the work. */
    public static Planes ensemble(Restorer model, Tape tape, Planes input) {
        Planes sum = Planes.zeros(input.channels(), input.height() * model.scale(), input.width() * model.scale());
        for (int turn = 0; turn < TURNS; turn++) {
            Planes one = restore(model, tape, input.turned(turn)).turnedBack(turn);
            for (int i = 0; i < sum.values().length; i++) {
                sum.values()[i] += one.values()[i] / TURNS;
            }
        }
        return sum;
    }

    /** Rows and columns are added at the bottom and right until they are multiples; each repeats the nearest mirrored one. */
    private static Planes padded(Planes input, int multiple) {
        int height = (input.height() + multiple - 1) / multiple * multiple;
        int width = (input.width() + multiple - 1) / multiple * multiple;
        if (height == input.height() && width == input.width()) {
            return input;
        }
        Planes padded = Planes.zeros(input.channels(), height, width);
        for (int c = 0; c < input.channels(); c++) {
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++) {
                    padded.values()[(c * height + y) * width + x] =
                            input.at(c, mirrored(y, input.height()), mirrored(x, input.width()));
                }
            }
        }
        return padded;
    }

    private static int mirrored(int position, int size) {
        return position < size ? position : Math.max(0, 2 * size - 1 - position);
    }

    private static float[] interleaved(Planes planes) {
        if (planes.channels() == 1) {
            return planes.values();
        }
        float[] values = new float[planes.values().length];
        int at = 0;
        for (int i = 0; i < planes.area(); i++) {
            for (int c = 0; c < planes.channels(); c++) {
                values[at++] = planes.values()[c * planes.area() + i];
            }
        }
        return values;
    }

    private static Planes planes(Tensor picture) {
        Planes planes = Planes.zeros(
                picture.shape().dim(3), picture.shape().dim(1), picture.shape().dim(2));
        float[] values = picture.toFloats();
        int at = 0;
        for (int i = 0; i < planes.area(); i++) {
            for (int c = 0; c < planes.channels(); c++) {
                planes.values()[c * planes.area() + i] = values[at++];
            }
        }
        return planes;
    }
}
