package io.github.unrolled.engine.onednn;

import io.github.unrolled.engine.Border;
import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.ImageKernels;
import io.github.unrolled.engine.PoolSpec;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;

/** The kernels on images on oneDNN, for one thread of the program. */
final class OnednnImageKernels implements ImageKernels {
    private final Context context;
    private final Elementwise elementwise;
    private final Convolution convolution;
    private final SingleChannel single;
    private final Winograd winograd;
    private final Pooling pooling;
    private final PixelShuffle shuffle;
    private final Prelu prelu;

    OnednnImageKernels(Context context, Team team, Elementwise elementwise) {
        this.context = context;
        this.elementwise = elementwise;
        this.convolution = new Convolution(context, elementwise);
        this.single = new SingleChannel(context, convolution, elementwise);
        this.winograd = new Winograd(context, team, elementwise);
        this.pooling = new Pooling(context);
        this.shuffle = new PixelShuffle(context);
        this.prelu = new Prelu(context, elementwise);
    }

    @Override
    public void convolution(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y) {
        context.checkThread();
        if (!spec.isEmpty()) {
            if (SingleChannel.suits(spec)) {
                single.forward(spec, x, weight, bias, y);
            } else if (winograd.suits(spec)) {
                winograd.forward(spec, x, weight, bias, y);
            } else {
                convolution.forward(spec, x, weight, bias, y);
            }
        }
    }

    @Override
    public void convolutionBackwardData(ConvolutionSpec spec, Tensor weight, Tensor dy, Tensor dx, boolean accumulate) {
        context.checkThread();
        if (!spec.isEmpty()) {
            if (winograd.suits(spec)) {
                winograd.backwardData(spec, weight, dy, dx, accumulate);
            } else {
                convolution.backwardData(spec, weight, dy, dx, accumulate);
            }
        }
    }

    @Override
    public void convolutionBackwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias) {
        context.checkThread();
        if (!spec.isEmpty()) {
            if (SingleChannel.suits(spec)) {
                single.backwardWeights(spec, x, dy, dWeight, dBias);
            } else if (winograd.suits(spec)) {
                winograd.backwardWeights(spec, x, dy, dWeight, dBias);
            } else {
                convolution.backwardWeights(spec, x, dy, dWeight, dBias);
            }
        }
    }

    @Override
    public Shape poolWorkspace(PoolSpec spec) {
        context.checkThread();
        return pooling.workspace(spec);
    }

    @Override
    public void pool(PoolSpec spec, Tensor x, Tensor y, Tensor workspace) {
        context.checkThread();
        if (!spec.isEmpty()) {
            pooling.forward(spec, x, y, workspace);
        }
    }

    @Override
    public void poolBackward(PoolSpec spec, Tensor workspace, Tensor dy, Tensor dx, boolean accumulate) {
        context.checkThread();
        if (!spec.isEmpty()) {
            Tensor result = accumulate ? context.scratch(dx.shape()) : dx;
            pooling.backward(spec, workspace, dy, result);
            if (accumulate) {
                elementwise.add(result, dx);
            }
        }
    }

    @Override
    public void pad(Edges edges, Border border, Tensor x, Tensor y) {
        if (y.elements() > 0) {
            new Padding(edges, border, x.shape()).pad(x, y);
        }
    }

    @Override
    public void padBackward(Edges edges, Border border, Tensor dy, Tensor dx, boolean accumulate) {
        if (dx.elements() > 0) {
            new Padding(edges, border, dx.shape()).padBackward(dy, dx, accumulate);
        }
    }

    @Override
    public void pixelShuffle(int factor, Tensor x, Tensor y, boolean accumulate) {
        context.checkThread();
        if (x.elements() > 0) {
            shuffle.run(factor, true, x, y, accumulate);
        }
    }

    @Override
    public void pixelUnshuffle(int factor, Tensor x, Tensor y, boolean accumulate) {
        context.checkThread();
        if (x.elements() > 0) {
            shuffle.run(factor, false, x, y, accumulate);
        }
    }

    @Override
    public void prelu(Tensor x, Tensor slope, Tensor y) {
        context.checkThread();
        if (x.elements() > 0) {
            prelu.forward(x, slope, y);
        }
    }

    @Override
    public void preluBackward(Tensor x, Tensor slope, Tensor dy, Tensor dx, Tensor dSlope) {
        context.checkThread();
        if (x.elements() > 0) {
            prelu.backward(x, slope, dy, dx, dSlope);
        }
    }

    @Override
    public void groupNorm(int groups, Tensor x, Tensor gain, Tensor bias, double epsilon, Tensor y, Tensor statistics) {
        if (x.elements() == 0) {
            statistics.memory().fill(statistics.offset(), statistics.elements(), 0);
            return;
        }
        new GroupNormalization(groups, x).forward(gain, bias, epsilon, y, statistics);
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
        if (x.elements() > 0) {
            new GroupNormalization(groups, x).backward(gain, epsilon, statistics, dy, dx, dGain, dBias);
        }
    }
}
