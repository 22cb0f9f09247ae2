package io.github.unrolled.motion.task;

import io.github.unrolled.app.Verb;
import java.util.List;

/** One kind of motion that the application predicts. */
public interface MotionTask {
    /** What {@code --task} calls it. */
    String name();

    /** Endings of file names, in lower case and with their dot, that only this task reads: they choose it unasked. */
    List<String> endings();

    /**
     * Its verbs: {@code train}, {@code evaluate} and {@code predict}. Each mixes in {@link TaskOption}.
     */
    List<Verb> verbs();

    /** What it shows to somebody who asks for nothing. */
    DemoPart demo();
}
