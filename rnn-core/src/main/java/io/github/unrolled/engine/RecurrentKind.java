package io.github.unrolled.engine;

/**
 * The cells that have a fused sequence kernel. Gates lie side by side in the columns of the weights, in the order named
 * here; σ is the logistic function.
 */
public enum RecurrentKind {
    /** h' = tanh(x W + h U + b). */
    RNN_TANH(1, 1, 1),
    /** h' = max(0, x W + h U + b). */
    RNN_RELU(1, 1, 1),
    /**
     * Gates i, f, g, o: i = σ(·), f = σ(·), g = tanh(·), o = σ(·) of x W + h U + b; c' = f c + i g; h' = o tanh(c')
     * (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). States h, c.
     */
    LSTM(4, 4, 2),
    /**
     * Gates u, r, o: u = σ(·), r = σ(·), o = tanh(x Wₒ + (r h) Uₒ + bₒ); h' = u h + (1 - u) o. The reset gate acts
     * before the product (Cho et al. 2014).
     */
    GRU_RESET_BEFORE(3, 3, 1),
    /**
     * Gates u, r, o with o = tanh(x Wₒ + bₒ + r (h Uₒ + b')): the reset gate acts after the product, as in cuDNN and
     * PyTorch. The bias has four parts, u, r, o and b'.
     */
    GRU_RESET_AFTER(3, 4, 1);

    private final int gates;
    private final int biases;
    private final int states;

    RecurrentKind(int gates, int biases, int states) {
        this.gates = gates;
        this.biases = biases;
        this.states = states;
    }

    /** Blocks of hidden size in the columns of the weights. */
    public int gates() {
        return gates;
    }

    /** Blocks of hidden size in the bias. */
    public int biases() {
        return biases;
    }

    /** Tensors in the state: 2 for LSTM (h, c), 1 otherwise (h). */
    public int states() {
        return states;
    }
}
