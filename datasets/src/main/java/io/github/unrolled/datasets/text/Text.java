package io.github.unrolled.datasets.text;

import io.github.unrolled.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A text as code points, read strictly as UTF-8.
 *
 * @param name where it came from
 * @param codePoints the characters, a leading byte order mark left out
 * @param sha256 of the bytes that were read
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Text(String name, int[] codePoints, String sha256) {
    /**
     * Reads a file.
     *
     * @throws DataException if it is empty or not UTF-8, with the offset of the first wrong byte
     */
    public static Text ofFile(Path file) throws IOException {
        return decode(file.toString(), Files.readAllBytes(file));
    }

    /**
     * Reads all files below a folder whose names match a glob, one after the other in the order of their paths.
     *
     * @throws DataException if none matches, or one is not UTF-8
     * @throws java.util.regex.PatternSyntaxException if the glob is none
     */
    public static Text ofFolder(Path folder, String glob) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
        List<Path> files;
        try (Stream<Path> found = Files.walk(folder)) {
            files = found.filter(Files::isRegularFile)
                    .filter(file -> matcher.matches(file.getFileName()))
                    .sorted()
                    .toList();
        }
        if (files.isEmpty()) {
            throw new DataException(folder + " has no file that matches " + glob + "; choose another --glob");
        }
        MessageDigest digest = newDigest();
        int[][] parts = new int[files.size()][];
        for (int i = 0; i < parts.length; i++) {
            byte[] bytes = Files.readAllBytes(files.get(i));
            digest.update(bytes);
            parts[i] = Utf8.decode(files.get(i).toString(), bytes);
        }
        int[] all = Arrays.stream(parts).flatMapToInt(Arrays::stream).toArray();
        return new Text(folder.toString(), nonEmpty(folder.toString(), all), hex(digest));
    }

    /** Reads a stream to its end, such as standard input. */
    public static Text ofStream(String name, InputStream in) throws IOException {
        return decode(name, in.readAllBytes());
    }

    /** A text that was made, not read. */
    public static Text ofCodePoints(String name, int[] codePoints) {
        MessageDigest digest = newDigest();
        digest.update(new String(codePoints, 0, codePoints.length).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return new Text(name, codePoints, hex(digest));
    }

    private static Text decode(String name, byte[] bytes) {
        MessageDigest digest = newDigest();
        digest.update(bytes);
        return new Text(name, nonEmpty(name, Utf8.decode(name, bytes)), hex(digest));
    }

    private static int[] nonEmpty(String name, int[] codePoints) {
        if (codePoints.length == 0) {
            throw new DataException(name + " is empty; a text of at least a few thousand characters is expected");
        }
        return codePoints;
    }

    /** How many characters of a text train, when a fraction does and the rest validates: rounded down, as nanoGPT does. */
    public static int trainingLength(int length, double fraction) {
        return (int) (fraction * length);
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
