package io.github.unrolled.dl4j;

import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Allocator;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Memory;
import io.github.unrolled.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * What computes for one layer on one thread: an engine, a tape for training and one for inference, and the module over the
 * layer's part of the flattened parameters.
 *
 * @param <M> what the layer computes
 */
final class Execution<M extends Module> implements AutoCloseable {
    private final Engine engine;
    private final Tape training;
    private final Tape inference;
    private final M module;
    private @Nullable Recording recording;

    /**
     * A forward pass on the training tape that waits for its backward pass.
     *
     * @param input what gets a gradient
     * @param output where the gradient comes from
     */
    record Recording(Variable input, Variable output) {}

    /**
     * @param flat the layer's parameters
     * @param threads of the engine; 0 for as many as there are processors
     * @param maker makes the module; its parameters take the elements of {@code flat} in the order they are made
     */
    Execution(INDArray flat, int threads, Function<Parameters, M> maker) {
        Backend backend = Backends.best(NDArrays.typeOf(flat.dataType()));
        engine = backend.newEngine(threads == 0 ? Runtime.getRuntime().availableProcessors() : threads);
        training = Tape.recording(engine);
        inference = Tape.inference(engine);
        module = maker.apply(Parameters.zeros(new Slices(backend, flat)));
    }

    /** Hands out the elements of an array, one part after the other. */
    private static final class Slices implements Allocator {
        private final Backend backend;
        private final INDArray flat;
        private long at;

        Slices(Backend backend, INDArray flat) {
            this.backend = backend;
            this.flat = flat.reshape(flat.length());
        }

        @Override
        public ElementType type() {
            return backend.type();
        }

        @Override
        public Memory allocate(long elements) {
            INDArray part = flat.get(NDArrayIndex.interval(at, at + elements));
            at += elements;
            return NDArrays.view(backend, part).memory();
        }
    }

    Engine engine() {
        return engine;
    }

    M module() {
        return module;
    }

    /** The tape to record on, or the one to compute on, begun anew with random numbers for dropout. */
    Tape begin(boolean record, Seed seed) {
        recording = null;
        // Deeplearning4j's updaters change the parameters without a word.
        module.parameters().forEach(parameter -> parameter.value().modified());
        Tape tape = record ? training : inference;
        tape.reset(seed.generator());
        return tape;
    }

    void recorded(Recording made) {
        recording = made;
    }

    /** The forward pass that waits for its backward pass, if there is one; taken, because it can be played once. */
    @Nullable
    Recording takeRecording() {
        Recording waiting = recording;
        recording = null;
        return waiting;
    }

    /** As {@link #takeRecording()}, just after a forward pass. */
    Recording requireRecording() {
        return java.util.Objects.requireNonNull(takeRecording(), "recorded just before");
    }

    /** The tape that {@link #takeRecording()} was recorded on. */
    Tape training() {
        return training;
    }

    /** Plays the training tape backward and writes the gradients of the parameters into Deeplearning4j's views. */
    Gradient playBackward(List<Variable> outputs, List<Tensor> gradients, Map<String, INDArray> views) {
        training.backward(outputs, gradients);
        Gradient gradient = new DefaultGradient();
        int index = 0;
        for (Map.Entry<String, INDArray> view : views.entrySet()) {
            Parameter parameter = module.parameters().get(index++);
            Tensor target = NDArrays.view(engine.backend(), view.getValue());
            engine.copy(training.gradient(parameter), target, false);
            gradient.setGradientFor(view.getKey(), view.getValue(), 'c');
        }
        return gradient;
    }

    @Override
    public void close() {
        training.close();
        inference.close();
        module.close();
        engine.close();
    }
}
