package io.github.unrolled.app.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Module;
import io.github.unrolled.train.Training;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A training that is about to begin, or to go on from a checkpoint.
 *
 * @param console of the verb
 * @param folder of the run, open
 * @param checkpoint that the run goes on from; empty for a new run
 * @param given whether an option was given
 */
public record Start(Console console, RunFolder folder, Optional<ModelFile> checkpoint, Predicate<String> given) {
    /**
     * The options of the run: those asked for or, when it goes on, those it has.
     *
     * @param asked for on the command line
     * @param stored reads the options of a checkpoint, of which the first argument is the name
     * @param json the options as they are stored
     * @throws UsageException when an option was given that would make the resumed run another one
     */
    public <O> O options(O asked, BiFunction<String, ModelFile, O> stored, Function<O, ObjectNode> json) {
        if (checkpoint.isEmpty()) {
            return asked;
        }
        O has = stored.apply(file(), checkpoint.get());
        RecipeOptions.refuseChanges(json.apply(has), json.apply(asked), given);
        return has;
    }

    /**
     * Begins with the weights of a trained model wherever they fit, and says how many that were.
     *
     * @param trained a file, a run folder or a model of the zoo, as {@code --init-from} names it
     * @throws UsageException if there is no such file, run or model
     * @throws io.github.unrolled.model.ModelFileException if none fits, or the file is no model
     */
    public void initialise(Module model, String trained) throws IOException {
        long taken = ModelOption.file("--init-from", trained).assignWhereTheyFit(trained, model.parameters());
        console.remark(String.format(
                Locale.ROOT, "%,d of %,d parameters begin as in %s", taken, model.parameterCount(), trained));
    }

    /** The name of the data that the run has been trained on; what is named otherwise for a new run. */
    public String data(String otherwise) {
        return checkpoint.flatMap(Training::dataOf).orElse(otherwise);
    }

    /** The name of the checkpoint, for messages. */
    public String file() {
        return folder.last().toString();
    }
}
