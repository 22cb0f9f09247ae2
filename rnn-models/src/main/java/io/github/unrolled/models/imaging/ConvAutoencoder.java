package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.Window;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Conv2d;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * A convolutional autoencoder (Masci et al. 2011): two convolutions that halve the picture, a hidden layer, the code, and the
 * way back with sub-pixel shuffles.
 */
public final class ConvAutoencoder implements Autoencoder {
    static final String TYPE = "conv-autoencoder";
    private static final int FOLD = 2;

    private final Options options;
    private final Conv2d first;
    private final Conv2d second;
    private final Linear narrow;
    private final Linear toCode;
    private final Linear fromCode;
    private final Linear widen;
    private final Conv2d third;
    private final Conv2d fourth;
    private final Conv2d last;

    /**
     * Sizes.
     *
     * @param size rows and columns of a picture, a multiple of 4
     * @param code numbers of a code
     * @param features of a place at half the size; twice as many at a quarter
     * @param hidden units between pictures and codes
     */
    public record Options(int size, int code, int features, int hidden) {
        /** Checks the ranges. */
        public Options {
            Sizes.require("size", size, 4, 256);
            Sizes.require("code", code, 1, 4096);
            Sizes.require("features", features, 1, 1024);
            Sizes.require("hidden", hidden, 1, 1 << 14);
            if (size % (FOLD * FOLD) != 0) {
                throw new IllegalArgumentException("size is " + size + ", expected a multiple of 4");
            }
        }

        private int flat() {
            return size / 4 * (size / 4) * 2 * features;
        }
    }

    /** A network. */
    public ConvAutoencoder(Options options, Parameters parameters) {
        this.options = options;
        int features = options.features;
        Window halving = Window.square(4).withStride(2).withPadding(Edges.all(1));
        Window same = Window.same(3);
        this.first = Conv2d.create(parameters.scope("encoder.0"), new Conv2d.Options(1, features, halving).withRelu());
        this.second = Conv2d.create(
                parameters.scope("encoder.1"), new Conv2d.Options(features, 2 * features, halving).withRelu());
        this.narrow = Linear.create(parameters.scope("encoder.2"), options.flat(), options.hidden);
        this.toCode = Linear.create(parameters.scope("encoder.3"), options.hidden, options.code);
        this.fromCode = Linear.create(parameters.scope("decoder.0"), options.code, options.hidden);
        this.widen = Linear.create(parameters.scope("decoder.1"), options.hidden, options.flat());
        this.third = Conv2d.create(
                parameters.scope("decoder.2"),
                new Conv2d.Options(2 * features, FOLD * FOLD * features, same).withRelu());
        this.fourth = Conv2d.create(
                parameters.scope("decoder.3"),
                new Conv2d.Options(features, FOLD * FOLD * features / 2, same).withRelu());
        this.last = Conv2d.create(parameters.scope("decoder.4"), new Conv2d.Options(features / 2, 1, same));
    }

    /** The sizes. */
    public Options options() {
        return options;
    }

    @Override
    public int size() {
        return options.size;
    }

    @Override
    public int code() {
        return options.code;
    }

    @Override
    public Variable encode(Tape tape, Variable pictures) {
        Variable small = second.apply(first.apply(pictures));
        Variable flat = Ops.reshape(small, Shape.of(pictures.shape().dim(0), options.flat()));
        return toCode.apply(Ops.relu(narrow.apply(flat)));
    }

    @Override
    public Variable decode(Tape tape, Variable codes) {
        Variable flat = Ops.relu(widen.apply(Ops.relu(fromCode.apply(codes))));
        int quarter = options.size / (FOLD * FOLD);
        Variable small = Ops.reshape(flat, Shape.of(codes.shape().dim(0), quarter, quarter, 2 * options.features));
        Variable half = ImageOps.pixelShuffle(FOLD, third.apply(small));
        return last.apply(ImageOps.pixelShuffle(FOLD, fourth.apply(half)));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        for (Conv2d convolution : List.of(first, second, third, fourth, last)) {
            parameters.addAll(convolution.parameters());
        }
        for (Linear linear : List.of(narrow, toCode, fromCode, widen)) {
            parameters.addAll(linear.parameters());
        }
        return parameters;
    }

    @Override
    public ObjectNode describe() {
        ObjectNode description = ModelFile.newDescription().put("type", TYPE);
        description
                .putObject("architecture")
                .put("size", options.size)
                .put("code", options.code)
                .put("features", options.features)
                .put("hidden", options.hidden);
        return description;
    }
}
