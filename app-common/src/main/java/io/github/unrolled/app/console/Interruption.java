package io.github.unrolled.app.console;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * The request to stop, made by Ctrl-C or a termination signal. Long work asks {@link #requested()} between its steps,
 * finishes what it is writing and returns. Threads are never interrupted, because that would close a file in the middle
 * of a write.
 */
public final class Interruption {
    /** The exit code of an interrupted process: 128 + SIGINT. */
    public static final int EXIT_CODE = 130;

    private static final long SOON_MILLIS = 500;

    private final CountDownLatch noticed = new CountDownLatch(1);
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;

    /** A request that nobody has made yet. */
    public Interruption() {}

    /** Whether the work should finish what it is writing and return. Cheap enough for every step. */
    public boolean requested() {
        if (requested) {
            noticed.countDown();
        }
        return requested;
    }

    /**
     * Leaves the work when a stop was requested.
     *
     * @throws CancellationException when it was
     */
    public void check() {
        if (requested()) {
            throw new CancellationException("interrupted");
        }
    }

    /** Requests the stop. */
    public void request() {
        requested = true;
    }

    /**
     * Runs the work of this process so that a signal requests a stop and waits, bounded, until the work has returned;
     * then the virtual machine ends with the code of the signal (130 for Ctrl-C).
     *
     * @param toNotice how long the work may take until it asks {@link #requested()}
     * @param toFinish how long it may take after that
     * @param waiting told true when the work does not return at once, and false when it is waited for no longer
     * @return what the work returned, or 130 when the process is ending
     */
    public int guard(Duration toNotice, Duration toFinish, Consumer<Boolean> waiting, IntSupplier work) {
        Thread hook = new Thread(() -> stop(toNotice, toFinish, waiting), "stop-request");
        Runtime.getRuntime().addShutdownHook(hook);
        int code;
        try {
            code = work.getAsInt();
        } finally {
            finished.countDown();
            noticed.countDown();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return code;
        } catch (IllegalStateException endingAlready) {
            return EXIT_CODE;
        }
    }

    private void stop(Duration toNotice, Duration toFinish, Consumer<Boolean> waiting) {
        request();
        try {
            if (finished.await(SOON_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            waiting.accept(true);
            // Work that never asks is not waited for longer: files are replaced as a whole, so none is left
            // half-written.
            boolean noticedInTime = noticed.await(toNotice.toMillis(), TimeUnit.MILLISECONDS);
            if (!noticedInTime || !finished.await(toFinish.toMillis(), TimeUnit.MILLISECONDS)) {
                waiting.accept(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
