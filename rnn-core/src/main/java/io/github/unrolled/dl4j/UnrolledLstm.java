package io.github.unrolled.dl4j;

import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.Lstm;
import java.util.Objects;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * {@link Lstm} as a layer of Deeplearning4j, in the place of its {@code LSTM}:
 *
 * <pre>{@code
 * new NeuralNetConfiguration.Builder().updater(new Adam(2e-3)).list()
 *     .layer(new UnrolledLstm.Builder().nIn(65).nOut(128).build())
 *     .layer(new RnnOutputLayer.Builder().nIn(128).nOut(65).build())
 *     .backpropType(BackpropType.TruncatedBPTT).tBPTTLength(50)
 *     .build();
 * }</pre>
 *
 * Parameters W {@code [nIn, 4 · nOut]}, RW {@code [nOut, 4 · nOut]}, b {@code [4 · nOut]}, gates in the order i, f, g, o
 * (Deeplearning4j's own LSTM has g, f, o, i; {@link StockNetworks} converts). Kept state: {@code prevAct}, {@code prevMem}
 * {@code [batch, nOut]}, as there.
 */
public final class UnrolledLstm extends UnrolledRecurrent {
    private static final long serialVersionUID = 1L;

    private double forgetGateBiasInit;

    private UnrolledLstm() {}

    private UnrolledLstm(Builder builder) {
        super(builder);
        this.forgetGateBiasInit = builder.forgetGateBiasInit;
        constrain(builder);
    }

    /** What the forget gate's bias begins with. */
    public double getForgetGateBiasInit() {
        return forgetGateBiasInit;
    }

    @Override
    RecurrentKind kind() {
        return RecurrentKind.LSTM;
    }

    @Override
    RecurrentModule module(Parameters parameters) {
        Lstm.Options options = new Lstm.Options((int) getNIn(), (int) getNOut(), false, false, getRecurrentDropout());
        return RecurrentModule.of(parameters, isBidirectional(), below -> new Lstm(below, options));
    }

    @Override
    ParameterBlock.Initial initialBias() {
        return view -> {
            super.initialBias().write(view);
            view.get(NDArrayIndex.interval(getNOut(), 2 * getNOut())).assign(forgetGateBiasInit);
        };
    }

    @Override
    public boolean equals(Object other) {
        return super.equals(other)
                && other instanceof UnrolledLstm that
                && Double.compare(forgetGateBiasInit, that.forgetGateBiasInit) == 0;
    }

    @Override
    public int hashCode() {
        return Objects.hash(super.hashCode(), forgetGateBiasInit);
    }

    /** Builds the layer. */
    @SuppressWarnings("unchecked") // build() is declared by Deeplearning4j for any type
    public static final class Builder extends UnrolledRecurrent.Builder<Builder> {
        private double forgetGateBiasInit = 1;

        /** With every option at its default. */
        public Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** What the forget gate's bias begins with; 1 by default (Jozefowicz, Zaremba and Sutskever 2015). */
        public Builder forgetGateBiasInit(double bias) {
            forgetGateBiasInit = bias;
            return this;
        }

        @Override
        public UnrolledLstm build() {
            return new UnrolledLstm(this);
        }
    }
}
