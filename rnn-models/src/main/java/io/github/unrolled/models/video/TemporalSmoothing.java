package io.github.unrolled.models.video;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/**
 * The smoothing loss of Farha and Gall (2019, equations 7 to 9): Σ over neighbouring frames of the mean over classes of
 * min(|ln p(t) - ln p(t - 1)|, 4)², with no gradient through the earlier frame. It makes labels change seldom where the
 * network is unsure, and lets them change where it is sure.
 */
final class TemporalSmoothing {
    private static final double GREATEST = 4;

    private TemporalSmoothing() {}

    /**
     * The loss, {@code [1]}.
     *
     * @param logits {@code [time, batch, classes]}
     * @param real not 0 where a frame counts, {@code [time · batch]}; a pair counts where both do
     */
    static Variable loss(Variable logits, float[] real) {
        Tape tape = logits.tape();
        int time = logits.shape().dim(0);
        int batch = logits.shape().dim(1);
        int classes = logits.shape().dim(2);
        float[] scores = logits.value().toFloats();
        float[] gradient = new float[scores.length];
        double sum = 0;
        for (int lane = 0; lane < batch; lane++) {
            float[] earlier = {};
            for (int t = 0; t < time; t++) {
                int row = t * batch + lane;
                if (real[row] == 0) {
                    earlier = new float[0];
                    continue;
                }
                float[] now = Labels.logSoftmax(scores, row * classes, classes);
                if (earlier.length > 0) {
                    sum += pair(earlier, now, gradient, row * classes);
                }
                earlier = now;
            }
        }
        Variable loss = tape.result(tape.allocate(Shape.of(1)).set((float) sum), logits);
        tape.record(loss, () -> {
            Tensor scaled = tape.allocate(logits.shape()).set(gradient);
            tape.engine().scale(scaled, loss.gradient().scalar(), 0, logits.gradient(), true);
        });
        return loss;
    }

    /** Adds the gradient of one pair with respect to the later frame's scores. */
    private static double pair(float[] earlier, float[] now, float[] gradient, int offset) {
        int classes = now.length;
        double sum = 0;
        double total = 0;
        for (int k = 0; k < classes; k++) {
            double difference = now[k] - earlier[k];
            if (Math.abs(difference) < GREATEST) {
                sum += difference * difference;
                double slope = 2 * difference / classes;
                gradient[offset + k] += (float) slope;
                total += slope;
            } else {
                sum += GREATEST * GREATEST;
            }
        }
        // d ln p(k) / d score(j) = [k = j] - p(j).
        for (int j = 0; j < classes; j++) {
            gradient[offset + j] -= (float) (total * Math.exp(now[j]));
        }
        return sum / classes;
    }
}
