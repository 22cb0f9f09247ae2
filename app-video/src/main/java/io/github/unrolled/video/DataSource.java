package io.github.unrolled.video;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.actions.LipWords;
import io.github.unrolled.datasets.video.actions.WeizmannMasks;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.gesture.GesturePhase;
import io.github.unrolled.datasets.video.grid.GridMouth;
import io.github.unrolled.models.video.VideoSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --data} of videos: the embedded shapes, a set of the catalogue, or a folder of one's own. */
final class DataSource {
    /** What can be named beside a folder; after a colon, who is left out. */
    static final List<String> NAMES = List.of(
            Shapes.FRAMES,
            Shapes.CLIPS,
            GridMouth.ID,
            LipWords.ID,
            WeizmannMasks.ID + ":daria",
            GesturePhase.ID,
            GesturePhase.ID + ":a");

    private static final List<String> DIVIDED = List.of(WeizmannMasks.ID, GesturePhase.ID);
    private static final FrameSize OWN = new FrameSize(48, 64, 1);
    private static final long CACHE_BYTES = 4L << 30;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--size",
            paramLabel = "WxH",
            description = "Frames are reduced to this (default: 64x48, of the sets of the catalogue their own).",
            order = 53)
    private @Nullable String size;

    @Option(names = "--colour", description = "One's own clips keep their colours.", order = 54)
    private boolean colour;

    /** What was given, or this. */
    String name(String otherwise) {
        return data.data().orElse(otherwise);
    }

    /** A name without what is left out. */
    static String set(String name) {
        return DIVIDED.stream()
                .filter(id -> name.startsWith(id + ":"))
                .findFirst()
                .orElse(name);
    }

    /** Whether a set is divided in more than one way. */
    static boolean isDivided(String name) {
        return DIVIDED.contains(set(name));
    }

    /** What is left out; empty for nothing. */
    static String leftOut(String name) {
        return name.substring(Math.min(name.length(), set(name).length() + 1));
    }

    /** Checks what can be checked without reading. */
    void check() {
        size(OWN);
    }

    /**
     * Reads a set.
     *
     * @throws UsageException if there is no such data
     */
    VideoSet read(String name, Console console) throws IOException {
        return switch (set(name)) {
            case Shapes.FRAMES -> Shapes.set(LabelLevel.FRAME);
            case Shapes.CLIPS -> Shapes.set(LabelLevel.CLIP);
            case GesturePhase.ID -> Gestures.set(fetch(GesturePhase.ID, console), leftOut(name));
            case GridMouth.ID -> lips(console);
            case LipWords.ID -> words(console);
            case WeizmannMasks.ID -> Actions.set(folder(fetch(WeizmannMasks.ID, console), ".mat"), leftOut(name));
            default -> own(name, console);
        };
    }

    private List<Path> fetch(String id, Console console) throws IOException {
        return data.fetch(id, console).orElseThrow(() -> new UsageException("the catalogue has no data set " + id));
    }

    /** The archive of a mirror, or what {@code prepare} cut out of the public originals. */
    private VideoSet lips(Console console) throws IOException {
        Path prepared = PrepareVerb.folder(data);
        Path folder =
                Files.isDirectory(prepared) ? prepared : folder(fetch(GridMouth.ID, console), GridMouth.ID + ".zip");
        try (Progress progress = Progress.start(console, "reading " + GridMouth.ID)) {
            return Lips.set(folder, cache(), size(Lips.SIZE), clip -> progress.update(0, () -> clip));
        }
    }

    private VideoSet words(Console console) throws IOException {
        // A folder for each word.
        Path folder = Objects.requireNonNull(
                folder(fetch(LipWords.ID, console), ".mp4").getParent());
        try (Progress progress = Progress.start(console, "reading " + LipWords.ID)) {
            return Lips.words(folder, cache(), size(Lips.WORD_SIZE), clip -> progress.update(0, () -> clip));
        }
    }

    /** Where the file with that ending lies. */
    private static Path folder(List<Path> files, String ending) {
        return files.stream()
                .filter(file -> file.toString().endsWith(ending))
                .findFirst()
                .map(Path::getParent)
                .orElseThrow();
    }

    private VideoSet own(String name, Console console) throws IOException {
        Path folder = Path.of(name);
        if (!Files.isDirectory(folder)) {
            throw new UsageException(
                    "--data is " + name + ", which is no folder and none of " + String.join(", ", NAMES));
        }
        try (Progress progress = Progress.start(console, "reading " + name)) {
            return OwnClips.set(folder, cache(), size(OWN), clip -> progress.update(0, () -> clip));
        }
    }

    private FrameCache cache() {
        Path folder = data.cache().orElseGet(DatasetStore::defaultFolder).resolve("frames");
        return new FrameCache(folder, CACHE_BYTES);
    }

    private FrameSize size(FrameSize otherwise) {
        if (size == null) {
            return new FrameSize(otherwise.height(), otherwise.width(), colour ? 3 : 1);
        }
        String[] sides = size.split("x", -1);
        try {
            if (sides.length == 2) {
                return new FrameSize(
                        Integer.parseInt(sides[1].strip()), Integer.parseInt(sides[0].strip()), colour ? 3 : 1);
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException("--size is " + size + ": " + e.getMessage());
        }
        throw new UsageException("--size is " + size + ", expected width and height such as 64x48");
    }

    /** The network for a set where the command line does not say otherwise. */
    static VideoSettings preset(String name) {
        return Presets.of(
                switch (set(name)) {
                    case Shapes.FRAMES, Shapes.CLIPS -> "shapes";
                    case GesturePhase.ID -> "gestures";
                    case GridMouth.ID -> "lips";
                    case WeizmannMasks.ID -> "silhouettes";
                    case LipWords.ID -> "words";
                    default -> "actions";
                });
    }
}
