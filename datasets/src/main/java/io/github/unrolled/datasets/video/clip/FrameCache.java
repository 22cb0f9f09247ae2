package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.Box;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoFrame;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder of decoded and resized frames, so that a clip is decoded once. A file of it is named after the contents of the
 * video and the form of the frames, appears whole or not at all, and is checked when it is found again: one that is damaged
 * is made anew. When the folder exceeds its limit, the clips that were asked for longest ago are removed; they come back by
 * decoding when they are read. Thread-safe; several processes may share a folder.
 */
public final class FrameCache {
    private static final String SUFFIX = ".frames";
    private static final String WORKING = ".part";
    private static final Duration ABANDONED = Duration.ofHours(1);
    /** Changes when frames are made otherwise, so that old ones are not taken. */
    private static final String VERSION = "1";

    private final Path folder;
    private final long limitBytes;

    /**
     * A cache.
     *
     * @param folder where files are kept; made if it is not there
     * @param limitBytes how large all of them may get, above 0
     */
    public FrameCache(Path folder, long limitBytes) {
        if (limitBytes <= 0) {
            throw new IllegalArgumentException("a cache of " + limitBytes + " bytes; it needs some");
        }
        this.folder = folder;
        this.limitBytes = limitBytes;
    }

    /**
     * The frames of a clip, decoded if they are not there.
     *
     * @param source the clip
     * @param size in what form; whole pictures are resized to it
     * @throws DataException if it cannot be decoded, or is larger than the cache may get
     * @throws IOException if the folder cannot be written
     */
    public synchronized DecodedClip clip(ClipSource source, FrameSize size) throws IOException {
        Files.createDirectories(folder);
        ClipSource.Located located = source.locate();
        String key = key(located, size);
        Path file = file(key);
        Optional<CacheFile.Index> found = Files.exists(file) ? CacheFile.check(file) : Optional.empty();
        if (found.isEmpty() || !found.get().size().equals(size)) {
            found = Optional.of(decode(located, size, file));
        } else {
            Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
        }
        return new DecodedClip(this, source, key, found.get());
    }

    private static String key(ClipSource.Located source, FrameSize size) {
        String text = source.fingerprint() + " " + size + " " + VERSION;
        byte[] digest = ClipSource.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, digest.length / 2);
    }

    private Path file(String key) {
        return folder.resolve(key + SUFFIX);
    }

    /** Makes a file: under another name, so that it is whole when it has its own. */
    private CacheFile.Index decode(ClipSource.Located source, FrameSize size, Path file) throws IOException {
        Path working = Files.createTempFile(folder, file.getFileName() + ".", WORKING);
        try {
            CacheFile.Index index;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(working))) {
                index = write(source, size, out);
            }
            // Not forced to disk: a file that did not get there is found by its checksum.
            Files.move(working, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            makeRoom(file);
            return index;
        } finally {
            Files.deleteIfExists(working);
        }
    }

    private CacheFile.Index write(ClipSource.Located located, FrameSize size, OutputStream out) throws IOException {
        ClipSource source = located.source();
        return located.read(reader -> {
            CacheFile.Writer writer = new CacheFile.Writer(out, size, limitBytes);
            Box box = source.box().orElse(new Box(0, 0, reader.width(), reader.height()));
            if (box.x() + box.width() > reader.width() || box.y() + box.height() > reader.height()) {
                throw new DataException(source.name() + " has frames of " + reader.width() + " x " + reader.height()
                        + " pixels, in which the box " + box + " does not lie");
            }
            byte[] bytes = new byte[size.values()];
            int frames = 0;
            for (Optional<VideoFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frame.get().copyTo(box, size, bytes, 0);
                add(source, writer, bytes, frame.get().seconds());
                frames++;
            }
            if (frames == 0) {
                throw new DataException(source.name() + " has no frame in the time that is read");
            }
            return writer.finish(reader.frameRateHz(), reader.problems());
        });
    }

    private static void add(ClipSource source, CacheFile.Writer writer, byte[] bytes, double seconds)
            throws IOException {
        try {
            writer.add(bytes, seconds);
        } catch (DataException e) {
            throw new DataException(source.name() + " cannot be kept: " + e.getMessage(), e);
        }
    }

    /** Reads frames that were there when the clip was asked for; decodes again if they were removed since. */
    void read(ClipSource source, String key, CacheFile.Index index, int from, int count, byte[] target, int offset) {
        Path file = file(key);
        try {
            try {
                CacheFile.read(file, index.size(), from, count, target, offset);
            } catch (NoSuchFileException e) {
                synchronized (this) {
                    if (!Files.exists(file)) {
                        restore(source, key, index);
                    }
                    CacheFile.read(file, index.size(), from, count, target, offset);
                }
            }
        } catch (IOException e) {
            throw new DataException("the frames of " + source.name() + " cannot be read from " + file + ": " + e, e);
        }
    }

    private void restore(ClipSource source, String key, CacheFile.Index index) throws IOException {
        CacheFile.Index again = decode(source.locate(), index.size(), file(key));
        if (again.seconds().length != index.seconds().length) {
            throw new DataException(source.name() + " has changed: it had " + index.seconds().length
                    + " frames and has " + again.seconds().length);
        }
    }

    private record Kept(Path file, long bytes, FileTime time) {}

    /** Removes what was asked for longest ago until the limit is kept, and what killed writers left. */
    private void makeRoom(Path keep) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.toList();
        }
        List<Kept> kept = new ArrayList<>();
        for (Path file : files) {
            look(file).ifPresent(kept::add);
        }
        long bytes = kept.stream().mapToLong(Kept::bytes).sum();
        kept.sort(Comparator.comparing(Kept::time).thenComparing(Kept::file));
        for (Kept each : kept) {
            if (bytes <= limitBytes) {
                return;
            }
            if (!each.file().equals(keep)) {
                Files.deleteIfExists(each.file());
                bytes -= each.bytes();
            }
        }
    }

    /** A file of frames; nothing if it is something else or has just been removed by another process. */
    private static Optional<Kept> look(Path file) throws IOException {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (file.toString().endsWith(WORKING)
                    && time.toInstant().isBefore(Instant.now().minus(ABANDONED))) {
                Files.deleteIfExists(file);
            }
            boolean frames = file.toString().endsWith(SUFFIX);
            return frames ? Optional.of(new Kept(file, Files.size(file), time)) : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
