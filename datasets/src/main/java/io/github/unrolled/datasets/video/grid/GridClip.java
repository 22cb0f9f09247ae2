package io.github.unrolled.datasets.video.grid;

import io.github.unrolled.datasets.video.Box;
import io.github.unrolled.datasets.video.clip.ClipSplit.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is known of a clip of speaker s1.
 *
 * @param name six letters that stand for the words of its sentence
 * @param session 1, or 2 for the 31 clips with other clothes and light
 * @param frames 75, or 74 for five clips
 * @param mouth where the mouth is, one box for the whole clip
 * @param flag what is wrong with it
 * @param video bytes and SHA-256 of the public MPEG-1 file
 * @param alignment bytes and SHA-256 of the public file of labels
 */
public record GridClip(String name, int session, int frames, Box mouth, Flag flag, Original video, Original alignment) {
    private static final int WIDTH = 96;
    private static final int HEIGHT = 64;
    private static final int GROUP_LETTERS = 4;
    private static final int PARTS = 10;
    private static final int TEST = 9;
    private static final int VALID = 8;

    private static final List<Map<Character, String>> GRAMMAR = List.of(
            Map.of('b', "bin", 'l', "lay", 'p', "place", 's', "set"),
            Map.of('b', "blue", 'g', "green", 'r', "red", 'w', "white"),
            Map.of('a', "at", 'b', "by", 'i', "in", 'w', "with"),
            letters(),
            Map.of(
                    'z', "zero", '1', "one", '2', "two", '3', "three", '4', "four", '5', "five", '6', "six", '7',
                    "seven", '8', "eight", '9', "nine"),
            Map.of('a', "again", 'n', "now", 'p', "please", 's', "soon"));

    /** What is wrong with a clip. */
    public enum Flag {
        /** Nothing. */
        NONE,
        /** The public file begins without a picture to start from: its first 12 frames are grey. */
        GREY12,
        /** Broken up to about frame 60; not used. */
        RUINED,
        /** One damaged block. */
        MACROBLOCK,
        /** 74 frames in place of 75. */
        SHORT
    }

    /**
     * A public file.
     *
     * @param bytes its size
     * @param sha256 its checksum, hexadecimal
     */
    public record Original(long bytes, String sha256) {}

    private static Map<Character, String> letters() {
        return "abcdefghijklmnopqrstuvxyz"
                .chars()
                .mapToObj(c -> (char) c)
                .collect(Collectors.toMap(Function.identity(), String::valueOf));
    }

    /** All 1000 clips, sorted by name. */
    public static List<GridClip> all() {
        List<GridClip> clips = new ArrayList<>();
        try (InputStream in = Objects.requireNonNull(GridClip.class.getResourceAsStream("clips.tsv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            reader.lines().skip(1).forEach(line -> clips.add(parse(line.split("\t", -1))));
        } catch (IOException e) {
            throw new UncheckedIOException("the library's list of clips cannot be read", e);
        }
        return clips;
    }

    private static GridClip parse(String[] fields) {
        return new GridClip(
                fields[0],
                Integer.parseInt(fields[1]),
                Integer.parseInt(fields[2]),
                new Box(Integer.parseInt(fields[3]), Integer.parseInt(fields[4]), WIDTH, HEIGHT),
                fields[5].isEmpty() ? Flag.NONE : Flag.valueOf(fields[5].toUpperCase(java.util.Locale.ROOT)),
                new Original(Long.parseLong(fields[6]), fields[7]),
                new Original(Long.parseLong(fields[8]), fields[9]));
    }

    /** Clips with the same command, colour, preposition and letter, which are never divided. */
    public String group() {
        return name.substring(0, GROUP_LETTERS);
    }

    /** The six words that are spoken. */
    public List<String> sentence() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < GRAMMAR.size(); i++) {
            words.add(GRAMMAR.get(i).getOrDefault(name.charAt(i), "?"));
        }
        return words;
    }

    /** All words that are spoken, sorted. */
    static List<String> words() {
        TreeSet<String> words = new TreeSet<>();
        GRAMMAR.forEach(part -> words.addAll(part.values()));
        return List.copyOf(words);
    }

    /** The part of each group: of the sorted groups every tenth tests, the one before it validates, the others train. */
    static Map<String, Part> parts(List<GridClip> clips) {
        List<String> groups =
                List.copyOf(new TreeSet<>(clips.stream().map(GridClip::group).toList()));
        return groups.stream().collect(Collectors.toMap(Function.identity(), group -> {
            int place = groups.indexOf(group) % PARTS;
            return place == TEST ? Part.TEST : place == VALID ? Part.VALID : Part.TRAIN;
        }));
    }
}
