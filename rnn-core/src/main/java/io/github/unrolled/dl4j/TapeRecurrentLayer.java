package io.github.unrolled.dl4j;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Mask;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.recurrent.BaseRecurrentLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent layer inside Deeplearning4j. The forward pass of training records the cell, unrolled from the state that the
 * segment begins with, on a tape; the backward pass plays that tape. So there is nothing that it could compute from another
 * state than the forward pass did: Deeplearning4j calls the same method for truncated backpropagation through time as
 * without, and never says which state was carried.
 */
final class TapeRecurrentLayer extends BaseRecurrentLayer<UnrolledRecurrent> {
    private static final long serialVersionUID = 1L;

    /** The names under which Deeplearning4j's LSTM keeps its state. */
    private static final List<String> STATE_KEYS = List.of("prevAct", "prevMem");

    private final transient Executions<RecurrentModule> executions;
    private transient List<INDArray> start = List.of();

    TapeRecurrentLayer(NeuralNetConfiguration conf, DataType dataType) {
        super(conf, dataType);
        UnrolledRecurrent options = layerConf();
        this.executions = new Executions<>(this, flat -> new Execution<>(flat, options.getThreads(), options::module));
    }

    /** What computes for the calling thread. */
    Execution<RecurrentModule> execution() {
        return executions.get(paramsFlattened);
    }

    /** Parameters lie in C order here, where Deeplearning4j expects Fortran order. */
    @Override
    public void setParams(INDArray params) {
        if (params != paramsFlattened) {
            setParams(params, 'c');
        }
    }

    @Override
    public INDArray activate(boolean training, LayerWorkspaceMgr workspaceMgr) {
        start = List.of();
        return forward(training, workspaceMgr).first;
    }

    @Override
    public INDArray rnnTimeStep(INDArray input, LayerWorkspaceMgr workspaceMgr) {
        requireOneDirection("rnnTimeStep");
        setInput(input, workspaceMgr);
        start = kept(stateMap);
        return forward(false, workspaceMgr).keep(stateMap);
    }

    @Override
    public INDArray rnnActivateUsingStoredState(
            INDArray input, boolean training, boolean storeLastForTBPTT, LayerWorkspaceMgr workspaceMgr) {
        requireOneDirection("truncated backpropagation through time");
        setInput(input, workspaceMgr);
        start = kept(tBpttStateMap);
        Outcome outcome = forward(training, workspaceMgr);
        return storeLastForTBPTT ? outcome.keep(tBpttStateMap) : outcome.first;
    }

    private void requireOneDirection(String what) {
        if (layerConf().isBidirectional()) {
            throw new UnsupportedOperationException(
                    name() + " is bidirectional and needs whole sequences, so it has no " + what
                            + "; build the network with BackpropType.Standard and use output");
        }
    }

    private String name() {
        return layerConf().getClass().getSimpleName() + " \"" + layerConf().getLayerName() + "\"";
    }

    private static List<INDArray> kept(Map<String, INDArray> states) {
        return STATE_KEYS.stream().filter(states::containsKey).map(states::get).toList();
    }

    /** What a forward pass returns, and the state after it, on a tape until the next one. */
    private record Outcome(INDArray first, List<Variable> states) {
        INDArray keep(Map<String, INDArray> map) {
            for (int i = 0; i < states.size(); i++) {
                map.put(STATE_KEYS.get(i), NDArrays.detached(states.get(i).value()));
            }
            return first;
        }
    }

    private Outcome forward(boolean training, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(false);
        requireSequence(input);
        applyDropOutIfNecessary(training, workspaceMgr);
        Execution<RecurrentModule> execution = execution();
        RecurrentModule.Result result = compute(execution, training);
        INDArray outputs = SequenceLayout.toArray(
                execution.engine(), result.outputs().value(), getDataFormat(), ArrayType.ACTIVATIONS, workspaceMgr);
        return new Outcome(outputs, result.states());
    }

    /** Unrolls over the layer's input from {@link #start}, recording for a backward pass if {@code training}. */
    private RecurrentModule.Result compute(Execution<RecurrentModule> execution, boolean training) {
        Tape tape = execution.begin(
                training, new Seed(conf().getSeed()).split(getIndex()).split(getIterationCount()));
        Variable x = tape.source(SequenceLayout.toTensor(tape, input, getDataFormat()));
        List<Variable> from = new ArrayList<>();
        for (INDArray state : start) {
            from.add(tape.constant(state(tape, state, x.shape().dim(1))));
        }
        RecurrentModule.Result result = execution.module().unroll(tape, x, from, mask(tape, x.shape()));
        if (training) {
            execution.recorded(new Execution.Recording(x, result.outputs()));
        }
        return result;
    }

    private void requireSequence(INDArray sequence) {
        if (sequence.rank() != 3 || sequence.size(featureAxis()) != layerConf().getNIn()) {
            boolean swapped = sequence.rank() == 3
                    && sequence.size(3 - featureAxis()) == layerConf().getNIn();
            throw new ShapeException(name() + ": the input is " + Arrays.toString(sequence.shape()) + ", expected "
                    + (featureAxis() == 1
                            ? "[batch, " + layerConf().getNIn() + ", time]"
                            : "[batch, time, " + layerConf().getNIn() + "]")
                    + " (nIn = " + layerConf().getNIn() + ", dataFormat = " + getDataFormat() + ")"
                    + (swapped ? "; it looks as if time and features were swapped" : ""));
        }
    }

    private int featureAxis() {
        return getDataFormat() == org.deeplearning4j.nn.conf.RNNFormat.NWC ? 2 : 1;
    }

    private Tensor state(Tape tape, INDArray kept, int batch) {
        if (kept.rank() != 2
                || kept.size(0) != batch
                || kept.size(1) != layerConf().getNOut()) {
            throw new ShapeException(name() + ": the kept state is " + Arrays.toString(kept.shape()) + ", expected ["
                    + batch + ", " + layerConf().getNOut()
                    + "], as many rows as the input has sequences; call rnnClearPreviousState before another batch");
        }
        return SequenceLayout.copy(
                kept, tape.allocate(Shape.of(batch, (int) layerConf().getNOut())));
    }

    /** Where everything is real no mask is needed, and the fused kernel serves. */
    private Mask mask(Tape tape, Shape sequence) {
        INDArray present = maskArray;
        if (present == null || present.rank() != 2) {
            return Mask.none();
        }
        int time = sequence.dim(0);
        int batch = sequence.dim(1);
        if (present.size(0) != batch || present.size(1) != time) {
            throw new ShapeException(name() + ": the mask is " + Arrays.toString(present.shape())
                    + ", expected [batch, time] = [" + batch + ", " + time + "]");
        }
        double[] real = NDArrays.values(present.permute(1, 0));
        boolean all = true;
        for (double each : real) {
            all &= each != 0;
        }
        return all ? Mask.none() : Mask.of(tape.allocate(Shape.of(time, batch)).set(real));
    }

    @Override
    public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaceMgr) {
        assertInputSet(true);
        Execution<RecurrentModule> execution = execution();
        Execution.Recording recording = execution.takeRecording();
        if (recording == null) {
            // The forward pass was one of inference, as in a layer that is frozen with backpropagation.
            compute(execution, true);
            recording = execution.requireRecording();
        }
        Tensor dy = SequenceLayout.toTensor(execution.training(), epsilon, getDataFormat());
        Gradient gradient = execution.playBackward(List.of(recording.output()), List.of(dy), gradientViews);
        INDArray dx = SequenceLayout.toArray(
                execution.engine(),
                recording.input().gradient(),
                getDataFormat(),
                ArrayType.ACTIVATION_GRAD,
                workspaceMgr);
        return new Pair<>(gradient, backpropDropOutIfPresent(dx));
    }

    /** The same: the tape knows from which state the segment began. */
    @Override
    public Pair<Gradient, INDArray> tbpttBackpropGradient(
            INDArray epsilon, int tbpttBackLength, LayerWorkspaceMgr workspaceMgr) {
        return backpropGradient(epsilon, workspaceMgr);
    }

    /** Keeps the mask of the features, which holds in every recurrent layer, and leaves the labels' mask alone. */
    @Override
    public Pair<INDArray, MaskState> feedForwardMaskArray(
            @Nullable INDArray maskArray, @Nullable MaskState currentMaskState, int minibatchSize) {
        this.maskArray = maskArray;
        this.maskState = currentMaskState;
        return new Pair<>(maskArray, MaskState.Passthrough);
    }

    @Override
    public boolean isPretrainLayer() {
        return false;
    }

    @Override
    public Type type() {
        return Type.RECURRENT;
    }
}
