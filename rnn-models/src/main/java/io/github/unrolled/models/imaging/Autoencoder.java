package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Module;

/** Squeezes a small grey picture into a few numbers, its code, and draws it again from them. */
public sealed interface Autoencoder extends Module permits ConvAutoencoder, RecurrentAutoencoder {
    /** Rows and columns of a picture. */
    int size();

    /** Numbers of a code. */
    int code();

    /**
     * The codes of pictures.
     *
     * @param pictures {@code [batch, size, size, 1]}
     * @return {@code [batch, code]}
     */
    Variable encode(Tape tape, Variable pictures);

    /**
     * The pictures of codes.
     *
     * @param codes {@code [batch, code]}
     * @return {@code [batch, size, size, 1]}, not clipped
     */
    Variable decode(Tape tape, Variable codes);

    /** Type and sizes, as they lie in {@code model.json}. */
    ObjectNode describe();
}
