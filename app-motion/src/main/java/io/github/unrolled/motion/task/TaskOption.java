package io.github.unrolled.motion.task;

import io.github.unrolled.app.UsageException;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code --task}: which motion is meant. The application reads it before it chooses the verbs. */
public final class TaskOption {
    /** Of the option. */
    public static final String NAME = "--task";

    @Option(
            names = NAME,
            paramLabel = "TASK",
            description =
                    "What moves: pedestrian or skeleton; other options depend on it (default: pedestrian, or skeleton"
                            + " for files that only it reads).",
            order = 10)
    private String task = "";

    /** Not given. */
    public TaskOption() {}

    /**
     * Says that another task was asked for than the one whose verb runs.
     *
     * @throws UsageException if a task was given that is not this one
     */
    public void require(String name) {
        if (!task.isEmpty() && !task.equals(name)) {
            throw new UsageException(NAME + " is " + task + ", expected pedestrian or skeleton");
        }
    }

    /**
     * The task that was given, or all of them.
     *
     * @throws UsageException if there is no such task
     */
    public List<MotionTask> among(List<MotionTask> tasks) {
        List<MotionTask> wanted = tasks.stream()
                .filter(each -> task.isEmpty() || each.name().equals(task))
                .toList();
        if (wanted.isEmpty()) {
            throw new UsageException(NAME + " is " + task + ", expected pedestrian or skeleton");
        }
        return wanted;
    }
}
