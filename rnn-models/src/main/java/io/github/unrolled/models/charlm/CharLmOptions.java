package io.github.unrolled.models.charlm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.models.charlm.CharLmConfig.CellType;
import io.github.unrolled.train.Training;

/**
 * What a character model is and how its text is cut; {@link io.github.unrolled.train.Recipe} has the rest of a training's
 * options.
 *
 * @param cell lstm, gru or rnn
 * @param hidden features of a layer
 * @param layers how many
 * @param dropout probability of dropping a unit between layers and before the output
 * @param recurrentDropout probability of dropping a recurrent weight
 * @param batch parallel streams
 * @param window steps of truncated backpropagation
 * @param split part of the text that trains; the rest validates
 */
public record CharLmOptions(
        String cell,
        int hidden,
        int layers,
        double dropout,
        double recurrentDropout,
        int batch,
        int window,
        double split) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Checks the ranges: what a checkpoint says arrives here as well. */
    public CharLmOptions {
        CellType.of(cell);
        require(hidden >= 1, "hidden", hidden, "1 or more");
        require(layers >= 1, "layers", layers, "1 or more");
        require(dropout >= 0 && dropout < 1, "dropout", dropout, "at least 0 and less than 1");
        require(
                recurrentDropout >= 0 && recurrentDropout < 1,
                "recurrentDropout",
                recurrentDropout,
                "at least 0 and less than 1");
        require(batch >= 1, "batch", batch, "1 or more");
        require(window >= 1, "window", window, "1 or more");
        require(split > 0 && split < 1, "split", split, "more than 0 and less than 1");
    }

    private static void require(boolean right, String name, Number value, String expected) {
        if (!right) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }

    /** A network without dropout, on nine tenths of the text. */
    public static CharLmOptions plain(String cell, int hidden, int layers, int batch, int window) {
        return new CharLmOptions(cell, hidden, layers, 0, 0, batch, window, 0.9);
    }

    /** These options as JSON, by the names of the components. */
    public ObjectNode toJson() {
        return JSON.valueToTree(this);
    }

    /**
     * The options that a checkpoint was made with.
     *
     * @param file the checkpoint's name, for messages
     * @throws ModelFileException if it does not say, or says what cannot be; before anything of that size is allocated
     */
    public static CharLmOptions of(String file, ModelFile checkpoint) {
        CharLmOptions options = read(file, Training.configurationOf(file, checkpoint));
        CharLmConfig stored = SavedCharLm.config(file, checkpoint, SavedCharLm.vocabulary(file, checkpoint));
        if (!stored.cell().id().equals(options.cell)
                || stored.hidden() != options.hidden
                || stored.layers() != options.layers) {
            throw new ModelFileException(file + " is damaged: it was trained as " + options.cell + " with "
                    + options.layers + " layers of " + options.hidden + ", and its architecture is "
                    + stored.cell().id() + " with " + stored.layers() + " layers of " + stored.hidden());
        }
        return options;
    }

    private static CharLmOptions read(String file, ObjectNode json) {
        try {
            return JSON.treeToValue(json, CharLmOptions.class);
        } catch (UnrecognizedPropertyException e) {
            throw new ModelFileException(
                    file + " has a training option '" + e.getPropertyName()
                            + "' that this version does not know, so its training options cannot be read; resume it with"
                            + " the version that began it",
                    e);
        } catch (JsonProcessingException e) {
            String reason = e.getCause() instanceof IllegalArgumentException range
                    ? String.valueOf(range.getMessage())
                    : e.getOriginalMessage();
            throw new ModelFileException(file + " is damaged: its training options cannot be read (" + reason + ")", e);
        }
    }
}
