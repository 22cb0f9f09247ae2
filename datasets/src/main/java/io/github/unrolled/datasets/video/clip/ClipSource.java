package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.Box;
import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.VideoReader;
import io.github.unrolled.datasets.video.VideoSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Where the frames of a clip come from: a file, or a file in a zip, read in some way, whole or a part of the picture.
 *
 * @param file the video, or the zip that holds it
 * @param member its path in the zip
 * @param options how it is read
 * @param box the part of the picture that is taken
 */
public record ClipSource(Path file, Optional<String> member, VideoOptions options, Optional<Box> box) {
    private static final int PIECE = 1 << 16;
    private static final long LARGEST_MEMBER = 1L << 30;

    /** A file, all of it, in colour. */
    public static ClipSource of(Path file) {
        return new ClipSource(file, Optional.empty(), VideoOptions.standard(), Optional.empty());
    }

    /** A file in a zip, all of it, in colour. */
    public static ClipSource ofZip(Path zip, String member) {
        return new ClipSource(zip, Optional.of(member), VideoOptions.standard(), Optional.empty());
    }

    /** The same, read otherwise. */
    public ClipSource withOptions(VideoOptions other) {
        return new ClipSource(file, member, other, box);
    }

    /** A part of it. */
    public ClipSource withBox(Box part) {
        return new ClipSource(file, member, options, Optional.of(part));
    }

    /** How messages call it. */
    public String name() {
        return file + member.map(path -> " (" + path + ")").orElse("");
    }

    /** Hexadecimal SHA-256 over the contents and all that decides what the frames look like. */
    String fingerprint() throws IOException {
        MessageDigest digest = sha256();
        try (Opened opened = open()) {
            byte[] piece = new byte[PIECE];
            for (int count = opened.stream().read(piece);
                    count >= 0;
                    count = opened.stream().read(piece)) {
                digest.update(piece, 0, count);
            }
        }
        String how = options.pixels() + " " + options.stride() + " " + options.fromSeconds() + " " + options.toSeconds()
                + " " + box.map(Box::toString).orElse("whole");
        digest.update(how.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Something to do with the video while it is open. */
    @FunctionalInterface
    interface Use<T> {
        T apply(VideoReader reader) throws IOException;
    }

    /** Opens the video, uses it and closes it; a file in a zip is unpacked for that time. */
    <T> T read(Use<T> use) throws IOException {
        if (member.isEmpty()) {
            try (VideoReader reader = VideoReader.open(VideoSource.of(file), options)) {
                return use.apply(reader);
            }
        }
        Path unpacked = Files.createTempFile("unrolled-clip", ".video");
        try {
            try (Opened opened = open()) {
                Files.copy(opened.stream(), unpacked, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            try (VideoReader reader = VideoReader.open(new VideoSource.File(unpacked, name()), options)) {
                return use.apply(reader);
            }
        } finally {
            Files.deleteIfExists(unpacked);
        }
    }

    private Opened open() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + (Files.exists(file) ? " is not a file" : " does not exist"));
        }
        if (member.isEmpty()) {
            return new Opened(Optional.empty(), Files.newInputStream(file));
        }
        ZipFile zip = new ZipFile(file.toFile());
        try {
            ZipEntry entry = zip.getEntry(member.get());
            if (entry == null || entry.getSize() > LARGEST_MEMBER) {
                throw new DataException(
                        entry == null ? file + " does not hold " + member.get() : name() + " is larger than 1 GB");
            }
            return new Opened(Optional.of(zip), zip.getInputStream(entry));
        } catch (IOException | DataException e) {
            zip.close();
            throw e;
        }
    }

    private record Opened(Optional<ZipFile> zip, InputStream stream) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            stream.close();
            if (zip.isPresent()) {
                zip.get().close();
            }
        }
    }
}
