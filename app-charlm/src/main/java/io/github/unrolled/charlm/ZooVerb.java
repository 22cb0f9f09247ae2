package io.github.unrolled.charlm;

import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import picocli.CommandLine.Command;

@Command(name = "zoo", description = "x", footer = "  charlm zoo")
final class ZooVerb extends Verb {
    @Override
    protected Result run(Console console) {
        return Result.none();
    }
}
