package io.github.unrolled.train;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Threads that compute side by side, each with an engine and a recording tape of its own. What they do is split in a
 * fixed way, so results do not depend on which is faster.
 */
public final class Workers implements AutoCloseable {
    /** What one worker has. */
    public record Worker(int index, Engine engine, Tape tape) {}

    /** What one worker does. */
    @FunctionalInterface
    public interface Task<T> {
        /** Runs on the worker's thread. */
        T run(Worker worker) throws Exception;
    }

    private final List<ExecutorService> threads = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();

    /**
     * Starts the workers.
     *
     * @param count how many
     * @param threadsEach how many threads each one's kernels may use
     */
    public Workers(Backend backend, int count, int threadsEach) {
        for (int i = 0; i < count; i++) {
            int index = i;
            ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
                Thread made = new Thread(task, "worker-" + index);
                made.setDaemon(true);
                return made;
            });
            threads.add(thread);
            workers.add(get(thread.submit(() -> {
                Engine engine = backend.newEngine(threadsEach);
                return new Worker(index, engine, Tape.recording(engine));
            })));
        }
    }

    /** How many workers there are. */
    public int count() {
        return workers.size();
    }

    /** The tape of one worker, for reading its gradients while no task runs on it that changes them. */
    public Tape tape(int worker) {
        return workers.get(worker).tape();
    }

    /** Runs a task on every worker, and returns the results in the workers' order when all are done. */
    public <T> List<T> runAll(Task<T> task) {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < workers.size(); i++) {
            Worker worker = workers.get(i);
            Callable<T> call = () -> task.run(worker);
            futures.add(threads.get(i).submit(call));
        }
        List<T> results = new ArrayList<>();
        RuntimeException failure = null;
        for (Future<T> future : futures) {
            try {
                results.add(get(future));
            } catch (RuntimeException e) {
                // The others go on to their end: they use memory that the caller may free.
                if (failure == null) {
                    failure = e;
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        return results;
    }

    private static <T> T get(Future<T> future) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return future.get();
                } catch (InterruptedException e) {
                    // Native work cannot be broken off; remember the interruption for the caller.
                    interrupted = true;
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException cause) {
                        throw cause;
                    }
                    if (e.getCause() instanceof Error cause) {
                        throw cause;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Frees every worker's memory and ends its thread. */
    @Override
    public void close() {
        runAll(worker -> {
            worker.tape().close();
            worker.engine().close();
            return worker.index();
        });
        threads.forEach(ExecutorService::shutdown);
    }
}
