package io.github.unrolled.engine;

import static io.github.unrolled.engine.Checks.count;
import static io.github.unrolled.engine.Checks.same;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.List;

/** Checks the arguments of the kernels on images, as {@link CheckedEngine} does for the others. */
final class CheckedImageKernels implements ImageKernels {
    private final ImageKernels kernels;
    private final Checks checks;

    CheckedImageKernels(ImageKernels kernels, Checks checks) {
        this.kernels = kernels;
        this.checks = checks;
    }

    private static void bias(String kernel, String what, ConvolutionSpec spec, Tensor bias) {
        if (bias.elements() > 0) {
            same(kernel, what, bias.shape(), spec.biasShape());
        }
    }

    @Override
    public void convolution(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y) {
        checks.types("convolution", x, weight, bias, y);
        same("convolution", "the input", x.shape(), spec.inputShape());
        same("convolution", "the weight", weight.shape(), spec.weightShape());
        bias("convolution", "the bias", spec, bias);
        same("convolution", "the result", y.shape(), spec.outputShape());
        Overlap.none("convolution", y, x, weight, bias);
        kernels.convolution(spec, x, weight, bias, y);
    }

    @Override
    public void convolutionBackwardData(ConvolutionSpec spec, Tensor weight, Tensor dy, Tensor dx, boolean accumulate) {
        checks.types("convolutionBackwardData", weight, dy, dx);
        same("convolutionBackwardData", "the weight", weight.shape(), spec.weightShape());
        same("convolutionBackwardData", "dy", dy.shape(), spec.outputShape());
        same("convolutionBackwardData", "dx", dx.shape(), spec.inputShape());
        Overlap.none("convolutionBackwardData", dx, weight, dy);
        kernels.convolutionBackwardData(spec, weight, dy, dx, accumulate);
    }

    @Override
    public void convolutionBackwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias) {
        checks.types("convolutionBackwardWeights", x, dy, dWeight, dBias);
        same("convolutionBackwardWeights", "the input", x.shape(), spec.inputShape());
        same("convolutionBackwardWeights", "dy", dy.shape(), spec.outputShape());
        same("convolutionBackwardWeights", "dWeight", dWeight.shape(), spec.weightShape());
        bias("convolutionBackwardWeights", "dBias", spec, dBias);
        Overlap.none("convolutionBackwardWeights", dWeight, x, dy, dBias);
        Overlap.none("convolutionBackwardWeights", dBias, x, dy);
        kernels.convolutionBackwardWeights(spec, x, dy, dWeight, dBias);
    }

    @Override
    public Shape poolWorkspace(PoolSpec spec) {
        return kernels.poolWorkspace(spec);
    }

    /** A native kernel writes as much as it needs, whatever it is given. */
    private void workspace(String kernel, PoolSpec spec, Tensor workspace) {
        same(kernel, "the workspace", workspace.shape(), kernels.poolWorkspace(spec));
    }

    @Override
    public void pool(PoolSpec spec, Tensor x, Tensor y, Tensor workspace) {
        checks.types("pool", x, y, workspace);
        same("pool", "the input", x.shape(), spec.inputShape());
        same("pool", "the result", y.shape(), spec.outputShape());
        workspace("pool", spec, workspace);
        Overlap.none("pool", y, x, workspace);
        Overlap.none("pool", workspace, x);
        kernels.pool(spec, x, y, workspace);
    }

    @Override
    public void poolBackward(PoolSpec spec, Tensor workspace, Tensor dy, Tensor dx, boolean accumulate) {
        if (!spec.training()) {
            throw new ShapeException("poolBackward: the forward pass was one for inference, which keeps no workspace; "
                    + "make the specification with training = true");
        }
        checks.types("poolBackward", workspace, dy, dx);
        workspace("poolBackward", spec, workspace);
        same("poolBackward", "dy", dy.shape(), spec.outputShape());
        same("poolBackward", "dx", dx.shape(), spec.inputShape());
        Overlap.none("poolBackward", dx, workspace, dy);
        kernels.poolBackward(spec, workspace, dy, dx, accumulate);
    }

    private static void image(String kernel, String what, Tensor tensor) {
        if (tensor.shape().rank() != 4) {
            throw new ShapeException(kernel + ": " + what + " is " + tensor.shape()
                    + ", expected images [batch, height, width, channels]");
        }
    }

    private void padding(String kernel, Edges edges, Border border, Tensor inner, Tensor outer) {
        checks.types(kernel, inner, outer);
        image(kernel, "the image", inner);
        Shape image = inner.shape();
        Shape padded = edges.around(image);
        same(kernel, "the padded image", outer.shape(), padded);
        int least = switch (border) {
            case ZERO -> 0;
            case REPLICATE -> 1;
            case REFLECT -> 1 + Math.max(edges.top(), edges.bottom());
        };
        int leastX = border == Border.REFLECT ? 1 + Math.max(edges.left(), edges.right()) : least;
        if (padded.elements() > 0 && (image.dim(1) < least || image.dim(2) < leastX)) {
            throw new ShapeException(kernel + ": " + image + " is too small for padding " + border + " by " + edges
                    + "; expected at least " + least + " x " + leastX + " pixels");
        }
    }

    @Override
    public void pad(Edges edges, Border border, Tensor x, Tensor y) {
        padding("pad", edges, border, x, y);
        Overlap.none("pad", y, x);
        kernels.pad(edges, border, x, y);
    }

    @Override
    public void padBackward(Edges edges, Border border, Tensor dy, Tensor dx, boolean accumulate) {
        padding("padBackward", edges, border, dx, dy);
        Overlap.none("padBackward", dx, dy);
        kernels.padBackward(edges, border, dy, dx, accumulate);
    }

    private void shuffle(String kernel, int factor, Tensor channels, Tensor pixels) {
        checks.types(kernel, channels, pixels);
        image(kernel, "the image of many channels", channels);
        Shape shape = channels.shape();
        int square = factor * factor;
        if (factor < 1 || shape.dim(3) % square != 0) {
            throw new ShapeException(kernel + ": " + shape.dim(3) + " channels of " + shape
                    + " do not become pixels by a factor of " + factor + "; expected a multiple of its square");
        }
        Shape expected = Shape.of(shape.dim(0), shape.dim(1) * factor, shape.dim(2) * factor, shape.dim(3) / square);
        same(kernel, "the image of many pixels", pixels.shape(), expected);
    }

    @Override
    public void pixelShuffle(int factor, Tensor x, Tensor y, boolean accumulate) {
        shuffle("pixelShuffle", factor, x, y);
        Overlap.none("pixelShuffle", y, x);
        kernels.pixelShuffle(factor, x, y, accumulate);
    }

    @Override
    public void pixelUnshuffle(int factor, Tensor x, Tensor y, boolean accumulate) {
        shuffle("pixelUnshuffle", factor, y, x);
        Overlap.none("pixelUnshuffle", y, x);
        kernels.pixelUnshuffle(factor, x, y, accumulate);
    }

    private static void slope(String kernel, Tensor x, Tensor slope) {
        if (slope.elements() != 1) {
            count(kernel, "the slope", slope.elements(), x.shape().columns());
        }
    }

    @Override
    public void prelu(Tensor x, Tensor slope, Tensor y) {
        checks.types("prelu", x, slope, y);
        slope("prelu", x, slope);
        same("prelu", "the result", y.shape(), x.shape());
        Overlap.none("prelu", y, x, slope);
        kernels.prelu(x, slope, y);
    }

    @Override
    public void preluBackward(Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dSlope) {
        checks.types("preluBackward", x, slope, dy, dx, dSlope);
        slope("preluBackward", x, slope);
        same("preluBackward", "dy", dy.shape(), x.shape());
        same("preluBackward", "dx", dx.shape(), x.shape());
        count("preluBackward", "dSlope", dSlope.elements(), slope.elements());
        Overlap.none("preluBackward", dx, x, slope, dy, dSlope);
        Overlap.none("preluBackward", dSlope, x, slope, dy);
        kernels.preluBackward(x, slope, dy, dx, dSlope);
    }

    private static void groups(String kernel, int groups, Tensor x, Tensor statistics) {
        image(kernel, "the input", x);
        int channels = x.shape().columns();
        if (groups < 1 || channels % groups != 0) {
            throw new ShapeException(
                    kernel + ": " + channels + " channels do not fall into " + groups + " groups of equal size");
        }
        same(kernel, "the statistics", statistics.shape(), Shape.of(2, x.shape().dim(0), groups));
    }

    @Override
    public void groupNorm(int groups, Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        checks.types("groupNorm", x, gain, bias, y, statistics);
        groups("groupNorm", groups, x, statistics);
        count("groupNorm", "the gain", gain.elements(), x.shape().columns());
        count("groupNorm", "the bias", bias.elements(), x.shape().columns());
        same("groupNorm", "the result", y.shape(), x.shape());
        Overlap.none("groupNorm", y, x, gain, bias, statistics);
        Overlap.none("groupNorm", statistics, x, gain, bias);
        kernels.groupNorm(groups, x, gain, bias, epsilon, y, statistics);
    }

    @Override
    public void groupNormBackward(
            int groups,
            Tensor x,
            Tensor gain,
            double epsilon,
            Tensor statistics,
            Tensor dy,
            Tensor dx,
            Tensor dGain,
            Tensor dBias) {
        checks.types("groupNormBackward", x, gain, statistics, dy, dx, dGain, dBias);
        groups("groupNormBackward", groups, x, statistics);
        same("groupNormBackward", "dy", dy.shape(), x.shape());
        same("groupNormBackward", "dx", dx.shape(), x.shape());
        for (Tensor vector : List.of(gain, dGain, dBias)) {
            count("groupNormBackward", "a vector", vector.elements(), x.shape().columns());
        }
        Overlap.none("groupNormBackward", dx, x, gain, statistics, dy, dGain, dBias);
        Overlap.none("groupNormBackward", dGain, x, gain, statistics, dy, dBias);
        Overlap.none("groupNormBackward", dBias, x, gain, statistics, dy);
        kernels.groupNormBackward(groups, x, gain, epsilon, statistics, dy, dx, dGain, dBias);
    }
}
