package io.github.unrolled.app;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** An application for tests, whose training does what the test says. */
final class Toy {
    /** The work of the verb {@code train}. */
    interface Work {
        Result run(Train verb, Console console) throws Exception;
    }

    enum CellKind {
        LSTM,
        GRU
    }

    @Command(name = "demo", description = "Shows the idea.", footer = "  toy")
    static final class Demo extends Verb {
        @Override
        protected Result run(Console console) {
            console.remark("a remark");
            return Result.of(ResultRow.of("demo", "nats/char", 1.25, "nats").with("model", "ours"));
        }
    }

    @Command(name = "train", description = "Trains.", footer = "  toy train --hidden 128")
    static final class Train extends Verb {
        private final Work work;

        @Mixin
        private final OutOption out = new OutOption();

        @Option(names = "--hidden", description = "Units of a layer.")
        int hidden = 64;

        @Option(names = "--cell", description = "One of ${COMPLETION-CANDIDATES}.")
        CellKind cell = CellKind.LSTM;

        @Option(names = "--shuffle")
        boolean shuffle;

        @Option(names = "--half", negatable = true)
        boolean half = true;

        @Option(names = "--scales", split = ",")
        List<Integer> scales = List.of(2);

        @Option(names = "--input", converter = ExistingPath.class)
        @Nullable
        Path input;

        @Option(names = "--text")
        @Nullable
        Path text;

        Train(Work work) {
            this.work = work;
        }

        @Override
        protected Result run(Console console) throws Exception {
            return work.run(this, console);
        }

        Map<String, Object> resolved() {
            return settings();
        }

        Path outOr(Path otherwise) {
            return out.orElse(otherwise);
        }

        boolean wasGiven(String option) {
            return given(option);
        }
    }

    final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    final Console console = Console.of(
            new PrintStream(outBytes, true, StandardCharsets.UTF_8),
            new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    final Train train;
    private final Application application;

    Toy(Work work) {
        this.train = new Train(work);
        this.application = new Application("toy", "An application for tests.", new Demo(), train);
    }

    Toy() {
        this((verb, console) -> Result.none());
    }

    int run(String... args) {
        return application.run(console, args);
    }

    String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    /** What the verb {@code train} may do to read a file that need not exist. */
    static Result readText(Train verb, Console console) throws Exception {
        Path text = verb.text;
        return text == null
                ? Result.none()
                : Result.of(ResultRow.of("size", "bytes", (double) Files.size(text), "bytes"));
    }
}
