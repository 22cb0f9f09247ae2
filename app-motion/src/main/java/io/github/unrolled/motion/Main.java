package io.github.unrolled.motion;

import io.github.unrolled.app.Application;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.ZooVerb;
import io.github.unrolled.motion.pedestrian.PedestrianMotion;
import io.github.unrolled.motion.skeleton.SkeletonMotion;
import io.github.unrolled.motion.task.MotionTask;
import io.github.unrolled.motion.task.TaskOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command line of motion prediction. */
public final class Main {
    private Main() {}

    /** Runs a verb and ends the process with its exit code. */
    public static void main(String[] args) {
        application(args).runAndExit(args);
    }

    /** All tasks; the first one is meant where nothing says otherwise. */
    private static List<MotionTask> tasks() {
        return List.of(new PedestrianMotion(), new SkeletonMotion());
    }

    /** The application with the verbs of the task that the arguments ask for. */
    static Application application(String... args) {
        List<MotionTask> tasks = tasks();
        MotionTask chosen = chosen(tasks, args);
        List<Verb> verbs = new ArrayList<>();
        verbs.add(new DemoVerb(tasks));
        verbs.addAll(chosen.verbs());
        verbs.add(new ZooVerb("motion"));
        return new Application(
                "motion",
                "Predicts where walkers go and how skeletons move on, and measures itself beside constant velocity.",
                verbs.toArray(Verb[]::new));
    }

    private static MotionTask chosen(List<MotionTask> tasks, String... args) {
        for (int i = 0; i < args.length; i++) {
            String value = args[i].startsWith(TaskOption.NAME + "=")
                    ? args[i].substring(TaskOption.NAME.length() + 1)
                    : args[i].equals(TaskOption.NAME) && i + 1 < args.length ? args[i + 1] : "";
            for (MotionTask task : tasks) {
                if (task.name().equals(value)) {
                    return task;
                }
            }
        }
        for (String argument : args) {
            for (MotionTask task : tasks) {
                if (task.endings().stream().anyMatch(argument.toLowerCase(Locale.ROOT)::endsWith)) {
                    return task;
                }
            }
        }
        return tasks.get(0);
    }
}
