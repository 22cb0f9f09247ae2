package io.github.unrolled.dl4j;

import io.github.unrolled.engine.RecurrentKind;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.Gru;

/**
 * {@link Gru} as a layer of Deeplearning4j, which has none. Parameters W {@code [nIn, 3 · nOut]}, RW {@code [nOut, 3 · nOut]},
 * gates in the order u, r, o, and b {@code [4 · nOut]} with the reset after the product (as in PyTorch), {@code [3 · nOut]}
 * before it. Kept state: {@code prevAct} {@code [batch, nOut]}.
 */
public final class UnrolledGru extends UnrolledRecurrent {
    private static final long serialVersionUID = 1L;

    private Gru.Reset reset = Gru.Reset.AFTER;

    private UnrolledGru() {}

    private UnrolledGru(Builder builder) {
        super(builder);
        this.reset = builder.reset;
        constrain(builder);
    }

    /** Where the reset gate acts. */
    public Gru.Reset getReset() {
        return reset;
    }

    @Override
    RecurrentKind kind() {
        return reset == Gru.Reset.AFTER ? RecurrentKind.GRU_RESET_AFTER : RecurrentKind.GRU_RESET_BEFORE;
    }

    @Override
    RecurrentModule module(Parameters parameters) {
        Gru.Options options = new Gru.Options((int) getNIn(), (int) getNOut(), reset, getRecurrentDropout());
        return RecurrentModule.of(parameters, isBidirectional(), below -> new Gru(below, options));
    }

    /** Builds the layer. */
    @SuppressWarnings("unchecked") // build() is declared by Deeplearning4j for any type
    public static final class Builder extends UnrolledRecurrent.Builder<Builder> {
        private Gru.Reset reset = Gru.Reset.AFTER;

        /** With every option at its default. */
        public Builder() {}

        @Override
        Builder self() {
            return this;
        }

        /** Where the reset gate acts; after the product by default. */
        public Builder reset(Gru.Reset where) {
            reset = where;
            return this;
        }

        @Override
        public UnrolledGru build() {
            return new UnrolledGru(this);
        }
    }
}
