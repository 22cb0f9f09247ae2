package io.github.unrolled.dl4j;

import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.VanillaRnn;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;

/**
 * {@link VanillaRnn} as a layer of Deeplearning4j, in the place of its {@code SimpleRnn}, with {@code activation(TANH)}, the
 * default, or {@code activation(RELU)}. Parameters W {@code [nIn, nOut]}, RW {@code [nOut, nOut]}, b {@code [nOut]}. Kept
 * state: {@code prevAct} {@code [batch, nOut]}.
 */
public final class UnrolledRnn extends UnrolledRecurrent {
    private static final long serialVersionUID = 1L;

    private UnrolledRnn() {}

    private UnrolledRnn(Builder builder) {
        super(builder);
        constrain(builder);
    }

    private boolean isTanh() {
        return getActivationFn() instanceof ActivationTanH;
    }

    @Override
    void requireComputable(IActivation activation) {
        if (!(activation instanceof ActivationTanH || activation instanceof ActivationReLU)) {
            throw new IllegalArgumentException("UnrolledRnn \"" + getLayerName()
                    + "\" computes with tanh or relu, and the activation " + activation
                    + " was given; use activation(Activation.TANH) or activation(Activation.RELU)");
        }
    }

    @Override
    RecurrentKind kind() {
        return isTanh() ? RecurrentKind.RNN_TANH : RecurrentKind.RNN_RELU;
    }

    @Override
    RecurrentModule module(Parameters parameters) {
        VanillaRnn.Options options = new VanillaRnn.Options(
                (int) getNIn(),
                (int) getNOut(),
                isTanh() ? VanillaRnn.Activation.TANH : VanillaRnn.Activation.RELU,
                getRecurrentDropout());
        return RecurrentModule.of(parameters, isBidirectional(), below -> new VanillaRnn(below, options));
    }

    /** Builds the layer. */
    @SuppressWarnings("unchecked") // build() is declared by Deeplearning4j for any type
    public static final class Builder extends UnrolledRecurrent.Builder<Builder> {
        /** With every option at its default. */
        public Builder() {}

        @Override
        Builder self() {
            return this;
        }

        @Override
        public UnrolledRnn build() {
            return new UnrolledRnn(this);
        }
    }
}
