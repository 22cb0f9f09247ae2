package io.github.unrolled.dl4j;

import io.github.unrolled.random.Seed;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Small random data in Deeplearning4j's layout, the same in either element type. */
final class Sequences {
    private Sequences() {}

    /** Values in (-1, 1) that a float holds exactly. */
    static INDArray random(DataType type, long seed, long... shape) {
        RandomGenerator random = new Seed(seed).generator();
        INDArray array = Nd4j.create(DataType.DOUBLE, shape);
        for (long i = 0; i < array.length(); i++) {
            array.putScalar(i, (float) (2 * random.nextDouble() - 1));
        }
        return array.castTo(type);
    }

    /** One class of several for each step, {@code [batch, classes, time]}. */
    static INDArray oneHot(DataType type, long seed, int batch, int classes, int time) {
        RandomGenerator random = new Seed(seed).generator();
        INDArray array = Nd4j.zeros(type, batch, classes, time);
        for (int b = 0; b < batch; b++) {
            for (int t = 0; t < time; t++) {
                array.putScalar(new int[] {b, random.nextInt(classes), t}, 1);
            }
        }
        return array;
    }

    enum MaskKind {
        LEFT,
        RIGHT,
        HOLES;

        /** The first sequence of the batch is whole, the others are padded. */
        boolean real(int b, int t) {
            return b == 0
                    || switch (this) {
                        case LEFT -> t >= 2;
                        case RIGHT -> t < 3;
                        case HOLES -> t != 1 && t != 3;
                    };
        }

        INDArray of(DataType type, int batch, int time) {
            INDArray mask = Nd4j.zeros(type, batch, time);
            for (int b = 0; b < batch; b++) {
                for (int t = 0; t < time; t++) {
                    mask.putScalar(b, t, real(b, t) ? 1 : 0);
                }
            }
            return mask;
        }
    }
}
