package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.Box;
import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.VideoReader;
import io.github.unrolled.datasets.video.VideoSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
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
    private static final int LARGEST_MEMBER = 1 << 28;

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

    /** The contents: of a file in a zip in memory, so that it is unpacked once. */
    private Optional<byte[]> unpacked() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException(file + (Files.exists(file) ? " is not a file" : " does not exist"));
        }
        if (!Files.isReadable(file)) {
            throw new DataException(file + " may not be read by this user");
        }
        if (member.isEmpty()) {
            return Optional.empty();
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            ZipEntry entry = zip.getEntry(member.get());
            if (entry == null) {
                throw new DataException(file + " does not hold " + member.get());
            }
            try (InputStream in = zip.getInputStream(entry)) {
                byte[] bytes = in.readNBytes(LARGEST_MEMBER);
                if (bytes.length == LARGEST_MEMBER) {
                    throw new DataException(name() + " is larger than a video in a zip may be; unpack it");
                }
                return Optional.of(bytes);
            }
        } catch (ZipException e) {
            throw new DataException(file + " is not a zip, or damaged: " + e.getMessage(), e);
        }
    }

    /** The source, found and known by its contents. */
    Located locate() throws IOException {
        Optional<byte[]> bytes = unpacked();
        MessageDigest digest = sha256();
        if (bytes.isPresent()) {
            digest.update(bytes.get());
        } else {
            try (InputStream in = Files.newInputStream(file)) {
                byte[] piece = new byte[PIECE];
                for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
                    digest.update(piece, 0, count);
                }
            }
        }
        String how = options.pixels() + " " + options.stride() + " " + options.fromSeconds() + " " + options.toSeconds()
                + " " + box.map(Box::toString).orElse("whole");
        digest.update(how.getBytes(StandardCharsets.UTF_8));
        return new Located(this, bytes, HexFormat.of().formatHex(digest.digest()));
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

    /**
     * A source that is there.
     *
     * @param bytes its contents if it was in a zip
     * @param fingerprint hexadecimal SHA-256 over the contents and all that decides what the frames look like
     */
    @SuppressWarnings("ArrayRecordComponent") // lives while one clip is decoded
    record Located(ClipSource source, Optional<byte[]> bytes, String fingerprint) {
        /** Opens the video, uses it and closes it; what was in a zip is a file for that time. */
        <T> T read(Use<T> use) throws IOException {
            if (bytes.isEmpty()) {
                return read(source.file, use);
            }
            Path unpacked = Files.createTempFile("unrolled-clip", ".video");
            try {
                Files.write(unpacked, bytes.get());
                return read(unpacked, use);
            } finally {
                Files.deleteIfExists(unpacked);
            }
        }

        private <T> T read(Path path, Use<T> use) throws IOException {
            try (VideoReader reader = VideoReader.open(new VideoSource.File(path, source.name()), source.options)) {
                return use.apply(reader);
            }
        }
    }
}
