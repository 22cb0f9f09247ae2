package io.github.unrolled.dl4j;

import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.nn.Parameters;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.api.layers.LayerConstraint;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.layers.LayerValidation;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the recurrent layers of Unrolled share in Deeplearning4j. Everything that a recurrent layer's builder offers there
 * holds, with these differences:
 *
 * <ul>
 *   <li>recurrent weights begin orthogonal unless {@code weightInitRecurrent} says otherwise;
 *   <li>a step that the features' mask hides gives zeros and leaves the state as it is, wherever in the sequence it lies;
 *   <li>in truncated backpropagation through time the gradient of a segment is that of the whole segment, from the state
 *       that the segment began with; the network's backward length is not known to its layers and changes nothing;
 *   <li>weight noise is refused: {@code recurrentDropout} drops recurrent weights.
 * </ul>
 *
 * <p>Networks of type FLOAT compute on the fastest engine, of type DOUBLE on the reference engine, for gradient checks.
 */
public abstract class UnrolledRecurrent extends BaseRecurrentLayer {
    private static final long serialVersionUID = 1L;

    private boolean bidirectional;
    private double recurrentDropout;
    private int threads;

    /** For reading JSON. */
    UnrolledRecurrent() {}

    UnrolledRecurrent(Builder<?> builder) {
        super(builder);
        this.bidirectional = builder.bidirectional;
        this.recurrentDropout = builder.recurrentDropout;
        this.threads = builder.threads;
        if (getActivationFn() == null) {
            setActivationFn(new ActivationTanH());
        }
        requireComputable(getActivationFn());
    }

    /**
     * Throws unless the cell computes with that function.
     *
     * @throws IllegalArgumentException if it does not
     */
    void requireComputable(IActivation activation) {
        if (!(activation instanceof ActivationTanH)) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " \"" + getLayerName()
                    + "\" computes with tanh, and the activation " + activation
                    + " was given; leave the activation out");
        }
    }

    /** The constraints of the builder; called last in each constructor, when everything else is known. */
    final void constrain(Builder<?> builder) {
        initializeConstraints(builder);
        List<LayerConstraint> all = constraints == null ? new ArrayList<>() : new ArrayList<>(constraints);
        add(all, builder.getInputWeightConstraints(), "W");
        add(all, builder.getRecurrentConstraints(), "RW");
        constraints = all.isEmpty() ? null : all;
    }

    private void add(List<LayerConstraint> all, @Nullable List<LayerConstraint> added, String key) {
        for (LayerConstraint each : added == null ? List.<LayerConstraint>of() : added) {
            LayerConstraint constraint = each.clone();
            constraint.setParams(directions().map(prefix -> prefix + key).collect(java.util.stream.Collectors.toSet()));
            all.add(constraint);
        }
    }

    /** Which cell. */
    abstract RecurrentKind kind();

    /** Makes the cell. */
    abstract RecurrentModule module(Parameters parameters);

    /** The biases of one direction. */
    ParameterBlock.Initial initialBias() {
        return ParameterBlock.constant(getBiasInit());
    }

    /** Whether the sequence is read from both ends; the outputs of a step lie side by side, forward first. */
    public boolean isBidirectional() {
        return bidirectional;
    }

    /** Probability of dropping a recurrent weight for a whole sequence. */
    public double getRecurrentDropout() {
        return recurrentDropout;
    }

    /** How many threads a kernel uses; 0 for as many as there are processors. */
    public int getThreads() {
        return threads;
    }

    private Stream<String> directions() {
        return bidirectional ? Stream.of("f", "b") : Stream.of("");
    }

    private List<ParameterBlock> blocks() {
        RecurrentKind kind = kind();
        ParameterBlock.Initial recurrent = getWeightInitFnRecurrent() == null
                ? ParameterBlock.orthogonal(kind.gates())
                : ParameterBlock.perGate(kind.gates(), getWeightInitFnRecurrent());
        List<ParameterBlock> direction = List.of(
                ParameterBlock.weight(
                        "W",
                        getNIn(),
                        kind.gates() * getNOut(),
                        ParameterBlock.perGate(kind.gates(), getWeightInitFn())),
                ParameterBlock.weight("RW", getNOut(), kind.gates() * getNOut(), recurrent),
                ParameterBlock.bias("b", kind.biases() * getNOut(), initialBias()));
        return directions()
                .flatMap(prefix -> direction.stream().map(block -> block.withPrefix(prefix)))
                .toList();
    }

    @Override
    public ParamInitializer initializer() {
        return new FlatInitializer(layer -> ((UnrolledRecurrent) layer).blocks());
    }

    @Override
    public Layer instantiate(
            NeuralNetConfiguration conf,
            Collection<TrainingListener> trainingListeners,
            int layerIndex,
            INDArray layerParamsView,
            boolean initializeParams,
            DataType networkDataType) {
        LayerValidation.assertNInNOutSet(getClass().getSimpleName(), getLayerName(), layerIndex, getNIn(), getNOut());
        requireComputable(getActivationFn());
        if (getWeightNoise() != null) {
            throw new IllegalArgumentException(getClass().getSimpleName() + " \"" + getLayerName()
                    + "\" has no weight noise; use recurrentDropout, or set the noise for the other layers only");
        }
        TapeRecurrentLayer layer = new TapeRecurrentLayer(conf, networkDataType);
        layer.setListeners(trainingListeners);
        layer.setIndex(layerIndex);
        layer.setParamsViewArray(layerParamsView);
        layer.setParamTable(initializer().init(conf, layerParamsView, initializeParams));
        return layer;
    }

    @Override
    public InputType getOutputType(int layerIndex, InputType inputType) {
        InputType.InputTypeRecurrent one = (InputType.InputTypeRecurrent) super.getOutputType(layerIndex, inputType);
        return bidirectional ? InputType.recurrent(2 * getNOut(), one.getTimeSeriesLength(), one.getFormat()) : one;
    }

    /** Parameters, and for each step and example what the forward pass keeps for the backward one. */
    @Override
    public LayerMemoryReport getMemoryReport(InputType inputType) {
        InputType.InputTypeRecurrent in = (InputType.InputTypeRecurrent) inputType;
        long parameters = initializer().numParams(this);
        long steps = Math.max(1, in.getTimeSeriesLength());
        long perStep = (bidirectional ? 2 : 1) * getNOut() * (kind().gates() + 2L * kind().states());
        return new LayerMemoryReport.Builder(getLayerName(), getClass(), inputType, getOutputType(-1, inputType))
                .standardMemory(parameters, getIUpdater().stateSize(parameters))
                .workingMemory(0, steps * getNOut(), 0, steps * (perStep + getNIn()))
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
                .build();
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof UnrolledRecurrent that
                && kind() == that.kind()
                && bidirectional == that.bidirectional
                && Double.compare(recurrentDropout, that.recurrentDropout) == 0
                && threads == that.threads;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), bidirectional, recurrentDropout, threads);
    }

    /**
     * The options that every recurrent layer has.
     *
     * @param <T> the builder itself
     */
    public abstract static class Builder<T extends Builder<T>> extends BaseRecurrentLayer.Builder<T> {
        private boolean bidirectional;
        private double recurrentDropout;
        private int threads;

        Builder() {}

        abstract T self();

        /**
         * Whether to read the sequence from both ends, with weights of its own for each (Schuster and Paliwal 1997): nOut
         * is the size of one direction, the output has twice as many features. Such a layer needs whole sequences: it has
         * neither rnnTimeStep nor truncated backpropagation through time.
         */
        public T bidirectional(boolean both) {
            bidirectional = both;
            return self();
        }

        /**
         * Drops recurrent weights for a whole sequence in training (Merity, Keskar and Socher 2018).
         *
         * @param probability of dropping, in [0, 1); dropOut in Deeplearning4j is the probability of keeping
         */
        public T recurrentDropout(double probability) {
            if (!(probability >= 0 && probability < 1)) {
                throw new IllegalArgumentException(
                        "recurrentDropout is a probability of dropping in [0, 1), not " + probability);
            }
            recurrentDropout = probability;
            return self();
        }

        /** How many threads a kernel uses; 0, the default, for as many as there are processors. */
        public T threads(int count) {
            if (count < 0) {
                throw new IllegalArgumentException("threads is at least 0, not " + count);
            }
            threads = count;
            return self();
        }
    }
}
