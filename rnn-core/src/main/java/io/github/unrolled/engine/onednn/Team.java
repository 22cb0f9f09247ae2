package io.github.unrolled.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;

/**
 * The threads among which a kernel of ours, rather than a primitive, shares its work. They start with the first work. A
 * member is always the same thread, as oneDNN wants it for a primitive, and what it makes uses that thread alone. A team of
 * one is the calling thread.
 */
final class Team implements AutoCloseable {
    private final int size;
    private final List<ExecutorService> threads = new ArrayList<>();

    Team(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /**
     * Calls {@code work} for every member, 0 to {@code size - 1}, side by side; returns the results in that order when all
     * are done. Not interruptible, since native work is not.
     */
    <T> List<T> run(IntFunction<T> work) {
        if (size == 1) {
            return List.of(work.apply(0));
        }
        while (threads.size() < size) {
            threads.add(Executors.newSingleThreadExecutor(Team::thread));
        }
        List<CompletableFuture<T>> results = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int member = i;
            results.add(CompletableFuture.supplyAsync(() -> work.apply(member), threads.get(member)));
        }
        try {
            CompletableFuture.allOf(results.toArray(new CompletableFuture<?>[0]))
                    .join();
            return results.stream().map(CompletableFuture::join).toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static Thread thread(Runnable body) {
        Thread thread = new Thread(
                () -> {
                    OpenMp.setThreads(1);
                    body.run();
                },
                "kernel");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        threads.forEach(ExecutorService::shutdown);
    }
}
