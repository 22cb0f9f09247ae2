package io.github.unrolled.motion;

import io.github.unrolled.app.OutOption;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.motion.task.MotionTask;
import io.github.unrolled.motion.task.TaskOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Every task's part of the demo, or that of the task that was asked for. */
@Command(
        name = "demo",
        description = "Show the idea: predict on embedded data with the weights that come with the program.",
        footer = {"  ./run motion", "  ./run motion demo --task pedestrian --seed 7 --out runs/demo"})
final class DemoVerb extends Verb {
    private final List<MotionTask> tasks;

    @Mixin
    private final TaskOption task = new TaskOption();

    @Mixin
    private final OutOption out = new OutOption();

    DemoVerb(List<MotionTask> tasks) {
        this.tasks = List.copyOf(tasks);
    }

    @Override
    protected Result run(Console console) throws Exception {
        List<MotionTask> wanted = task.among(tasks);
        Path folder = out.orElse(Path.of("runs", "motion-demo"));
        Files.createDirectories(folder);
        List<ResultRow> rows = new ArrayList<>();
        for (MotionTask each : wanted) {
            rows.addAll(
                    each.demo().run(console, folder, seed().split(each.name())).rows());
            console.out().println();
            if (console.interruption().requested()) {
                break;
            }
        }
        return Result.of(rows);
    }

    /** The parts have shown what they measured. */
    @Override
    protected void show(Result result, Console console) {}
}
