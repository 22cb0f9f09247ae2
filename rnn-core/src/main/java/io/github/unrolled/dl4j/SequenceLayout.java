package io.github.unrolled.dl4j;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The border between Deeplearning4j's sequences, {@code [batch, features, time]} or {@code [batch, time, features]}, and
 * ours, {@code [time, batch, features]}. Arrays made here have our order in memory under their shape, so a layer of ours
 * that follows one of ours reads what that wrote, where it lies; other orders are copied.
 */
final class SequenceLayout {
    private SequenceLayout() {}

    /** An array's elements as a tensor: a view where they lie as ours do, else a copy on the tape. */
    static Tensor toTensor(Tape tape, INDArray sequence, RNNFormat format) {
        Engine engine = tape.engine();
        DataType type = NDArrays.typeOf(engine.type());
        INDArray ours = toTimeMajor(sequence, format);
        if (ours.dataType() == type && NDArrays.isViewable(ours)) {
            return NDArrays.view(engine.backend(), ours);
        }
        Tensor copy = tape.allocate(Shape.of((int) ours.size(0), (int) ours.size(1), (int) ours.size(2)));
        return copy(ours, copy);
    }

    /** Copies an array of any layout and type into a tensor of its shape, and returns that. */
    static Tensor copy(INDArray array, Tensor target) {
        if (target.memory().buffer().isPresent()) {
            NDArrays.view(target).assign(array);
            return target;
        }
        return target.set(NDArrays.values(array));
    }

    /** A tensor's elements in an array that belongs to one of the network's workspaces. */
    static INDArray toArray(
            Engine engine, Tensor sequence, RNNFormat format, ArrayType purpose, LayerWorkspaceMgr workspaces) {
        long[] shape = {
            sequence.shape().dim(0), sequence.shape().dim(1), sequence.shape().dim(2)
        };
        INDArray ours = workspaces.createUninitialized(purpose, NDArrays.typeOf(engine.type()), shape, 'c');
        engine.copy(sequence, NDArrays.view(engine.backend(), ours), false);
        return format == RNNFormat.NWC ? ours.permute(1, 0, 2) : ours.permute(1, 2, 0);
    }

    private static INDArray toTimeMajor(INDArray sequence, RNNFormat format) {
        return format == RNNFormat.NWC ? sequence.permute(1, 0, 2) : sequence.permute(2, 0, 1);
    }
}
