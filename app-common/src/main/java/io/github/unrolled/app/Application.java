package io.github.unrolled.app;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Interruption;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultFile;
import io.github.unrolled.app.run.Machine;
import io.github.unrolled.model.Version;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * A command line with verbs. Its exit codes are 0 (done), 1 (the work failed), 2 (the command line was wrong) and 130
 * (interrupted; what was written is whole). Every error is one line on standard error.
 *
 * <pre>{@code
 * public static void main(String[] args) {
 *     new Application("charlm", "A character model that trains and writes.", new Demo(), new Train()).runAndExit(args);
 * }
 * }</pre>
 */
public final class Application {
    private static final String DEMO = "demo";
    private static final Duration TO_NOTICE_A_STOP = Duration.ofSeconds(10);
    private static final Duration TO_FINISH_A_STOP = Duration.ofSeconds(30);
    private static final int HELP_WIDTH = 100;

    private final String name;
    private final String description;
    private final String defaultVerb;
    private final List<Verb> verbs;

    /**
     * An application.
     *
     * @param name what people type
     * @param description one sentence
     * @param verbs its verbs in the order of the help; {@code demo} is what runs without arguments
     */
    public Application(String name, String description, Verb... verbs) {
        this(name, description, DEMO, List.of(verbs));
    }

    private Application(String name, String description, String defaultVerb, List<Verb> verbs) {
        this.name = name;
        this.description = description;
        this.defaultVerb = verbs.stream().map(Application::nameOf).anyMatch(defaultVerb::equals) ? defaultVerb : "";
        this.verbs = List.copyOf(verbs);
    }

    /** The same application with another verb that is meant where none is named. */
    public Application withDefault(String verb) {
        return new Application(name, description, verb, verbs);
    }

    /**
     * Runs in this process: returns after success, so that a surrounding Maven ends well, and ends the virtual machine
     * with the exit code otherwise.
     */
    public void runAndExit(String... args) {
        // Charts are drawn into files; without this macOS would show an icon in its dock.
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        Console console = Console.system();
        int code = console.interruption()
                .guard(
                        TO_NOTICE_A_STOP,
                        TO_FINISH_A_STOP,
                        waits -> say(
                                console,
                                name,
                                waits
                                        ? "stopping; what is being written is finished first"
                                        : "interrupted in the middle; no file is half-written"),
                        () -> run(console, args));
        console.out().flush();
        console.err().flush();
        if (code != 0) {
            System.exit(code);
        }
    }

    /**
     * Runs with these streams and never ends the virtual machine.
     *
     * @return the exit code
     */
    public int run(Console console, String... args) {
        List<String> line = withVerb(List.of(args));
        StringWriter help = new StringWriter();
        CommandLine root = commandLine(console, help, needed(line));
        Optional<CommandLine> called = Optional.ofNullable(
                line.isEmpty() ? null : root.getSubcommands().get(line.get(0)));
        String who = called.map(c -> name + " " + c.getCommandName()).orElse(name);
        ConfigFile config = null;
        ParseResult parsed;
        try {
            if (called.isPresent()) {
                config = config(line, called.get());
            }
            parsed = root.parseArgs(line.toArray(String[]::new));
        } catch (ParameterException e) {
            return wrong(console, who, parameterSentence(e, config));
        } catch (UsageException e) {
            return wrong(console, who, String.valueOf(e.getMessage()));
        }
        if (CommandLine.executeHelpRequest(parsed) != null) {
            console.out().print(help);
            console.out().flush();
            return 0;
        }
        if (!parsed.hasSubcommand()) {
            return wrong(console, who, "a verb is expected: " + verbNames());
        }
        ParseResult verbResult = parsed.subcommand();
        Verb verb = (Verb) verbResult.commandSpec().userObject();
        verb.accept(new Verb.Invocation(name, line, verbResult.commandSpec(), given(verbResult, config)));
        return execute(verb, who, verbResult, console.quiet(verb.quiet()));
    }

    private int execute(Verb verb, String who, ParseResult parsed, Console console) {
        long started = System.nanoTime();
        try {
            verb.checkOptions();
            if (verb.json().isPresent()) {
                checkWritable(verb.json().get());
            }
            Result result = verb.run(console);
            boolean interrupted = console.interruption().requested();
            verb.show(result, console);
            console.out().flush();
            if (verb.json().isPresent()) {
                double seconds = (System.nanoTime() - started) / 1e9;
                String verbName = parsed.commandSpec().name();
                ResultFile.write(verb.json().get(), name, verbName, result, seconds, interrupted);
            }
            if (console.out().checkError()) {
                throw new WorkFailedException(
                        "standard output cannot be written; its disk is full, or what read it has ended");
            }
            result.failures().forEach(failure -> say(console, who, failure));
            if (interrupted) {
                say(console, who, "interrupted; what was written is whole");
                return Interruption.EXIT_CODE;
            }
            return result.failures().isEmpty() ? 0 : 1;
        } catch (Throwable t) { // whatever it is, the user gets a sentence
            console.out().flush();
            Failure failure = Failure.of(t, namedFiles(parsed));
            String hint = failure.exitCode() == 2 ? "; try: " + who + " --help" : "";
            say(console, who, failure.sentence() + hint);
            if (verb.verbose()) {
                t.printStackTrace(console.err());
            }
            return failure.exitCode();
        }
    }

    private List<String> withVerb(List<String> args) {
        boolean own =
                !args.isEmpty() && List.of("-h", "--help", "-V", "--version").contains(args.get(0));
        boolean optionFirst = !args.isEmpty() && args.get(0).startsWith("-") && !own;
        if (defaultVerb.isEmpty() || !(args.isEmpty() || optionFirst)) {
            return args;
        }
        List<String> line = new ArrayList<>(args);
        line.add(0, defaultVerb);
        return line;
    }

    /** The verb that is called, or all of them: reading the options of one takes a fiftieth of a second. */
    private List<Verb> needed(List<String> line) {
        List<Verb> called = verbs.stream()
                .filter(verb -> !line.isEmpty() && nameOf(verb).equals(line.get(0)))
                .toList();
        return called.isEmpty() ? verbs : called;
    }

    private CommandLine commandLine(Console console, StringWriter help, List<Verb> needed) {
        CommandSpec spec = CommandSpec.create().name(name).mixinStandardHelpOptions(true);
        spec.usageMessage()
                .description(description)
                .customSynopsis(name + " [VERB] [OPTIONS]")
                .commandListHeading(
                        defaultVerb.isEmpty() ? "%nVerbs:%n" : "%nVerbs (without one: " + defaultVerb + "):%n")
                .optionListHeading("%nOptions:%n")
                .footer("", "Help for a verb, with examples: " + name + " VERB --help");
        IVersionProvider version = () -> new String[] {versionLine()};
        spec.versionProvider(version);
        CommandLine root = new CommandLine(spec);
        for (Verb verb : needed) {
            CommandLine sub = new CommandLine(verb);
            CommandSpec subSpec = sub.getCommandSpec();
            subSpec.mixinStandardHelpOptions(true).versionProvider(version);
            flagsMeanTrue(subSpec);
            if (subSpec.usageMessage().footer().length == 0) {
                throw new IllegalStateException("verb " + subSpec.name() + " has no examples in its footer");
            }
            // A verb that several applications have does not know whose it is.
            String[] examples = Arrays.stream(subSpec.usageMessage().footer())
                    .map(line -> line.replace("{app}", name))
                    .toArray(String[]::new);
            subSpec.usageMessage()
                    .footer(examples)
                    .descriptionHeading("%n")
                    .optionListHeading("%nOptions:%n")
                    .footerHeading("%nExamples:%n")
                    .abbreviateSynopsis(true)
                    .sortOptions(false);
            root.addSubcommand(subSpec.name(), sub);
        }
        // After the verbs are in: these reach all of them.
        root.setUsageHelpWidth(HELP_WIDTH)
                .setColorScheme(CommandLine.Help.defaultColorScheme(console.colour() ? Ansi.ON : Ansi.OFF))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setAbbreviatedOptionsAllowed(false)
                .setExpandAtFiles(false)
                .setOut(new PrintWriter(help));
        return root;
    }

    /** Left alone, picocli takes a flag for the opposite of its default: of one that is on already, or by the file. */
    private static void flagsMeanTrue(CommandSpec spec) {
        // All of them, since one that is added again stands last in the help.
        for (OptionSpec option : List.copyOf(spec.options())) {
            boolean flag = option.type() == boolean.class && option.arity().max() == 0;
            spec.remove(option);
            spec.add(flag ? option.toBuilder().fallbackValue("true").build() : option);
        }
    }

    private static String nameOf(Verb verb) {
        CommandLine.Command command = verb.getClass().getAnnotation(CommandLine.Command.class);
        return command == null ? "" : command.name();
    }

    private String verbNames() {
        return verbs.stream().map(Application::nameOf).collect(Collectors.joining(", "));
    }

    private String versionLine() {
        return name + " " + Version.current() + " (Unrolled), "
                + Machine.current().platform();
    }

    /** The file of {@code --config} must be known before parsing, since it gives the defaults. */
    private static @Nullable ConfigFile config(List<String> line, CommandLine verb) {
        ConfigFile config = null;
        for (int i = 1; i < line.size() && !line.get(i).equals("--"); i++) {
            String argument = line.get(i);
            String file = argument.startsWith("--config=") ? argument.substring("--config=".length()) : "";
            if (argument.equals("--config") && i + 1 < line.size()) {
                file = line.get(i + 1);
            }
            if (!file.isEmpty()) {
                config = ConfigFile.read(Path.of(file), verb.getCommandSpec());
                verb.setDefaultValueProvider(config);
            }
        }
        return config;
    }

    private static List<String> given(ParseResult parsed, @Nullable ConfigFile config) {
        List<String> given = parsed.matchedOptions().stream()
                .map(OptionSpec::longestName)
                .collect(Collectors.toCollection(ArrayList::new));
        if (config != null) {
            given.addAll(config.given());
        }
        return Collections.unmodifiableList(given);
    }

    private String parameterSentence(ParameterException e, @Nullable ConfigFile config) {
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            return unmatchedSentence(unmatched.getUnmatched().get(0), e.getCommandLine());
        }
        ArgSpec argument = e.getArgSpec();
        String where = config == null || argument == null ? "" : config.where(argument, e.getValue());
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return where + message;
    }

    private String unmatchedSentence(String argument, CommandLine verb) {
        if (argument.startsWith("-")) {
            String option = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            List<String> names = verb.getCommandSpec().options().stream()
                    .flatMap(o -> Arrays.stream(o.names()))
                    .collect(Collectors.toList());
            return "unknown option " + option + Suggestion.among(option, names);
        }
        List<String> names = verbs.stream().map(Application::nameOf).collect(Collectors.toList());
        if (verb.getParent() == null) {
            return "unknown verb \"" + argument + "\"" + Suggestion.among(argument, names) + " (" + verbNames() + ")";
        }
        String order = names.contains(argument) ? "; the verb comes first: " + name + " " + argument + " …" : "";
        return "unexpected argument \"" + argument + "\"" + order;
    }

    private static int wrong(Console console, String who, String sentence) {
        say(console, who, sentence + "; try: " + who + " --help");
        return 2;
    }

    private static void say(Console console, String who, String sentence) {
        console.err().println(console.red(who + ":") + " " + sentence);
        console.err().flush();
    }

    /** Before hours of work, not after. */
    private static void checkWritable(Path json) {
        Path folder = json.toAbsolutePath().getParent();
        if (Files.isDirectory(json) || folder == null) {
            throw new UsageException("--json " + json + " is a folder, expected a file");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException("--json " + json + ": there is no folder " + folder);
        }
        if (!Files.isWritable(Files.exists(json) ? json : folder)) {
            throw new UsageException("--json " + json + ": permission denied");
        }
    }

    private static List<String> namedFiles(ParseResult parsed) {
        return parsed.matchedArgs().stream()
                .flatMap(arg -> arg.originalStringValues().stream())
                .filter(Objects::nonNull)
                .collect(Collectors.toList());
    }
}
