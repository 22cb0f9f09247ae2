package io.github.unrolled.charlm;

import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import picocli.CommandLine.Command;

@Command(name = "demo", description = "x", footer = "  charlm demo")
final class DemoVerb extends Verb {
    @Override
    protected Result run(Console console) {
        return Result.none();
    }
}
