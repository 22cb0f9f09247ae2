package io.github.unrolled.models.video;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.Window;
import io.github.unrolled.nn.Conv2d;
import io.github.unrolled.nn.GroupNorm;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The convolutions that look at a frame: {@code [frames, height, width, channels]} to smaller images. */
final class FrameEncoder implements Module {
    private static final int FIRST_SIZE = 5;
    private static final int SIZE = 3;
    private static final int GROUP = 8;

    private final List<Conv2d> convolutions = new ArrayList<>();
    private final List<GroupNorm> norms = new ArrayList<>();
    private final Shape output;

    /** The output shape is that of one frame, with its axis. */
    FrameEncoder(Parameters parameters, VideoConfig config) {
        int in = config.channels() * config.context();
        Shape shape = Shape.of(1, config.height(), config.width(), in);
        for (int i = 0; i < config.convolutions().size(); i++) {
            int out = config.convolutions().get(i);
            int size = i == 0 ? FIRST_SIZE : SIZE;
            Window window = Window.square(size).withPadding(Edges.all(size / 2)).withStride(stride(i, shape));
            Parameters layer = parameters.scope(Integer.toString(i));
            Conv2d convolution = Conv2d.create(layer, new Conv2d.Options(in, out, window).withRelu());
            convolutions.add(convolution);
            norms.add(GroupNorm.create(layer.scope("norm"), out, out % GROUP == 0 ? out / GROUP : 1));
            shape = convolution.outputShape(shape);
            in = out;
        }
        output = shape;
    }

    /** The first two halve the image, then every other one, as long as something is left. */
    private static int stride(int layer, Shape image) {
        boolean large = Math.min(image.dim(1), image.dim(2)) >= SIZE + 1;
        return large && (layer < 2 || layer % 2 == 1) ? 2 : 1;
    }

    Shape output() {
        return output;
    }

    Variable apply(Variable frames) {
        Variable x = frames;
        for (int i = 0; i < convolutions.size(); i++) {
            x = norms.get(i).apply(convolutions.get(i).apply(x));
        }
        return x;
    }

    /** The images of all frames as vectors, {@code [frames, height · width · channels]}. */
    Variable vectors(Variable frames) {
        Variable images = apply(frames);
        Shape shape = images.shape();
        return Ops.reshape(images, Shape.of(shape.dim(0), shape.dim(1) * shape.dim(2) * shape.dim(3)));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>();
        for (int i = 0; i < convolutions.size(); i++) {
            all.addAll(Stream.concat(convolutions.get(i).parameters().stream(), norms.get(i).parameters().stream())
                    .toList());
        }
        return all;
    }
}
