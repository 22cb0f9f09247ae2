package io.github.unrolled.models.motion.skeleton;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Module;
import java.util.List;

/** A network from seen frames to predicted curves. */
interface PosePredictor extends Module {
    /**
     * The predicted curves relative to the last seen frame, {@code [batch, outputs, predicted]}.
     *
     * @param windows whose seen frames are read
     */
    Variable predict(Tape tape, List<float[][]> windows);
}
