package io.github.unrolled.models.motion.pedestrian;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Embedding;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Mask;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.State;
import io.github.unrolled.nn.Step;
import io.github.unrolled.nn.StepFunction;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * An encoder-decoder of walkers. The encoder reads observed velocities in each walker's own frame; the decoder begins with
 * the last one and adds to it at every step, reading what it said before: v' = v + V h, p' = p + v', so that a network that
 * says nothing goes on at constant velocity. A discrete latent variable, the mode, chooses among {@code modes} futures: its
 * embedding enters the first state and every step. All walkers of a window share it, so that a sample is one future of the
 * whole place. With a social radius, both halves read a {@link SocialPooling} of the neighbours at every step, those of
 * the decoder from where it has them by then.
 */
public final class PedestrianModel implements Module {
    /** Metres a step become numbers around one. */
    private static final double VELOCITY_SCALE = 2;

    /** Metres between walkers, likewise. */
    private static final double NEIGHBOUR_SCALE = 0.5;

    private static final int CODE = 16;

    private final PedestrianConfig config;
    private final Cell<?> encoder;
    private final Cell<?> decoder;
    private final List<Linear> bridges;
    private final List<Embedding> begins;
    private final Embedding codes;
    private final Linear output;
    private final Linear choice;
    private final List<SocialPooling> social;

    /**
     * What a model says, in the walkers' own frames.
     *
     * @param positions {@code [predicted, blocks · rows, 2]}, metres
     * @param logits of the modes, {@code [rows, modes]}
     */
    record Futures(Variable positions, Variable logits) {}

    /** Makes a model with initial values; see the cells and layers for how they begin. */
    public PedestrianModel(PedestrianConfig config, Parameters parameters) {
        this.config = config;
        int hidden = config.hidden();
        int seen = config.socialRadius() > 0 ? SocialPooling.SIZE : 0;
        this.encoder = cell(config, parameters.scope("encoder"), 2 + seen);
        this.decoder = cell(config, parameters.scope("decoder"), 2 + CODE + seen);
        this.codes = Embedding.create(parameters.scope("codes"), config.modes(), CODE);
        this.bridges = new ArrayList<>();
        this.begins = new ArrayList<>();
        int parts = config.cell() == PedestrianConfig.CellType.LSTM ? 2 : 1;
        for (int part = 0; part < parts; part++) {
            bridges.add(Linear.create(parameters.scope("bridge" + part), hidden, hidden));
            begins.add(Embedding.create(parameters.scope("begin" + part), config.modes(), hidden));
        }
        this.output = Linear.create(parameters.scope("output"), hidden, 2);
        this.choice = Linear.create(parameters.scope("choice"), hidden, config.modes());
        this.social = seen == 0
                ? List.of()
                : List.of(
                        SocialPooling.create(parameters.scope("seen")),
                        SocialPooling.create(parameters.scope("foreseen")));
    }

    private static Cell<?> cell(PedestrianConfig config, Parameters parameters, int in) {
        return switch (config.cell()) {
            case LSTM -> new Lstm(parameters, new Lstm.Options(in, config.hidden()));
            case GRU -> new Gru(parameters, new Gru.Options(in, config.hidden()));
        };
    }

    /** The architecture. */
    public PedestrianConfig config() {
        return config;
    }

    /** Every walker in every mode: blocks of all rows, one block a mode. */
    int[] allModes(WalkerBatch batch) {
        int[] modes = new int[config.modes() * batch.rows()];
        for (int i = 0; i < modes.length; i++) {
            modes[i] = i / batch.rows();
        }
        return modes;
    }

    /**
     * Reads a batch and decodes futures.
     *
     * @param modes which mode each row decodes, in one or more blocks of all rows; within a block walkers see each other
     * @param steps how far
     */
    Futures futures(Tape tape, WalkerBatch batch, int[] modes, int steps) {
        int time = batch.observedVelocities();
        Variable velocities =
                tape.constant(tape.allocate(Shape.of(time, batch.rows(), 2)).set(batch.velocities()));
        Variable x = Ops.scale(velocities, VELOCITY_SCALE, 0);
        if (!social.isEmpty()) {
            x = Ops.concat(List.of(x, observedNeighbours(tape, batch, time)));
        }
        Variable h = last(tape, encoder, x);
        int blocks = modes.length / batch.rows();
        Variable v = Ops.reshape(
                Ops.stack(Collections.nCopies(blocks, Ops.step(velocities, time - 1))), Shape.of(modes.length, 2));
        return new Futures(decode(tape, decoder, batch, modes, h, v, steps), choice.apply(h));
    }

    private static <S extends State<S>> Variable last(Tape tape, Cell<S> cell, Variable x) {
        S zero = cell.zeroState(tape, x.shape().dim(1));
        return cell.unroll(tape, x, zero, Mask.none()).state().parts().get(0);
    }

    private <S extends State<S>> Variable decode(
            Tape tape, Cell<S> cell, WalkerBatch batch, int[] modes, Variable h, Variable velocity, int steps) {
        int all = modes.length;
        int blocks = all / batch.rows();
        List<Variable> parts = new ArrayList<>();
        for (int part = 0; part < bridges.size(); part++) {
            Variable begin = Ops.gather(tape.use(begins.get(part).table()), modes);
            Variable perBlock = Ops.reshape(begin, Shape.of(blocks, batch.rows(), config.hidden()));
            Variable sum = Ops.tanh(Ops.add(perBlock, bridges.get(part).apply(h)));
            parts.add(Ops.reshape(sum, Shape.of(all, config.hidden())));
        }
        S state = cell.zeroState(tape, all).withParts(parts);
        Variable code = Ops.gather(tape.use(codes.table()), modes);
        StepFunction<S> function = cell.bind(tape);
        Variable v = velocity;
        Variable p = tape.constant(tape.zeros(Shape.of(all, 2)));
        List<Variable> positions = new ArrayList<>();
        ForeseenNeighbours neighbours = social.isEmpty() ? null : new ForeseenNeighbours(tape, batch, blocks);
        for (int t = 0; t < steps; t++) {
            List<Variable> input = new ArrayList<>(List.of(Ops.scale(v, VELOCITY_SCALE, 0), code));
            if (neighbours != null) {
                Variable relative = Ops.scale(neighbours.relative(p, v), NEIGHBOUR_SCALE, 0);
                input.add(social.get(1).apply(relative, neighbours.real(), neighbours.of(), all));
            }
            Step<S> step = function.step(Ops.concat(input), state);
            state = step.state();
            v = Ops.add(v, output.apply(step.output()));
            p = Ops.add(p, v);
            positions.add(p);
        }
        return Ops.stack(positions);
    }

    private Variable observedNeighbours(Tape tape, WalkerBatch batch, int time) {
        Neighbours near = batch.neighbours();
        Variable relative = tape.constant(tape.allocate(Shape.of(time * near.pairs(), Neighbours.FEATURES))
                .set(near.history()));
        int[] of = SocialPooling.repeated(near.of(), time, batch.rows());
        Variable real = SocialPooling.repeated(tape, near.real(), 1, time);
        Variable scaled = Ops.scale(relative, NEIGHBOUR_SCALE, 0);
        Variable seen = social.get(0).apply(scaled, real, of, time * batch.rows());
        return Ops.reshape(seen, Shape.of(time, batch.rows(), SocialPooling.SIZE));
    }

    @Override
    public List<Parameter> parameters() {
        Stream<Module> modules = Stream.of(
                        List.<Module>of(encoder, decoder, codes, output, choice), bridges, begins, social)
                .flatMap(List::stream);
        return modules.flatMap(module -> module.parameters().stream()).toList();
    }
}
