package io.github.unrolled.datasets.video.grid;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.catalogue.DatasetEntry;
import io.github.unrolled.datasets.catalogue.DatasetEntry.RemoteFile;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.ClipSource;
import io.github.unrolled.datasets.video.clip.ClipSplit;
import io.github.unrolled.datasets.video.clip.ClipSplit.Part;
import io.github.unrolled.datasets.video.clip.DecodedClip;
import io.github.unrolled.datasets.video.clip.FrameCache;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import io.github.unrolled.datasets.video.grid.GridClip.Flag;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The mouth of speaker s1 of the GRID corpus (Cooke et al. 2006) in 1000 sentences of six words, with a label for every
 * frame: the word that is spoken, silence, or a short pause. Frames are 96 x 64, grey, 25 a second.
 *
 * <p>A folder has it in one of three forms: the archive {@code grid-s1-mouth.zip} of a mirror, what {@link GridCrop} made
 * of the public originals, or these themselves. The archive is coded with a small loss (43 dB), the other two are exact.
 * Values are the luma as it is coded, 16 for black to 235 for white: a network that was trained on them reads other videos
 * with {@link io.github.unrolled.datasets.video.VideoOptions.Pixels#LUMA}.
 *
 * <p>The clip pbio7a is ruined and left out. Ten clips begin with 12 grey frames, which have no label in training and
 * validation; in the test's one such clip they count, so that figures compare with those of others.
 */
public final class GridMouth {
    /** The id in the catalogue. */
    public static final String ID = "grid-s1-mouth";

    /** The id of the folder of the public originals. */
    public static final String ORIGINALS_ID = "grid-s1";

    /** Silence, short pause, and the 51 words. */
    public static final List<String> CLASSES = classes();

    /** The class of silence. */
    public static final int SILENCE = 0;

    /** The class of a short pause. */
    public static final int PAUSE = 1;

    /** Of a frame. */
    public static final FrameSize SIZE = new FrameSize(64, 96, 1);

    private static final int GREY_FRAMES = 12;
    private static final String BASE =
            "https://raw.githubusercontent.com/TVR28/LipNet/7cdd534e95aa989d9ce61c8739c64563bc496d01/data/";

    private GridMouth() {}

    private static List<String> classes() {
        List<String> classes = new ArrayList<>(List.of("sil", "sp"));
        classes.addAll(GridClip.words());
        return List.copyOf(classes);
    }

    /** The 2000 public files, 431 MB, for a store to fetch: {@code s1/<clip>.mpg} and {@code align/<clip>.align}. */
    public static DatasetEntry originals() {
        List<RemoteFile> files = new ArrayList<>();
        for (GridClip clip : GridClip.all()) {
            files.add(file("s1/" + clip.name() + ".mpg", clip.video(), "s1/" + clip.name() + ".mpg"));
            files.add(file(
                    "align/" + clip.name() + ".align", clip.alignment(), "alignments/s1/" + clip.name() + ".align"));
        }
        return new DatasetEntry(
                ORIGINALS_ID,
                "GRID corpus, speaker s1: the 1000 original clips with word alignments",
                "frame-level classification after cutting out the mouth",
                "\"freely available for research use\" (GRID corpus, as quoted by a repository that describes it); the"
                        + " repository that holds the files has no licence file",
                "M. Cooke, J. Barker, S. Cunningham, X. Shao, An audio-visual corpus for speech perception and automatic"
                        + " speech recognition, JASA 120(5), 2006; files from github.com/TVR28/LipNet",
                files);
    }

    private static RemoteFile file(String path, GridClip.Original original, String remote) {
        return new RemoteFile(path, original.bytes(), original.sha256(), URI.create(BASE + remote));
    }

    /**
     * Loads the clips that are there, decoded into the cache.
     *
     * @param folder in one of the three forms
     * @param cache for the frames
     * @param size what frames are resized to, {@link #SIZE} for as they are; grey
     * @param progress is told the name of each clip before it is decoded
     * @return train, valid and test; what is missing or damaged is among the problems of train
     * @throws DataException if there is no clip
     */
    public static ClipSplit load(Path folder, FrameCache cache, FrameSize size, Consumer<String> progress)
            throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + " does not exist; a folder with grid-s1-mouth.zip, or with the cut or the"
                    + " original clips of GRID's speaker s1 is expected");
        }
        GridFiles files = GridFiles.of(folder);
        List<GridClip> known = GridClip.all();
        Map<String, Part> partOf = GridClip.parts(known);
        Map<Part, List<LabelledClip>> parts = new EnumMap<>(Part.class);
        List<String> problems = new ArrayList<>();
        int missing = 0;
        for (GridClip clip : known) {
            Optional<ClipSource> frames = files.frames(clip);
            if (frames.isEmpty()) {
                missing++;
                continue;
            }
            if (clip.flag() == Flag.RUINED) {
                continue;
            }
            progress.accept(clip.name());
            Part part = partOf.getOrDefault(clip.group(), Part.TRAIN);
            try {
                LabelledClip labelled = clip(clip, part, cache.clip(frames.get(), size), files);
                parts.computeIfAbsent(part, key -> new ArrayList<>()).add(labelled);
            } catch (DataException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (missing > 0) {
            problems.add(missing + " of the " + known.size() + " clips of GRID's speaker s1 are not in " + folder);
        }
        if (parts.isEmpty()) {
            throw new DataException("no clip of GRID's speaker s1 can be read: " + problems.get(0));
        }
        return new ClipSplit(
                set("train", parts.getOrDefault(Part.TRAIN, List.of()), problems),
                set("valid", parts.getOrDefault(Part.VALID, List.of()), List.of()),
                set("test", parts.getOrDefault(Part.TEST, List.of()), List.of()));
    }

    private static LabelledClip clip(GridClip clip, Part part, DecodedClip frames, GridFiles files) throws IOException {
        if (frames.frames() != clip.frames()) {
            throw new DataException(
                    "the clip " + clip.name() + " has " + frames.frames() + " frames, expected " + clip.frames());
        }
        int[] labels = files.labels(clip).of(CLASSES, frames.frames(), frames::seconds, frames.frameRateHz());
        if (clip.flag() == Flag.GREY12 && part != Part.TEST) {
            java.util.Arrays.fill(labels, 0, GREY_FRAMES, LabelledClip.NONE);
        }
        return new LabelledClip(clip.name(), clip.group(), frames, labels);
    }

    private static ClipSet set(String part, List<LabelledClip> clips, List<String> problems) {
        return new ClipSet("grid-s1 " + part, CLASSES, LabelLevel.FRAME, clips, problems);
    }
}
