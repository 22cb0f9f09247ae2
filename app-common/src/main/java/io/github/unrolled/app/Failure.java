package io.github.unrolled.app;

import io.github.unrolled.app.console.Interruption;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/**
 * What is said of an exception and with which code the process ends.
 *
 * @param exitCode 1, 2 or 130
 * @param sentence for the user, in one line and without a full stop
 */
record Failure(int exitCode, String sentence) {
    private static final String OWN_CODE = "io.github.unrolled.";
    private static final String DISK_FULL = "no space left on the disk; free some, or write to another place";

    /**
     * Judges what a verb threw.
     *
     * @param named the files and folders that the command line names: one that does not exist is a wrong command line
     */
    static Failure of(Throwable thrown, Collection<String> named) {
        Throwable t = unwrapped(thrown);
        if (t instanceof CancellationException) {
            return new Failure(Interruption.EXIT_CODE, "interrupted; what was written is whole");
        }
        boolean wrongUsage = t instanceof UsageException
                || t instanceof FileAlreadyExistsException
                || (t instanceof NoSuchFileException missing && named.contains(missing.getFile()));
        return new Failure(wrongUsage ? 2 : 1, sentence(t));
    }

    /** One line that says what happened; never a class name unless it is a mistake of the program. */
    static String sentence(Throwable thrown) {
        Throwable t = unwrapped(thrown);
        if (t instanceof FileSystemException e) {
            return fileSentence(e);
        }
        if (t instanceof FileNotFoundException && t.getMessage() != null) {
            return oneLine(t.getMessage());
        }
        if (t instanceof UnknownHostException) {
            return "cannot reach " + oneLine(String.valueOf(t.getMessage())) + "; is this machine offline?";
        }
        if (t instanceof EOFException && t.getMessage() == null) {
            return "a file or connection ended before it was whole; it may be truncated";
        }
        if (t instanceof OutOfMemoryError) {
            return memorySentence(t);
        }
        if (t instanceof LinkageError) {
            return "a library is missing or does not fit this platform (" + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + "): " + oneLine(String.valueOf(t.getMessage()));
        }
        if (isForUsers(t) && t.getMessage() != null && !t.getMessage().isBlank()) {
            String message = oneLine(t.getMessage());
            return isDiskFull(message) ? DISK_FULL : message;
        }
        return "this is a mistake in the program, not yours: " + t.getClass().getSimpleName()
                + (t.getMessage() == null ? "" : " (" + oneLine(t.getMessage()) + ")") + place(t)
                + "; run again with --verbose for the trace that a report needs";
    }

    /** Exceptions whose message was written for a reader: ours, those of files and networks, and rejected arguments. */
    private static boolean isForUsers(Throwable t) {
        if (t instanceof IOException || t.getClass().getName().startsWith(OWN_CODE)) {
            return true;
        }
        StackTraceElement[] trace = t.getStackTrace();
        boolean thrownByUs = trace.length > 0 && trace[0].getClassName().startsWith(OWN_CODE);
        return thrownByUs
                && (t.getClass() == IllegalArgumentException.class
                        || t.getClass() == IllegalStateException.class
                        || t.getClass() == UnsupportedOperationException.class);
    }

    private static Throwable unwrapped(Throwable t) {
        Throwable cause = t.getCause();
        boolean wrapper = t instanceof UncheckedIOException
                || t instanceof ExecutionException
                || t instanceof CompletionException;
        return wrapper && cause != null ? unwrapped(cause) : t;
    }

    private static String fileSentence(FileSystemException e) {
        String file = e.getFile() == null ? "a file" : e.getFile();
        String reason = e.getReason() == null ? "" : oneLine(e.getReason());
        if (isDiskFull(reason)) {
            return file + ": " + DISK_FULL;
        }
        if (e instanceof NoSuchFileException) {
            return file + (reason.isEmpty() ? ": no such file or folder" : ": " + reason);
        }
        if (e instanceof AccessDeniedException) {
            return file + ": permission denied; choose a place where you may read and write";
        }
        if (e instanceof FileAlreadyExistsException) {
            return file + " exists already" + (reason.isEmpty() ? "" : ": " + reason);
        }
        if (e instanceof NotDirectoryException) {
            return file + " is not a folder";
        }
        if (e instanceof DirectoryNotEmptyException) {
            return file + " is a folder that is not empty";
        }
        return reason.isEmpty() ? file + ": cannot be read or written" : file + ": " + reason;
    }

    private static boolean isDiskFull(String reason) {
        String r = reason.toLowerCase(Locale.ROOT);
        return r.contains("no space left") || r.contains("not enough space") || r.contains("disk quota");
    }

    private static String memorySentence(Throwable t) {
        long megabytes = Runtime.getRuntime().maxMemory() >> 20;
        return "not enough memory (" + oneLine(String.valueOf(t.getMessage())) + ", the limit of Java's heap is "
                + megabytes
                + " MB); make the model, the batch or the window smaller, or raise the limit with Java's -Xmx";
    }

    private static String place(Throwable t) {
        for (StackTraceElement element : t.getStackTrace()) {
            if (element.getClassName().startsWith(OWN_CODE)) {
                return " at " + element.getFileName() + ":" + element.getLineNumber();
            }
        }
        return "";
    }

    private static String oneLine(String message) {
        return message.strip().replaceAll("\\s*\\R\\s*", " ").replaceAll("\\.$", "");
    }
}
