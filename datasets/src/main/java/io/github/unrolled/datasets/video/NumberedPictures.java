package io.github.unrolled.datasets.video;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.image.ImageFormat;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds pictures that are the frames of a video, by the numbers in their names. */
final class NumberedPictures {
    private static final Pattern LAST_NUMBER = Pattern.compile("(\\d+)(?!.*\\d)");
    private static final Pattern PLACE = Pattern.compile("%0?(\\d*)d");

    private NumberedPictures() {}

    /** The pictures of a folder, by the last number in their names and then by the names. */
    static VideoSource.Pictures ofFolder(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> ImageFormat.ofName(file).isPresent())
                    .filter(file -> !name(file).startsWith("."))
                    .sorted(Comparator.comparing(NumberedPictures::number).thenComparing(NumberedPictures::name))
                    .toList();
        }
        if (files.isEmpty()) {
            throw new DataException("the folder " + folder + " has neither videos ("
                    + String.join(" ", VideoFormat.endings()) + ") nor pictures");
        }
        return new VideoSource.Pictures(folder.toString(), files);
    }

    /** The files that a pattern such as {@code frame%04d.png} names, by their numbers. */
    static VideoSource.Pictures ofPattern(Path pattern) throws IOException {
        Path folder = Optional.ofNullable(pattern.getParent()).orElse(Path.of(""));
        String name = name(pattern);
        Matcher place = PLACE.matcher(name);
        if (!place.find()) {
            throw new DataException(pattern + " has no place for the number in its last part, such as %04d");
        }
        String digits = place.group(1).isEmpty() ? "\\d+" : "\\d{" + place.group(1) + ",}";
        Pattern wanted = Pattern.compile(Pattern.quote(name.substring(0, place.start())) + "(" + digits + ")"
                + Pattern.quote(name.substring(place.end())));
        if (!Files.isDirectory(folder.toAbsolutePath())) {
            throw new DataException("no file is called " + pattern + "; the folder " + folder + " does not exist");
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(folder)) {
            files = found.filter(file -> wanted.matcher(name(file)).matches())
                    .sorted(Comparator.comparing(file -> numberOf(wanted, file)))
                    .toList();
        }
        if (files.isEmpty()) {
            throw new DataException("no file is called " + pattern + " with a number in place of " + place.group());
        }
        return new VideoSource.Pictures(pattern.toString(), files);
    }

    private static BigInteger numberOf(Pattern pattern, Path file) {
        Matcher matcher = pattern.matcher(name(file));
        return matcher.matches() ? new BigInteger(matcher.group(1)) : BigInteger.ZERO;
    }

    private static BigInteger number(Path file) {
        Matcher matcher = LAST_NUMBER.matcher(name(file));
        return matcher.find() ? new BigInteger(matcher.group(1)) : BigInteger.ONE.negate();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }
}
