package io.github.unrolled.app;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.run.RunInfo;
import io.github.unrolled.random.Seed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * One verb of an application, such as {@code train}. A subclass carries picocli's {@code @Command} with the name, a
 * description and its examples as footer, declares its own {@code @Option} fields and mixes in the shared ones
 * ({@link OutOption}, {@link DataOptions}, {@link ModelOption}). It only parses, calls the library and hands back rows:
 * no algorithm lives here.
 */
public abstract class Verb {
    @Mixin
    private final CommonOptions common = new CommonOptions();

    private Invocation invocation = Invocation.NONE;

    /** A verb that has not been parsed. */
    protected Verb() {}

    /**
     * Does the work. Long work asks {@code console.interruption()} between its steps and returns early when a stop was
     * requested; the exit code is then 130.
     *
     * @throws UsageException when an option's value cannot be; exit code 2
     * @throws WorkFailedException when the work failed; exit code 1, as for an {@code IOException}
     */
    protected abstract Result run(Console console) throws Exception;

    /** Shows the result; the rows as a table unless a verb has a better way. */
    protected void show(Result result, Console console) {
        if (!result.rows().isEmpty()) {
            console.out().print(result.table().text());
        }
    }

    /** The seed of {@code --seed}, to be split by purpose. */
    protected final Seed seed() {
        return new Seed(common.seed);
    }

    /** The value of {@code --threads}; the number of processors unless given. */
    protected final int threads() {
        return common.threads;
    }

    /** Every option of this verb with the value it has after command line, {@code --config} and defaults. */
    protected final Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (OptionSpec option : invocation.spec().options()) {
            Object value = option.getValue();
            if (value != null && !option.usageHelp() && !option.versionHelp()) {
                settings.put(option.longestName().replaceFirst("^--", ""), value);
            }
        }
        return settings;
    }

    /** Whether the option was given on the command line or in the file of {@code --config}. */
    protected final boolean given(String option) {
        return invocation.given().contains(option);
    }

    /**
     * What {@code run.json} says of this run.
     *
     * @param dataHashes SHA-256 of each data set or file used, by its id or name
     */
    protected final RunInfo runInfo(Map<String, String> dataHashes) {
        List<String> line = new ArrayList<>(List.of(invocation.app()));
        line.addAll(invocation.arguments());
        return RunInfo.of(
                invocation.app(), invocation.spec().name(), line, settings(), seed().value(), threads(), dataHashes);
    }

    /** One line for the user about what went wrong with a part of the work, while the rest goes on. */
    protected static String sentenceOf(Exception thrown) {
        return Failure.sentence(thrown);
    }

    final void accept(Invocation parsed) {
        this.invocation = parsed;
    }

    final void checkOptions() {
        common.check();
    }

    final boolean quiet() {
        return common.quiet;
    }

    final boolean verbose() {
        return common.verbose;
    }

    final Optional<Path> json() {
        return Optional.ofNullable(common.json);
    }

    /** How this verb was called. */
    record Invocation(String app, List<String> arguments, CommandSpec spec, List<String> given) {
        static final Invocation NONE = new Invocation("", List.of(), CommandSpec.create(), List.of());
    }
}
