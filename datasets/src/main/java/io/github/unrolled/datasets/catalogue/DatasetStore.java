package io.github.unrolled.datasets.catalogue;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.catalogue.DatasetEntry.RemoteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A folder of data sets, laid out {@code <id>/<path>}. What is missing is downloaded: to a partial file that a later
 * attempt continues, checked for size and SHA-256, then moved into place in one step. A lock keeps two processes from
 * writing the same data set.
 */
public final class DatasetStore {
    private static final int PIECE = 1 << 16;
    /** A lock on a file keeps out other processes only; a second thread of this one would get an exception. */
    private static final Object WITHIN_PROCESS = new Object();

    private final Path folder;
    private final Sources sources;

    /**
     * A store.
     *
     * @param folder where data sets are kept; {@link #defaultFolder()} unless the user says otherwise
     * @param mirror folder or address that has the files as {@code <id>/<path>}, in place of their public addresses
     */
    public DatasetStore(Path folder, Optional<String> mirror) {
        this.folder = folder;
        this.sources = new Sources(mirror);
    }

    /** The store that the properties {@code unrolled.cache} and {@code unrolled.mirror} describe. */
    public static DatasetStore standard() {
        return new DatasetStore(defaultFolder(), defaultMirror());
    }

    /** The property {@code unrolled.cache}, or the user's cache folder on this system. */
    public static Path defaultFolder() {
        String property = System.getProperty("unrolled.cache", "");
        if (!property.isEmpty()) {
            return Path.of(property);
        }
        String home = System.getProperty("user.home");
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.contains("mac")) {
            return Path.of(home, "Library", "Caches", "unrolled");
        }
        if (system.contains("windows")) {
            return Path.of(home, "AppData", "Local", "unrolled");
        }
        return Path.of(home, ".cache", "unrolled");
    }

    /** The property {@code unrolled.mirror}, if it is set. */
    public static Optional<String> defaultMirror() {
        return Optional.ofNullable(System.getProperty("unrolled.mirror")).filter(text -> !text.isEmpty());
    }

    /**
     * The files of a data set, in the catalogue's order; fetches those that are missing.
     *
     * @throws DataException if one cannot be fetched or is not what the catalogue says; nothing half-written is left in its
     *     place
     */
    public List<Path> fetch(DatasetEntry entry, DownloadListener listener) throws IOException {
        List<Path> paths = new ArrayList<>();
        for (RemoteFile file : entry.files()) {
            paths.add(place(entry.id(), file));
        }
        if (paths.stream().allMatch(Files::exists)) {
            return paths;
        }
        synchronized (WITHIN_PROCESS) {
            fetchMissing(entry, paths, listener);
        }
        return paths;
    }

    private void fetchMissing(DatasetEntry entry, List<Path> paths, DownloadListener listener) throws IOException {
        Path own = folder.resolve(entry.id());
        Files.createDirectories(own);
        try (FileChannel channel =
                        FileChannel.open(own.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (!lock.isValid()) {
                throw new IOException("the lock on " + own + " was lost");
            }
            for (int i = 0; i < paths.size(); i++) {
                if (!Files.exists(paths.get(i))) {
                    fetch(entry.id(), entry.files().get(i), paths.get(i), listener);
                }
            }
        }
    }

    private Path place(String id, RemoteFile file) {
        Path root = folder.resolve(id).normalize();
        Path path = root.resolve(file.path()).normalize();
        if (!path.startsWith(root)) {
            throw new DataException("the catalogue's file " + file.path() + " lies outside of its data set " + id);
        }
        return path;
    }

    private void fetch(String id, RemoteFile file, Path target, DownloadListener listener) throws IOException {
        Files.createDirectories(target.getParent());
        Path partial = target.resolveSibling(target.getFileName() + ".download");
        try {
            download(id, file, partial, listener);
        } catch (IOException | DataException e) {
            throw new DataException(
                    sources.describe(id, file) + " could not be downloaded (" + reason(e)
                            + "); try again to continue, or give a copy of the data sets with --mirror, or put the file at "
                            + target + " (" + file.bytes() + " bytes, SHA-256 " + file.sha256() + ")",
                    e);
        }
        String found = sha256(partial);
        if (!found.equals(file.sha256())) {
            Files.delete(partial);
            throw new DataException(sources.describe(id, file) + " is not the file of the catalogue: its SHA-256 is "
                    + found + ", expected " + file.sha256() + "; the download was removed, try another --mirror");
        }
        Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String reason(Exception e) {
        String message = e.getMessage();
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "there is no such file";
        }
        if (e instanceof java.net.ConnectException || e instanceof java.net.UnknownHostException) {
            return "no connection; is this machine offline?";
        }
        return message == null ? e.getClass().getSimpleName().replace("Exception", "") : message;
    }

    private void download(String id, RemoteFile file, Path partial, DownloadListener listener) throws IOException {
        long present = Files.exists(partial) ? Files.size(partial) : 0;
        if (present >= file.bytes()) {
            Files.deleteIfExists(partial);
            present = 0;
        }
        Sources.Opened opened = sources.open(id, file, present);
        long written = opened.offset();
        StandardOpenOption mode = written > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        try (InputStream in = opened.stream();
                OutputStream out =
                        Files.newOutputStream(partial, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                written += count;
                if (written > file.bytes()) {
                    break;
                }
                out.write(piece, 0, count);
                listener.onBytes(file, written);
            }
        }
        if (written > file.bytes()) {
            Files.delete(partial);
            throw new DataException("it is larger than the " + file.bytes() + " bytes of the catalogue");
        }
        if (written < file.bytes()) {
            throw new DataException("it ended after " + written + " of " + file.bytes() + " bytes");
        }
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] piece = new byte[PIECE];
            for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                digest.update(piece, 0, count);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
