package io.github.unrolled.motion.task;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The verb {@code evaluate} of a task: which models, of which seeds, and in which form their errors are printed. A subclass
 * carries picocli's {@code @Command}, declares the options of its data, and measures.
 */
public abstract class EvaluationVerb extends Verb {
    private static final String SEED = "{seed}";

    /** How the table is printed. */
    enum Format {
        /** For the eye. */
        TEXT,
        /** One line for each figure. */
        CSV,
        /** For a document. */
        MARKDOWN
    }

    @Mixin
    private final TaskOption task = new TaskOption();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Option(
            names = "--seeds",
            paramLabel = "N,N",
            split = ",",
            description = "What {seed} in a model's name stands for; of several the mean is given, and their spread.")
    private long[] seeds = {1};

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, csv or markdown (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    private final String name;

    /** @param name of the task */
    protected EvaluationVerb(String name) {
        this.name = name;
    }

    /** Measures on the published data or on others. */
    protected abstract Result measure(Console console, Backend backend) throws IOException;

    /** Arranges rows as papers print them. */
    protected abstract ErrorTables tables(Result result);

    /** {@code --model}. */
    protected final ModelOption model() {
        return model;
    }

    /** The names of the models that a name with or without <code>{seed}</code> stands for. */
    protected final List<String> ofSeeds(String pattern) {
        if (!pattern.contains(SEED)) {
            return List.of(pattern);
        }
        List<String> names = new ArrayList<>();
        for (long seed : seeds) {
            names.add(pattern.replace(SEED, Long.toString(seed)));
        }
        return names;
    }

    @Override
    protected final Result run(Console console) throws Exception {
        task.require(name);
        return measure(console, Backends.best());
    }

    @Override
    protected final void show(Result result, Console console) {
        switch (format) {
            case TEXT -> console.out().print(tables(result).text());
            case MARKDOWN -> console.out().print(tables(result).markdown());
            case CSV -> console.out().print(result.table().csv());
        }
    }
}
