package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.HiddenState;
import io.github.unrolled.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * An autoencoder that reads a picture row by row, top to bottom, as a sequence (Sutskever et al. 2014; Srivastava et al.
 * 2015): the state after the last row becomes the code, and a second network, which is given the code at every step, writes the
 * rows again.
 */
public final class RecurrentAutoencoder implements Autoencoder {
    static final String TYPE = "recurrent-autoencoder";

    private final Options options;
    private final Gru reader;
    private final Linear toCode;
    private final Linear fromCode;
    private final Gru writer;
    private final Linear row;

    /**
     * Sizes.
     *
     * @param size rows and columns of a picture
     * @param code numbers of a code
     * @param hidden units of the reader's and the writer's state
     */
    public record Options(int size, int code, int hidden) {
        /** Checks the ranges. */
        public Options {
            Sizes.require("size", size, 4, 256);
            Sizes.require("code", code, 1, 4096);
            Sizes.require("hidden", hidden, 1, 1 << 14);
        }
    }

    /** A network. */
    public RecurrentAutoencoder(Options options, Parameters parameters) {
        this.options = options;
        int hidden = options.hidden;
        this.reader = new Gru(parameters.scope("reader"), new Gru.Options(options.size, hidden));
        this.toCode = Linear.create(parameters.scope("toCode"), hidden, options.code);
        this.fromCode = Linear.create(parameters.scope("fromCode"), options.code, hidden);
        this.writer = new Gru(parameters.scope("writer"), new Gru.Options(hidden, hidden));
        this.row = Linear.create(parameters.scope("row"), hidden, options.size);
    }

    /** The sizes. */
    public Options options() {
        return options;
    }

    @Override
    public int size() {
        return options.size;
    }

    @Override
    public int code() {
        return options.code;
    }

    @Override
    public Variable encode(Tape tape, Variable pictures) {
        int batch = pictures.shape().dim(0);
        int size = options.size;
        // A row of all pictures is a step: [batch, size, size] seen as [batch, size · size], one step's columns after
        // another.
        Variable flat = Ops.reshape(pictures, Shape.of(batch, size * size));
        List<Variable> rows = new ArrayList<>();
        for (int y = 0; y < size; y++) {
            rows.add(Ops.columns(flat, y * size, size));
        }
        HiddenState state = reader.unroll(tape, Ops.stack(rows), reader.zeroState(tape, batch))
                .state();
        return toCode.apply(state.h());
    }

    @Override
    public Variable decode(Tape tape, Variable codes) {
        int batch = codes.shape().dim(0);
        int size = options.size;
        Variable given = Ops.tanh(fromCode.apply(codes));
        Variable steps = Ops.stack(Collections.nCopies(size, given));
        Variable states =
                writer.unroll(tape, steps, writer.zeroState(tape, batch)).outputs();
        Variable rows = row.apply(states);
        List<Variable> columns = new ArrayList<>();
        for (int y = 0; y < size; y++) {
            columns.add(Ops.step(rows, y));
        }
        return Ops.reshape(Ops.concat(columns), Shape.of(batch, size, size, 1));
    }

    @Override
    public List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>(reader.parameters());
        parameters.addAll(toCode.parameters());
        parameters.addAll(fromCode.parameters());
        parameters.addAll(writer.parameters());
        parameters.addAll(row.parameters());
        return parameters;
    }

    @Override
    public ObjectNode describe() {
        ObjectNode description = ModelFile.newDescription().put("type", TYPE);
        description
                .putObject("architecture")
                .put("size", options.size)
                .put("code", options.code)
                .put("hidden", options.hidden);
        return description;
    }
}
