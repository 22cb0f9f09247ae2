package io.github.unrolled.benchmarks;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.Window;
import io.github.unrolled.nn.Conv2d;
import io.github.unrolled.nn.Losses;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * This library's convolutions: as the trainer sees them, with always the same images for a batch; or layer by layer between
 * two images, without a tape.
 */
final class OurConvolution extends FixedBatch<OurConvolution.Images> {
    private final ImageTask task;
    private final List<Conv2d> layers = layers();

    /** What one worker computes, {@code [images, side, side, 1]} each. */
    record Images(Tensor seen, Tensor truth) {}

    OurConvolution(ImageTask task, int workers) {
        super(shards(task, workers));
        this.task = task;
    }

    private static List<Images> shards(ImageTask task, int workers) {
        List<Images> shards = new ArrayList<>();
        for (int i = 0; i < workers; i++) {
            int images = share(task.batch(), i, workers);
            shards.add(new Images(random(2 + i, task, images), random(1000 + i, task, images)));
        }
        return shards;
    }

    private static Tensor random(long seed, ImageTask task, int images) {
        Tensor values = Tensor.allocate(OurSubjects.BACKEND, Shape.of(images, task.side(), task.side(), 1));
        return values.set(new Seed(seed).generator().doubles(values.elements()).toArray());
    }

    private static List<Conv2d> layers() {
        Parameters parameters = new Parameters(OurSubjects.BACKEND, new Seed(1));
        List<Conv2d> layers = new ArrayList<>();
        for (int i = 0; i < ImageTask.LAYERS; i++) {
            Conv2d.Options options = new Conv2d.Options(ImageTask.in(i), ImageTask.out(i), Window.same(ImageTask.SIZE));
            boolean last = i == ImageTask.LAYERS - 1;
            layers.add(Conv2d.create(parameters.scope("" + i), last ? options : options.withRelu()));
        }
        return layers;
    }

    static Subject make(ImageTask task) {
        int threads = OurSubjects.threads();
        return task.training() ? OurSubjects.trained(new OurConvolution(task, threads)) : inference(task, threads);
    }

    private static Subject inference(ImageTask task, int threads) {
        Engine engine = OurSubjects.BACKEND.newEngine(threads);
        List<Conv2d> layers = layers();
        Tensor image = random(2, task, task.batch());
        Tensor wide = Tensor.allocate(OurSubjects.BACKEND, image.shape().withColumns(ImageTask.CHANNELS));
        Tensor other = Tensor.allocate(OurSubjects.BACKEND, wide.shape());
        Tensor result = Tensor.allocate(OurSubjects.BACKEND, image.shape());
        return () -> {
            Tensor from = image;
            for (int i = 0; i < layers.size(); i++) {
                Tensor between = i % 2 == 0 ? wide : other;
                Tensor to = i == layers.size() - 1 ? result : between;
                layers.get(i).apply(engine, from, to);
                from = to;
            }
        };
    }

    @Override
    public Variable loss(Tape tape, List<Images> shard, int worker) {
        Variable y = tape.constant(shard.get(0).seen);
        for (Conv2d layer : layers) {
            y = layer.apply(y);
        }
        return Ops.sum(Losses.squared(y, tape.constant(shard.get(0).truth)));
    }

    @Override
    public List<Parameter> parameters() {
        return layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
    }

    @Override
    public double targets(List<Images> batch) {
        return (double) task.batch() * task.side() * task.side();
    }

    @Override
    public double units(List<Images> batch) {
        return task.batch();
    }
}
