package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_abc;
import static org.bytedeco.dnnl.global.dnnl.dnnl_acb;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_destroy;

import io.github.unrolled.engine.ConvolutionSpec;
import io.github.unrolled.engine.Edges;
import io.github.unrolled.engine.Window;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.bytedeco.dnnl.dnnl_memory_desc;

/**
 * Convolutions with windows of 3x3 by Winograd's algorithm ({@link WinogradTransform}): a quarter of the multiplications,
 * in products of matrices that oneDNN computes at a processor's peak, and transforms of images before and after them.
 */
final class Winograd {
    /**
     * How many multiplications take as long as the transforms of a channel of a tile: 20 ns and 110 GFLOP a second, measured
     * on one thread with AVX-512 and 16 to 64 channels.
     */
    private static final double MULTIPLICATIONS_A_CHANNEL = 1100;

    /**
     * Multiplications from which on several threads are worth while. OpenMP's threads go on spinning for milliseconds after
     * a primitive, in the way of ours: a training step with four such convolutions, 1e9 multiplications each, took 139 ms on
     * an engine of two threads so, 121 by primitives alone, and 91 where OpenMP was told not to spin.
     */
    private static final double LEAST_FOR_SEVERAL_THREADS = 4e9;

    /** Weights take four times the memory at the points: of more pairs of channels it would be more than 150 MB. */
    private static final int MOST_PAIRS = 1 << 20;

    private final Context context;
    private final Team team;
    private final Elementwise elementwise;
    private final WinogradFilters filters = new WinogradFilters();

    /** Weights lie in the same way for images of any size that are cut into blocks of as many tiles. */
    private record WeightsKey(int tiles, int inChannels, int outChannels, boolean mirrored, int identity) {}

    Winograd(Context context, Team team, Elementwise elementwise) {
        this.context = context;
        this.team = team;
        this.elementwise = elementwise;
    }

    /** Whether a convolution is faster so. */
    boolean suits(ConvolutionSpec spec) {
        Window window = spec.window();
        if (!window.withPadding(Edges.NONE).equals(Window.square(WinogradTransform.TAPS)) || spec.groups() > 1) {
            return false;
        }
        WinogradTiling tiling = WinogradTiling.forward(spec);
        double pairs = (double) spec.inChannels() * spec.outChannels();
        double direct = pairs * spec.outputShape().elements() / spec.outChannels() * window.height() * window.width();
        double products = pairs * WinogradTransform.PRODUCTS;
        double transforms = MULTIPLICATIONS_A_CHANNEL * (spec.inChannels() + spec.outChannels());
        double tiles = (double) tiling.blocks() * tiling.tilesInBlock();
        return pairs <= MOST_PAIRS
                && tiles * (products + transforms) < direct
                && (team.size() == 1 || direct > LEAST_FOR_SEVERAL_THREADS);
    }

    void forward(ConvolutionSpec spec, Tensor x, Tensor weight, Tensor bias, Tensor y) {
        WinogradPass.Key key =
                new WinogradPass.Key(WinogradTiling.forward(spec), spec.inChannels(), spec.outChannels(), spec.relu());
        WinogradPass pass = pass(key);
        pass.run(x, packed(key, pass, weight, false), bias, y, false);
    }

    void backwardData(ConvolutionSpec spec, Tensor weight, Tensor dy, Tensor dx, boolean accumulate) {
        WinogradPass.Key key =
                new WinogradPass.Key(WinogradTiling.backward(spec), spec.outChannels(), spec.inChannels(), false);
        WinogradPass pass = pass(key);
        pass.run(dy, packed(key, pass, weight, true), context.none(), dx, accumulate);
    }

    void backwardWeights(ConvolutionSpec spec, Tensor x, Tensor dy, Tensor dWeight, Tensor dBias) {
        WinogradGradient.Key key =
                new WinogradGradient.Key(WinogradTiling.forward(spec), spec.inChannels(), spec.outChannels());
        WinogradGradient gradient =
                context.cache.get(key, WinogradGradient.class, () -> new WinogradGradient(context, team, key));
        filters.addTo(gradient.run(x, dy), dWeight);
        if (dBias.elements() > 0) {
            Tensor sum = context.scratch(dBias.shape());
            elementwise.sum(dy.reshape(Math.toIntExact(dy.elements() / spec.outChannels()), spec.outChannels()), sum);
            elementwise.add(sum, dBias);
        }
    }

    private WinogradPass pass(WinogradPass.Key key) {
        return context.cache.get(key, WinogradPass.class, () -> new WinogradPass(context, team, key));
    }

    private NativeMemory packed(WinogradPass.Key key, WinogradPass pass, Tensor weight, boolean mirrored) {
        int identity = weight.isPersistent() ? System.identityHashCode(weight) : 0;
        WeightsKey name =
                new WeightsKey(key.tiling().tilesInBlock(), key.inChannels(), key.outChannels(), mirrored, identity);
        PackedWeight packed = context.cache.get(name, PackedWeight.class, () -> {
            // Mirrored weights go from the convolution's outputs to its inputs: each matrix is transposed.
            int layout = mirrored ? dnnl_acb : dnnl_abc;
            dnnl_memory_desc plain =
                    Dnnl.tagged(layout, WinogradTransform.PRODUCTS, key.inChannels(), key.outChannels());
            PackedWeight made = new PackedWeight(context, plain, pass.weights());
            dnnl_memory_desc_destroy(plain);
            return made;
        });
        packed.pack(weight, true, () -> {
            Tensor atPoints =
                    context.between(Shape.of(WinogradTransform.PRODUCTS * key.inChannels(), key.outChannels()));
            filters.toPoints(weight, mirrored, atPoints);
            return atPoints;
        });
        return packed.memory();
    }
}
