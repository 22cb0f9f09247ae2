package io.github.unrolled.model;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file so that it is whole or absent: to a temporary name in the same folder, forced to disk, then moved over
 * the target in one step. When anything fails the temporary file is removed and an earlier target is as it was. Every
 * exception that the writing itself causes (missing or unwritable folder, full disk) names the target.
 */
public final class AtomicFile {
    private static final String SUFFIX = ".part";
    private static final int BUFFER_BYTES = 1 << 16;

    private AtomicFile() {}

    /**
     * Something that consumes a value and may fail as input and output do.
     *
     * @param <T> what is consumed
     */
    @FunctionalInterface
    public interface IOConsumer<T> {
        /** Consumes the value. */
        void accept(T value) throws IOException;
    }

    /**
     * Writes what {@code content} puts into the stream it is given.
     *
     * @param target the file to create or replace; its folder must exist. A device or pipe is written to directly.
     * @throws NoSuchFileException naming the folder, when that does not exist
     * @throws FileSystemException naming the target, when it cannot be written
     * @throws IOException what {@code content} itself throws
     */
    public static void write(Path target, IOConsumer<? super OutputStream> content) throws IOException {
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a folder, not a file");
        }
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            try (OutputStream out = named(Files.newOutputStream(target), target)) {
                content.accept(out);
            }
            return;
        }
        // A link is followed, so that the file it points to is replaced and not the link.
        Path file =
                Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
        Path folder = file.getParent();
        if (folder == null || file.getFileName() == null) {
            throw new FileSystemException(target.toString(), null, "is not the name of a file");
        }
        if (!Files.exists(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "folder does not exist");
        }
        // The clock as well, because processes in two containers may share a folder and a number.
        String own = ProcessHandle.current().pid() + "-" + Long.toUnsignedString(System.nanoTime());
        Path part = folder.resolve("." + file.getFileName() + "." + own + SUFFIX);
        boolean moved = false;
        try {
            writeAndForce(part, target, content);
            move(part, file, target);
            moved = true;
        } finally {
            if (!moved) {
                remove(part);
            }
        }
        forceFolder(folder);
    }

    /** Writes these bytes; see {@link #write(Path, IOConsumer)}. */
    public static void write(Path target, byte[] content) throws IOException {
        write(target, out -> out.write(content));
    }

    /** Writes this text as UTF-8; see {@link #write(Path, IOConsumer)}. */
    public static void write(Path target, String content) throws IOException {
        write(target, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether this is the temporary file of an unfinished write, which whoever owns the folder may delete. */
    public static boolean isTemporary(Path file) {
        Path name = file.getFileName();
        return name != null && name.toString().matches("\\..+\\.\\d+-\\d+\\.part");
    }

    private static void writeAndForce(Path part, Path target, IOConsumer<? super OutputStream> content)
            throws IOException {
        try (FileChannel channel = open(part, target)) {
            OutputStream out = new BufferedOutputStream(named(Channels.newOutputStream(channel), target), BUFFER_BYTES);
            content.accept(out);
            out.flush();
            try {
                channel.force(true);
            } catch (IOException e) {
                throw naming(e, target);
            }
        }
    }

    private static FileChannel open(Path part, Path target) throws IOException {
        try {
            return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw naming(e, target);
        }
    }

    private static void move(Path part, Path file, Path target) throws IOException {
        try {
            try {
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw naming(e, target);
        }
    }

    /** After a failure, which is what the caller should hear of, not that this failed too. */
    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            return;
        }
    }

    /** Makes the new name itself last; not every system lets a folder be opened, and then there is nothing to do. */
    private static void forceFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            return;
        }
    }

    private static OutputStream named(OutputStream out, Path target) {
        return new FilterOutputStream(out) {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                } catch (IOException e) {
                    throw naming(e, target);
                }
            }
        };
    }

    private static IOException naming(IOException e, Path target) {
        if (e instanceof AccessDeniedException) {
            AccessDeniedException denied = new AccessDeniedException(target.toString());
            denied.initCause(e);
            return denied;
        }
        String reason = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
        FileSystemException named = new FileSystemException(target.toString(), null, reason);
        named.initCause(e);
        return named;
    }
}
