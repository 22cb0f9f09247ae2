package io.github.unrolled.datasets.video;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Why a file cannot be opened, from how it begins. */
final class FileKind {
    private static final int HEAD = 12;

    private FileKind() {}

    static String explain(String location, int code, boolean local) {
        if (!local) {
            return Ffmpeg.describe(code) + "; is the address right, and the machine online?";
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(Path.of(location.substring("file:".length())))) {
            head = in.readNBytes(HEAD);
        } catch (IOException e) {
            return "it cannot be read (" + e.getMessage() + ")";
        }
        if (head.length == 0) {
            return "it is empty";
        }
        String kind = kind(head);
        return kind.isEmpty()
                ? "its contents are of no kind of video that is known, whatever its name says"
                : "it begins as " + kind + " does, but is damaged or cut off (" + Ffmpeg.describe(code) + ")";
    }

    private static String kind(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("ftyp", 4) || text.startsWith("moov", 4) || text.startsWith("mdat", 4)) {
            return "mp4 or mov";
        }
        if (text.startsWith("RIFF")) {
            return "avi";
        }
        if (text.startsWith("\u001aE\u00df\u00a3")) {
            return "mkv or webm";
        }
        if (text.startsWith("GIF8")) {
            return "gif";
        }
        if (text.startsWith("\u0000\u0000\u0001\u00ba") || text.startsWith("\u0000\u0000\u0001\u00b3")) {
            return "mpeg";
        }
        return "";
    }
}
