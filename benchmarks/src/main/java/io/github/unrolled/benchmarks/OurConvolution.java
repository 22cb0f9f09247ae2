package io.github.unrolled.benchmarks;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.Window;
import io.github.unrolled.nn.Conv2d;
import io.github.unrolled.nn.Losses;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.AdamW;
import java.util.ArrayList;
import java.util.List;

/** This library's convolutions: on a tape for training, layer by layer between two images without one. */
final class OurConvolution {
    private static final double LEARNING_RATE = 0.001;

    private OurConvolution() {}

    static Subject make(ImageTask task) {
        Backend backend = OurSubjects.BACKEND;
        Engine engine = backend.newEngine(OurSubjects.threads());
        Parameters parameters = new Parameters(backend, new Seed(1));
        List<Conv2d> layers = new ArrayList<>();
        for (int i = 0; i < ImageTask.LAYERS; i++) {
            Conv2d.Options options = new Conv2d.Options(ImageTask.in(i), ImageTask.out(i), Window.same(ImageTask.SIZE));
            boolean last = i == ImageTask.LAYERS - 1;
            layers.add(Conv2d.create(parameters.scope("" + i), last ? options : options.withRelu()));
        }
        Tensor images = Tensor.allocate(backend, Shape.of(task.batch(), task.side(), task.side(), 1));
        images.set(new Seed(2).generator().doubles(images.elements()).toArray());
        return task.training() ? training(backend, engine, layers, images) : inference(backend, engine, layers, images);
    }

    private static Subject training(Backend backend, Engine engine, List<Conv2d> layers, Tensor images) {
        List<Parameter> parameters =
                layers.stream().flatMap(layer -> layer.parameters().stream()).toList();
        Tensor targets = Tensor.allocate(backend, images.shape());
        targets.set(new Seed(3).generator().doubles(targets.elements()).toArray());
        AdamW optimizer = new AdamW(new AdamW.Options(), backend, parameters);
        Tape tape = Tape.recording(engine);
        long[] steps = new long[1];
        return () -> {
            tape.reset();
            Variable y = tape.constant(images);
            for (Conv2d layer : layers) {
                y = layer.apply(y);
            }
            Variable loss = Ops.mean(Losses.squared(y, tape.constant(targets)));
            tape.backward(loss);
            optimizer.beginStep(++steps[0]);
            for (Parameter parameter : parameters) {
                optimizer.update(engine, parameter, tape.gradient(parameter), LEARNING_RATE, 1);
            }
            if (!Double.isFinite(loss.value().scalar())) {
                throw new IllegalStateException("the loss is not finite");
            }
        };
    }

    private static Subject inference(Backend backend, Engine engine, List<Conv2d> layers, Tensor image) {
        Tensor wide = Tensor.allocate(backend, image.shape().withColumns(ImageTask.CHANNELS));
        Tensor other = Tensor.allocate(backend, wide.shape());
        Tensor result = Tensor.allocate(backend, image.shape());
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
}
