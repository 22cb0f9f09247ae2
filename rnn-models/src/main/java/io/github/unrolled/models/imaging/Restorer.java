package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.nn.Module;
import java.util.List;

/** A network that makes a picture better. Pictures are {@code [batch, height, width, channels]}, values 0 to 1. */
public sealed interface Restorer extends Module permits Upscaler, Denoiser {
    /** Channels of a picture that goes in and comes out. */
    int channels();

    /** A result has so many times the rows and columns of its input. */
    int scale();

    /**
     * How many pixels of the input around a place its result depends on: the overlap with which tiles are cut.
     */
    int reach();

    /** Rows and columns of an input are multiples of this. */
    int multiple();

    /**
     * What is added to {@link #base} to give the result: one for every stage at which the network can be stopped, the last one
     * being the best.
     *
     * @param pictures {@code [batch, height, width, channels]}
     * @return each {@code [batch, scale·height, scale·width, channels]}
     */
    List<Variable> corrections(Tape tape, Variable pictures);

    /** The picture that is corrected: at the size of the result, without the help of the network. */
    Planes base(Planes input);

    /** Type and sizes, as they lie in {@code model.json}. */
    ObjectNode describe();
}
