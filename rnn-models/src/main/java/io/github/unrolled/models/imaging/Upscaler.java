package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.image.Bicubic;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.engine.Window;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Conv2d;
import io.github.unrolled.nn.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Recursive super-resolution of luminance: h(0) = head(x); h(r) = h(r-1) + f(h(r-1)) with one f at every recursion; the
 * picture after r recursions is bicubic(x) + shuffle(tail(h(r))). f is a row of 3x3 convolutions, rectified but for the last.
 * It is a recurrent network whose steps go into depth: the same weights, a state that is carried on, and an output at every
 * step, so the number of recursions can be chosen after training.
 *
 * <p>Follows DRCN (Kim et al. 2016: one trunk, a loss at every recursion) and DRRN (Tai et al. 2017: residual recursions), in
 * low resolution with a sub-pixel output (Shi et al. 2016), which takes a scale²-th of their work.
 */
public final class Upscaler implements Restorer {
    private static final String TYPE = "upscaler";
    private static final int BICUBIC_REACH = 3;

    private final Options options;
    private final int recursions;
    private final Conv2d head;
    private final List<Conv2d> trunk;
    private final Conv2d tail;

    /**
     * Sizes.
     *
     * @param scale 2, 3 or 4
     * @param features of a pixel inside
     * @param convolutions of the trunk
     * @param recursions how often the trunk is applied in training
     */
    public record Options(int scale, int features, int convolutions, int recursions) {
        /** Checks the ranges. */
        public Options {
            Sizes.require("scale", scale, 2, 4);
            Sizes.require("features", features, 1, 1024);
            Sizes.require("convolutions", convolutions, 1, 64);
            Sizes.require("recursions", recursions, 1, 64);
        }
    }

    /** A network with the recursions of its options. */
    public Upscaler(Options options, Parameters parameters) {
        this.options = options;
        this.recursions = options.recursions;
        int features = options.features;
        Window window = Window.same(3);
        this.head = Conv2d.create(parameters.scope("head"), new Conv2d.Options(1, features, window));
        this.trunk = new ArrayList<>();
        for (int i = 0; i < options.convolutions; i++) {
            boolean last = i == options.convolutions - 1;
            Conv2d.Options plain = new Conv2d.Options(features, features, window);
            trunk.add(Residuals.convolution(
                    parameters.scope("trunk").scope(String.valueOf(i)), last ? plain : plain.withRelu(), last));
        }
        int outputs = options.scale * options.scale;
        this.tail =
                Residuals.convolution(parameters.scope("tail"), new Conv2d.Options(features, outputs, window), true);
    }

    private Upscaler(Upscaler weights, int recursions) {
        this.options = weights.options;
        this.recursions = recursions;
        this.head = weights.head;
        this.trunk = weights.trunk;
        this.tail = weights.tail;
    }

    /**
     * The same weights applied another number of times; fewer is faster.
     *
     * @throws IllegalArgumentException if it is less than 1 or more than 64
     */
    public Upscaler withRecursions(int count) {
        Sizes.require("recursions", count, 1, 64);
        return new Upscaler(this, count);
    }

    /** The sizes. */
    public Options options() {
        return options;
    }

    /** How often the trunk is applied. */
    public int recursions() {
        return recursions;
    }

    @Override
    public int channels() {
        return 1;
    }

    @Override
    public int scale() {
        return options.scale;
    }

    @Override
    public int reach() {
        return Math.max(BICUBIC_REACH, 2 + recursions * options.convolutions);
    }

    @Override
    public int multiple() {
        return 1;
    }

    @Override
    public List<Variable> corrections(Tape tape, Variable pictures) {
        List<Variable> outputs = new ArrayList<>();
        Variable state = head.apply(pictures);
        for (int r = 1; r <= recursions; r++) {
            Variable change = state;
            for (Conv2d convolution : trunk) {
                change = convolution.apply(change);
            }
            state = Ops.add(state, change);
            // Without a tape only the last picture is wanted.
            if (tape.isRecording() || r == recursions) {
                outputs.add(ImageOps.pixelShuffle(options.scale, tail.apply(state)));
            }
        }
        return outputs;
    }

    @Override
    public Planes base(Planes input) {
        return Bicubic.enlarge(input, options.scale);
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(head.parameters());
        trunk.forEach(convolution -> parameters.addAll(convolution.parameters()));
        parameters.addAll(tail.parameters());
        return parameters;
    }

    @Override
    public ObjectNode describe() {
        ObjectNode description = ModelFile.newDescription().put("type", TYPE);
        description
                .putObject("architecture")
                .put("scale", options.scale)
                .put("features", options.features)
                .put("convolutions", options.convolutions)
                .put("recursions", options.recursions);
        return description;
    }
}
