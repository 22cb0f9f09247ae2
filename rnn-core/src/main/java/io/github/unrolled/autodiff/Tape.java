package io.github.unrolled.autodiff;

import io.github.unrolled.engine.Engine;
import io.github.unrolled.tensor.Arena;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Records a step of computation and plays it backward. A tape owns all that the step allocates, in an arena that
 * {@link #reset} hands to the next step: after the first step of a loop nothing is allocated any more. The gradients of
 * parameters are the tape's too and last until the next reset. One thread at a time, the engine's.
 *
 * <pre>{@code
 * try (Tape tape = Tape.recording(engine)) {
 *   for (Batch batch : batches) {
 *     tape.reset(seed.split(step).generator());
 *     Variable loss = objective(tape, batch);
 *     tape.backward(loss);
 *     optimiser.step(tape::gradient);
 *   }
 * }
 * }</pre>
 */
public final class Tape implements AutoCloseable {
    private final Engine engine;
    private boolean recording;
    private final Arena arena;
    private final List<Node> nodes = new ArrayList<>();
    private final IdentityHashMap<Parameter, Tensor> gradients = new IdentityHashMap<>();
    private final IdentityHashMap<Parameter, Variable> used = new IdentityHashMap<>();
    private boolean suspended;
    private @Nullable RandomGenerator random;

    private record Node(List<Variable> outputs, Runnable backward) {}

    private Tape(Engine engine, boolean recording) {
        this.engine = engine;
        this.recording = recording;
        this.arena = new Arena(engine.backend());
    }

    /** A tape for training: it records, and dropout is active. The engine stays its owner's to close. */
    public static Tape recording(Engine engine) {
        return new Tape(engine, true);
    }

    /** A tape that only computes: nothing is recorded, dropout does nothing, fused kernels keep no workspace. */
    public static Tape inference(Engine engine) {
        return new Tape(engine, false);
    }

    /** What computes. */
    public Engine engine() {
        return engine;
    }

    /** Whether this tape records for a backward pass. */
    public boolean isRecording() {
        return recording;
    }

    /**
     * The random generator of this step, for dropout.
     *
     * @throws IllegalStateException if the step was begun without one
     */
    public RandomGenerator random() {
        RandomGenerator present = random;
        if (present == null) {
            throw new IllegalStateException(
                    "dropout needs random numbers and this step has none; begin it with Tape.reset(RandomGenerator)");
        }
        return present;
    }

    /**
     * Computes something within a step that no gradient flows through, as on a tape for inference: to look at what comes out
     * before deciding what is recorded.
     */
    public <T> T withoutRecording(Supplier<T> work) {
        boolean before = recording;
        boolean suspendedBefore = suspended;
        recording = false;
        suspended = before || suspendedBefore;
        try {
            return work.get();
        } finally {
            recording = before;
            suspended = suspendedBefore;
        }
    }

    /** Ends the life of all variables of the last step and begins a new one. */
    public void reset() {
        nodes.clear();
        used.clear();
        arena.reset();
        random = null;
    }

    /** As {@link #reset()}, with random numbers for dropout. */
    public void reset(RandomGenerator generator) {
        reset();
        random = generator;
    }

    /** Memory with arbitrary contents, until the next reset. */
    public Tensor allocate(Shape shape) {
        return arena.allocate(shape);
    }

    /** Zeros, until the next reset. */
    public Tensor zeros(Shape shape) {
        return arena.zeros(shape);
    }

    /** How many elements the tape's arena holds: what a step needs. */
    public long capacity() {
        return arena.capacity();
    }

    /** The variable of a parameter in this step; the same one however often it is asked for. */
    public Variable use(Parameter parameter) {
        if (suspended) {
            return new Variable(this, parameter.value(), false);
        }
        return used.computeIfAbsent(parameter, key -> {
            if (!recording) {
                return new Variable(this, key.value(), false);
            }
            Tensor gradient = gradients.computeIfAbsent(key, fresh -> Tensor.allocate(engine.backend(), fresh.shape()));
            return new Variable(this, key.value(), gradient);
        });
    }

    /** A variable without a gradient, whose elements somebody else keeps alive. */
    public Variable constant(Tensor value) {
        return new Variable(this, value, false);
    }

    /** A variable with a gradient of its own that is no parameter: inputs in gradient checks, initial states. */
    public Variable source(Tensor value) {
        return new Variable(this, value, recording);
    }

    /** A variable for the result of an operation: it has a gradient if one of the inputs has. */
    public Variable result(Tensor value, Variable... inputs) {
        boolean requires = false;
        for (Variable input : inputs) {
            requires |= input.requiresGradient();
        }
        return new Variable(this, value, requires && recording);
    }

    /**
     * Records how the gradient of a result flows on; called when the tape is played backward, unless nothing depended on
     * the result. Does nothing for results without a gradient.
     */
    public void record(Variable output, Runnable backward) {
        if (output.requiresGradient()) {
            nodes.add(new Node(List.of(output), backward));
        }
    }

    /** As {@link #record(Variable, Runnable)}, for an operation with several results. */
    public void record(List<Variable> outputs, Runnable backward) {
        if (outputs.stream().anyMatch(Variable::requiresGradient)) {
            nodes.add(new Node(List.copyOf(outputs), backward));
        }
    }

    /** Plays the tape backward from a loss of one element. */
    public void backward(Variable loss) {
        backward(loss, 1);
    }

    /**
     * Plays the tape backward from a loss of one element, with every gradient multiplied by {@code factor}.
     *
     * @throws IllegalStateException if this tape does not record
     */
    public void backward(Variable loss, double factor) {
        if (!recording) {
            throw new IllegalStateException("a tape for inference has no backward pass; use Tape.recording");
        }
        loss.value().scalar();
        loss.gradientToWrite().fill(factor);
        playBackward();
    }

    /** Plays the tape backward from gradients that were written to the variables' own by the caller. */
    public void backward(List<Variable> outputs, List<Tensor> outputGradients) {
        for (int i = 0; i < outputs.size(); i++) {
            engine.copy(outputGradients.get(i), outputs.get(i).gradientToAdd(), true);
        }
        playBackward();
    }

    private void playBackward() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            Node node = nodes.get(i);
            if (node.outputs.stream().anyMatch(Variable::hasGradient)) {
                node.backward.run();
            }
        }
    }

    /** The gradient of a parameter after {@link #backward}: zeros if the step did not depend on it. */
    public Tensor gradient(Parameter parameter) {
        return use(parameter).gradient();
    }

    /** Frees the step's memory and the gradients. */
    @Override
    public void close() {
        nodes.clear();
        used.clear();
        arena.close();
        gradients.values().forEach(Tensor::close);
        gradients.clear();
    }
}
