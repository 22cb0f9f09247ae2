package io.github.unrolled.app.train;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Task;
import java.io.IOException;
import java.util.List;

/**
 * What an application asks a {@link TrainingVerb} to train: a task on data that were read, and what it is called.
 *
 * @param <B> a batch
 * @param <T> the task
 */
public interface Assignment<B, T extends Task<B>> {
    /** The name of the data. */
    String data();

    /** SHA-256 of the data. */
    String sha256();

    /** What the task's figures are called. */
    TrainingSession.Words words();

    /** The task; the caller closes it. */
    T task(Backend backend, Recipe recipe);

    /** What is done to a fresh task before anything else, such as taking over weights; nothing, unless overridden. */
    default void prepare(T task, Start start) throws IOException {}

    /** What the user is told before the first step: lines on the data and the network. */
    List<String> describe(T task, Backend backend);
}
