package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.ImageOps;
import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.engine.Window;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Conv2d;
import io.github.unrolled.nn.Parameters;
import java.util.ArrayList;
import java.util.List;

/**
 * Removes white noise whose strength it is not told. Pixels of 2x2 become channels, so that all work is done at a quarter of
 * the area (FFDNet, Zhang et al. 2018); half of it again at a sixteenth, where a place sees four times as far (U-Net,
 * Ronneberger et al. 2015; residual blocks as DRUNet, Zhang et al. 2021). The result is the input plus a correction (DnCNN,
 * Zhang et al. 2017).
 */
public final class Denoiser implements Restorer {
    private static final String TYPE = "denoiser";
    private static final int FOLD = 2;

    private final Options options;
    private final Conv2d head;
    private final List<List<Conv2d>> before = new ArrayList<>();
    private final Conv2d down;
    private final List<List<Conv2d>> inside = new ArrayList<>();
    private final Conv2d up;
    private final List<List<Conv2d>> after = new ArrayList<>();
    private final Conv2d tail;

    /**
     * Sizes.
     *
     * @param channels of a picture, 1 or 3
     * @param features of a place at a quarter of the area; twice as many at a sixteenth
     * @param outer residual blocks at a quarter of the area, before and after
     * @param inner residual blocks at a sixteenth
     */
    public record Options(int channels, int features, int outer, int inner) {
        /** Checks the ranges. */
        public Options {
            Sizes.require("channels", channels, 1, 3);
            Sizes.require("features", features, 1, 1024);
            Sizes.require("outer", outer, 0, 64);
            Sizes.require("inner", inner, 1, 64);
        }
    }

    /** A network. */
    public Denoiser(Options options, Parameters parameters) {
        this.options = options;
        int folded = options.channels * FOLD * FOLD;
        int wide = options.features;
        int deep = 2 * options.features;
        Window same = Window.same(3);
        Window half = Window.square(2).withStride(2);
        this.head = Conv2d.create(parameters.scope("head"), new Conv2d.Options(folded, wide, same));
        blocks(before, parameters.scope("before"), wide, options.outer);
        this.down = Conv2d.create(parameters.scope("down"), new Conv2d.Options(wide, deep, half));
        blocks(inside, parameters.scope("inside"), deep, options.inner);
        this.up = Residuals.convolution(
                parameters.scope("up"), new Conv2d.Options(deep, FOLD * FOLD * wide, Window.square(1)), true);
        blocks(after, parameters.scope("after"), wide, options.outer);
        this.tail = Residuals.convolution(parameters.scope("tail"), new Conv2d.Options(wide, folded, same), true);
    }

    private static void blocks(List<List<Conv2d>> into, Parameters parameters, int features, int count) {
        for (int i = 0; i < count; i++) {
            into.add(Residuals.block(parameters.scope(String.valueOf(i)), features));
        }
    }

    /** The sizes. */
    public Options options() {
        return options;
    }

    @Override
    public int channels() {
        return options.channels;
    }

    @Override
    public int scale() {
        return 1;
    }

    @Override
    public int reach() {
        // A convolution reaches one place further: 2 pixels outside, 4 inside; head and tail are two more outside.
        int pixels = 2 * (2 + 4 * options.outer) + 4 * (2 * options.inner) + 2 * FOLD;
        int multiple = multiple();
        return (pixels + multiple - 1) / multiple * multiple;
    }

    @Override
    public int multiple() {
        return 2 * FOLD;
    }

    @Override
    public List<Variable> corrections(Tape tape, Variable pictures) {
        Variable wide = head.apply(ImageOps.pixelUnshuffle(FOLD, pictures));
        for (List<Conv2d> block : before) {
            wide = Residuals.apply(block, wide);
        }
        Variable deep = down.apply(wide);
        for (List<Conv2d> block : inside) {
            deep = Residuals.apply(block, deep);
        }
        Variable joined = Ops.add(wide, ImageOps.pixelShuffle(FOLD, up.apply(deep)));
        for (List<Conv2d> block : after) {
            joined = Residuals.apply(block, joined);
        }
        return List.of(ImageOps.pixelShuffle(FOLD, tail.apply(joined)));
    }

    /** The noisy picture itself. */
    @Override
    public Planes base(Planes input) {
        return input;
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(head.parameters());
        before.forEach(block -> block.forEach(part -> parameters.addAll(part.parameters())));
        parameters.addAll(down.parameters());
        inside.forEach(block -> block.forEach(part -> parameters.addAll(part.parameters())));
        parameters.addAll(up.parameters());
        after.forEach(block -> block.forEach(part -> parameters.addAll(part.parameters())));
        parameters.addAll(tail.parameters());
        return parameters;
    }

    @Override
    public ObjectNode describe() {
        ObjectNode description = ModelFile.newDescription().put("type", TYPE);
        description
                .putObject("architecture")
                .put("channels", options.channels)
                .put("features", options.features)
                .put("outer", options.outer)
                .put("inner", options.inner);
        return description;
    }
}
