package io.github.unrolled.models.video;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.nn.Bidirectional;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Mask;
import io.github.unrolled.nn.Module;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.Stacked;
import io.github.unrolled.nn.StackedState;
import io.github.unrolled.nn.cell.ConvGru;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A network that gives every frame of a sequence scores for the classes, knowing the frames before it and, where it is
 * bidirectional, those after it. The frames of a window pass the convolutions as one batch.
 */
public final class VideoModel implements Module {
    private final VideoConfig config;
    private final FrameEncoder encoder;
    private final Optional<Linear> embedding;
    private final Optional<Stacked> forward;
    private final List<Bidirectional<?>> both = new ArrayList<>();
    private final Linear head;

    /** Makes the network and its parameters. */
    public VideoModel(VideoConfig config, Parameters parameters) {
        this.config = config;
        this.encoder = new FrameEncoder(parameters.scope("encoder"), config);
        Shape image = encoder.output();
        int pixels = image.dim(1) * image.dim(2);
        boolean images = config.recurrence().equals(VideoConfig.CONV_GRU);
        Parameters recurrent = parameters.scope("recurrent");
        int features;
        if (images) {
            embedding = Optional.empty();
            List<Cell<?>> cells = new ArrayList<>();
            for (int i = 0; i < config.layers(); i++) {
                int in = i == 0 ? image.dim(3) : config.hidden();
                cells.add(
                        new ConvGru(recurrent.scope(Integer.toString(i)), new ConvGru.Options(in, config.hidden(), 3)));
            }
            forward = Optional.of(new Stacked(cells, config.dropout()));
            features = pixels * config.hidden();
        } else {
            embedding = Optional.of(
                    Linear.create(parameters.scope("embedding"), pixels * image.dim(3), config.embedding()));
            features = config.embedding();
            if (config.bidirectional()) {
                for (int i = 0; i < config.layers(); i++) {
                    Parameters layer = recurrent.scope(Integer.toString(i));
                    both.add(directions(layer, features));
                    features = 2 * config.hidden();
                }
                forward = Optional.empty();
            } else if (config.recurrence().equals(VideoConfig.NONE)) {
                forward = Optional.empty();
            } else {
                List<Cell<?>> cells = new ArrayList<>();
                for (int i = 0; i < config.layers(); i++) {
                    cells.add(cell(recurrent.scope(Integer.toString(i)), features));
                    features = config.hidden();
                }
                forward = Optional.of(new Stacked(cells, config.dropout()));
            }
        }
        head = Linear.create(parameters.scope("head"), features, config.classes());
    }

    private Bidirectional<?> directions(Parameters layer, int in) {
        Parameters there = layer.scope("forward");
        Parameters back = layer.scope("backward");
        return config.recurrence().equals(VideoConfig.LSTM)
                ? new Bidirectional<>(lstm(there, in), lstm(back, in))
                : new Bidirectional<>(gru(there, in), gru(back, in));
    }

    private Cell<?> cell(Parameters layer, int in) {
        return config.recurrence().equals(VideoConfig.LSTM) ? lstm(layer, in) : gru(layer, in);
    }

    private Gru gru(Parameters layer, int in) {
        return new Gru(layer, new Gru.Options(in, config.hidden()));
    }

    private Lstm lstm(Parameters layer, int in) {
        return new Lstm(layer, new Lstm.Options(in, config.hidden()));
    }

    /** The architecture. */
    public VideoConfig config() {
        return config;
    }

    /** What carries a state from one window to the next; empty without memory, or with one that needs the whole. */
    Optional<Stacked> memory() {
        return forward;
    }

    /** The places of a state of {@link #memory()}. */
    Shape places(int batch) {
        Shape image = encoder.output();
        return config.recurrence().equals(VideoConfig.CONV_GRU)
                ? Shape.of(batch, image.dim(1), image.dim(2))
                : Shape.of(batch);
    }

    /**
     * What comes of a window.
     *
     * @param logits {@code [time, batch, classes]}
     * @param state after the last real frame; empty where there is none to carry
     */
    record Outputs(Variable logits, Optional<StackedState> state) {}

    /**
     * Computes the scores of a window.
     *
     * @param frames {@code [time, batch, height, width, channels · context]}: with each frame its neighbours in time, the
     *     earliest first
     * @param before the state of {@link #memory()} that the window begins with; zeros where empty
     * @param mask which frames are real
     */
    Outputs apply(Tape tape, Variable frames, Optional<StackedState> before, Mask mask) {
        Shape shape = frames.shape();
        int time = shape.dim(0);
        int batch = shape.dim(1);
        Variable flat = Ops.reshape(frames, Shape.of(time * batch, shape.dim(2), shape.dim(3), shape.dim(4)));
        Variable x;
        if (embedding.isPresent()) {
            Variable vector = Ops.relu(embedding.get().apply(encoder.vectors(flat)));
            x = Ops.reshape(vector, Shape.of(time, batch, config.embedding()));
            x = dropped(x);
        } else {
            Variable images = encoder.apply(flat);
            Shape image = images.shape();
            x = Ops.reshape(images, Shape.of(time, batch, image.dim(1), image.dim(2), image.dim(3)));
        }
        Optional<StackedState> after = Optional.empty();
        if (forward.isPresent()) {
            StackedState begin = before.orElseGet(() -> forward.get().zeroState(tape, places(batch)));
            Sequence<StackedState> run = forward.get().unroll(tape, x, begin, mask);
            after = Optional.of(run.state());
            x = run.outputs();
        }
        for (int i = 0; i < both.size(); i++) {
            x = both.get(i).unroll(tape, i == 0 ? x : dropped(x), mask).outputs();
        }
        int features = head.weight().shape().dim(0);
        Variable vectors = Ops.reshape(x, Shape.of(time, batch, features));
        boolean isRecurrent = forward.isPresent() || !both.isEmpty();
        return new Outputs(head.apply(isRecurrent ? dropped(vectors) : vectors), after);
    }

    /** Other units at every frame: frames are alike, so a unit that is lacking in all of them is lacking altogether. */
    private Variable dropped(Variable x) {
        return Ops.dropout(x, config.dropout(), x.shape());
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> all = new ArrayList<>(encoder.parameters());
        embedding.ifPresent(layer -> all.addAll(layer.parameters()));
        forward.ifPresent(cell -> all.addAll(cell.parameters()));
        both.forEach(layer -> all.addAll(layer.parameters()));
        all.addAll(head.parameters());
        return all;
    }
}
