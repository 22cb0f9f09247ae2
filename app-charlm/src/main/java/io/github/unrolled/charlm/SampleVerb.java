package io.github.unrolled.charlm;

import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import picocli.CommandLine.Command;

@Command(name = "sample", description = "x", footer = "  charlm sample")
final class SampleVerb extends Verb {
    @Override
    protected Result run(Console console) {
        return Result.none();
    }
}
