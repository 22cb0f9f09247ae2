package io.github.unrolled.app.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.AtomicFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The folder of one run: {@code run.json}, {@code metrics.csv}, {@code curve.png}, {@code best.zip} and
 * {@code last.zip}. It is locked while open, so that two processes never write the same run; the lock of a process that
 * was killed is gone with it.
 */
public final class RunFolder implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String LOCK = ".lock";

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;
    private final boolean made;

    private RunFolder(Path folder, boolean made, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.made = made;
        this.channel = channel;
        this.lock = lock;
    }

    /**
     * Creates the folder where needed. A run that is there already is kept until {@link #describe} begins the new one, so
     * that nothing is lost when the new one fails before.
     *
     * @param overwrite whether a run that is there already may be replaced
     * @throws FileAlreadyExistsException when there is one and it may not be overwritten
     * @throws FileSystemException naming the folder, when it cannot be written or another process writes it
     */
    public static RunFolder create(Path folder, boolean overwrite) throws IOException {
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new FileSystemException(folder.toString(), null, "is a file, expected a folder");
        }
        boolean made = !Files.exists(folder);
        Files.createDirectories(folder);
        RunFolder run = lock(folder, made);
        try {
            if (run.exists() && !overwrite) {
                throw new FileAlreadyExistsException(
                        folder.toString(),
                        null,
                        "it holds a run; continue that with"
                                + " --resume, replace it with --overwrite, or choose another folder with --out");
            }
            return run;
        } catch (IOException e) {
            run.close();
            throw e;
        }
    }

    /**
     * Opens a run to continue it.
     *
     * @throws NoSuchFileException when the folder holds no checkpoint to continue from
     */
    public static RunFolder resume(Path folder) throws IOException {
        Path last = folder.resolve("last.zip");
        if (!Files.exists(last)) {
            throw new NoSuchFileException(folder.toString(), null, "holds no run to resume (no last.zip)");
        }
        return lock(folder, false);
    }

    private static RunFolder lock(Path folder, boolean made) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (AccessDeniedException e) {
            throw new AccessDeniedException(folder.toString());
        }
        try {
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw busy(folder);
            }
            RunFolder run = new RunFolder(folder, made, channel, lock);
            run.sweep();
            return run;
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(folder);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileSystemException busy(Path folder) {
        return new FileSystemException(
                folder.toString(), null, "another process is writing this run; wait for it or stop it");
    }

    /** The folder. */
    public Path path() {
        return folder;
    }

    /** Where the best checkpoint by validation goes. */
    public Path best() {
        return folder.resolve("best.zip");
    }

    /** Where the newest checkpoint goes. */
    public Path last() {
        return folder.resolve("last.zip");
    }

    /** The configuration and provenance. */
    public Path runJson() {
        return folder.resolve("run.json");
    }

    /** The metrics by step. */
    public Path metricsFile() {
        return folder.resolve("metrics.csv");
    }

    /** The chart of the loss. */
    public Path curveFile() {
        return folder.resolve("curve.png");
    }

    /** Writes {@code run.json} of a new run. */
    public void describe(RunInfo info) throws IOException {
        for (Path file : files()) {
            Files.deleteIfExists(file);
        }
        write(info.json());
    }

    /** Adds to {@code run.json} that the run was continued, keeping how it began. */
    public void describeResumed(RunInfo info, long step) throws IOException {
        if (!Files.exists(runJson())) {
            write(info.json());
            return;
        }
        JsonNode root;
        try {
            root = MAPPER.readTree(runJson().toFile());
        } catch (JsonProcessingException e) {
            throw new FileSystemException(
                    runJson().toString(), null, "is not the description of a run: " + e.getOriginalMessage());
        }
        if (!(root instanceof ObjectNode object)) {
            throw new FileSystemException(runJson().toString(), null, "is not the description of a run");
        }
        ArrayNode resumed = object.withArray("resumed");
        ObjectNode again = info.json();
        resumed.addObject().put("step", step).setAll(again);
        write(object);
    }

    /** Starts {@code metrics.csv}; the columns begin with {@code step,loss}. */
    public MetricsLog metrics(List<String> columns) throws IOException {
        return MetricsLog.create(metricsFile(), columns);
    }

    /** Continues {@code metrics.csv} after this step: later rows and a half-written last line are cut off. */
    public MetricsLog metricsAfter(long step, List<String> columns) throws IOException {
        return MetricsLog.resume(metricsFile(), columns, step);
    }

    private boolean exists() {
        return files().stream().anyMatch(Files::exists);
    }

    private List<Path> files() {
        return List.of(runJson(), metricsFile(), curveFile(), best(), last());
    }

    private void write(ObjectNode root) throws IOException {
        AtomicFile.write(runJson(), MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n");
    }

    /** What a killed process left half-written; safe, because the lock is ours. */
    private void sweep() throws IOException {
        List<Path> parts;
        try (Stream<Path> entries = Files.list(folder)) {
            parts = entries.filter(AtomicFile::isTemporary).collect(Collectors.toList());
        }
        for (Path part : parts) {
            Files.deleteIfExists(part);
        }
    }

    @Override
    public void close() throws IOException {
        if (isEmpty()) {
            // The run ended before it began.
            Files.delete(folder.resolve(LOCK));
            if (made) {
                Files.delete(folder);
            }
        }
        lock.release();
        channel.close();
    }

    private boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(entry -> entry.endsWith(LOCK));
        }
    }
}
