package io.github.unrolled.datasets.image;

import io.github.unrolled.datasets.DataException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats that are read and written. */
public enum ImageFormat {
    /** Lossless, 8 and 16 bit, transparency. */
    PNG(true, true, "png"),
    /** Lossy, 8 bit, no transparency. */
    JPEG(false, false, "jpg", "jpeg", "jpe"),
    /** Uncompressed, 8 bit, transparency. */
    BMP(false, true, "bmp"),
    /** Lossless, 8 and 16 bit, transparency. */
    TIFF(true, true, "tif", "tiff"),
    /** Written lossless; 8 bit, transparency. */
    WEBP(false, true, "webp");

    private final boolean keeps16Bits;
    private final boolean keepsAlpha;

    @SuppressWarnings("ImmutableEnumChecker") // it is, List.of made it
    private final List<String> extensions;

    ImageFormat(boolean keeps16Bits, boolean keepsAlpha, String... extensions) {
        this.keeps16Bits = keeps16Bits;
        this.keepsAlpha = keepsAlpha;
        this.extensions = List.of(extensions);
    }

    /** Whether 16 bits of a value survive. */
    public boolean keeps16Bits() {
        return keeps16Bits;
    }

    /** Whether transparency survives. */
    public boolean keepsAlpha() {
        return keepsAlpha;
    }

    /** What such a file's name ends with, without the dot. */
    public String extension() {
        return extensions.get(0);
    }

    /** The format that a file's name says, if it says one. */
    public static Optional<ImageFormat> ofName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(format -> format.extensions.stream().anyMatch(ending -> name.endsWith("." + ending)))
                .findFirst();
    }

    /**
     * The format to write a file in.
     *
     * @throws DataException if its name says none
     */
    public static ImageFormat ofTarget(Path file) {
        return ofName(file)
                .orElseThrow(() -> new DataException(
                        file + " does not say in which format to write; end its name with one of " + endings()));
    }

    private static String endings() {
        return Arrays.stream(values())
                .flatMap(format -> format.extensions.stream())
                .map(ending -> "." + ending)
                .collect(Collectors.joining(", "));
    }
}
