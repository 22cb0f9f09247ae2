package io.github.unrolled.nn.cell;

import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.RecurrentSequence;
import io.github.unrolled.engine.RecurrentSpec;
import io.github.unrolled.engine.RecurrentWeights;
import io.github.unrolled.nn.Stepper;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** Steps a cell by its fused kernel: sequences of one step, between two states that change places. */
final class FusedStepper implements Stepper {
    private final Engine engine;
    private final RecurrentSpec spec;
    private final RecurrentWeights weights;
    private final Tensor output;
    private final Tensor result;
    private final Tensor workspace;
    private RecurrentSequence before;
    private RecurrentSequence after;

    FusedStepper(Engine engine, RecurrentSpec spec, RecurrentWeights weights) {
        this.engine = engine;
        this.spec = spec;
        this.weights = weights;
        this.output = Tensor.allocate(engine.backend(), spec.outputShape());
        this.result = output.reshape(spec.stateShape());
        this.workspace = Tensor.allocate(engine.backend(), engine.recurrentWorkspace(spec));
        this.before = new RecurrentSequence(output, states());
        this.after = new RecurrentSequence(output, states());
        reset();
    }

    private List<Tensor> states() {
        List<Tensor> states = new ArrayList<>();
        for (int i = 0; i < spec.kind().states(); i++) {
            states.add(Tensor.allocate(engine.backend(), spec.stateShape()));
        }
        return states;
    }

    @Override
    public Tensor step(Tensor x) {
        Tensor sequence = x.reshape(spec.inputShape());
        engine.recurrentForward(spec, new RecurrentSequence(sequence, before.states()), weights, after, workspace);
        RecurrentSequence former = before;
        before = after;
        after = former;
        return result;
    }

    @Override
    public List<Tensor> state() {
        return before.states();
    }

    @Override
    public void close() {
        before.states().forEach(Tensor::close);
        after.states().forEach(Tensor::close);
        output.close();
        workspace.close();
    }
}
