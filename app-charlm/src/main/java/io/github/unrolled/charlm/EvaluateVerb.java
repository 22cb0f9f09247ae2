package io.github.unrolled.charlm;

import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import picocli.CommandLine.Command;

@Command(name = "evaluate", description = "x", footer = "  charlm evaluate")
final class EvaluateVerb extends Verb {
    @Override
    protected Result run(Console console) {
        return Result.none();
    }
}
