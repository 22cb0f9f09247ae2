package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Makes sets of the clips in a folder. Where files with labels ({@link LabelFile}) lie beside the videos, frames have the
 * labels; else every subfolder is a class. A clip is its own group unless the folder has a {@code clips.csv}
 * ({@link ClipList}). Clips that cannot be used are left out and named in {@link ClipSet#problems}.
 */
public final class ClipFolder {
    private final Path folder;
    private final FrameCache cache;
    private final FrameSize size;
    private final Consumer<String> progress;

    /**
     * A folder.
     *
     * @param folder with the videos, in it and below
     * @param cache for their frames
     * @param size what frames are resized to
     * @param progress is told the name of each clip before it is decoded
     */
    public ClipFolder(Path folder, FrameCache cache, FrameSize size, Consumer<String> progress) {
        this.folder = folder;
        this.cache = cache;
        this.size = size;
        this.progress = progress;
    }

    /**
     * The set.
     *
     * @throws DataException if the folder has no videos, or none that can be used, or they are neither labelled nor in
     *     folders of classes
     */
    public ClipSet load() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new DataException(folder + (Files.exists(folder) ? " is not a folder" : " does not exist"));
        }
        List<Path> videos = VideoFormat.list(folder);
        if (videos.isEmpty()) {
            throw new DataException(folder + " has no videos; files ending with "
                    + String.join(" ", VideoFormat.endings()) + " are expected, in it or in a folder for each class");
        }
        boolean labelled =
                videos.stream().anyMatch(video -> LabelFile.beside(video).isPresent());
        ClipSet set = labelled ? perFrame(videos) : perClass(videos);
        if (set.clips().isEmpty()) {
            throw new DataException("no clip of " + folder + " can be used: " + String.join("; ", set.problems()));
        }
        return set;
    }

    /**
     * The classes of videos, each for itself: the labels of the file beside it, or else the name of its folder.
     *
     * @return in alphabetical order
     * @throws DataException if a file of labels is not as it should be
     */
    public static List<String> classesOf(List<Path> videos) throws IOException {
        TreeSet<String> classes = new TreeSet<>();
        for (Path video : videos) {
            Optional<Path> beside = LabelFile.beside(video);
            classes.addAll(beside.isPresent() ? LabelFile.read(beside.get()).labels() : List.of(parent(video)));
        }
        return List.copyOf(classes);
    }

    /**
     * One video as a clip, called by its path and its own group; see {@link #classesOf}.
     *
     * @throws DataException if it or its labels cannot be used
     */
    public static LabelledClip clip(Path video, List<String> classes, FrameCache cache, FrameSize size)
            throws IOException {
        DecodedClip frames = cache.clip(ClipSource.of(video), size);
        Optional<Path> beside = LabelFile.beside(video);
        if (beside.isPresent()) {
            int[] labels =
                    LabelFile.read(beside.get()).of(classes, frames.frames(), frames::seconds, frames.frameRateHz());
            return new LabelledClip(video.toString(), video.toString(), frames, labels);
        }
        return LabelledClip.ofClass(video.toString(), video.toString(), frames, classes.indexOf(parent(video)));
    }

    private static String parent(Path video) {
        Path parent = video.toAbsolutePath().getParent();
        return parent == null || parent.getFileName() == null
                ? ""
                : parent.getFileName().toString();
    }

    private ClipSet perClass(List<Path> videos) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<Path, String> classOf = new TreeMap<>();
        for (Path video : videos) {
            Path below = folder.relativize(video);
            if (below.getNameCount() > 1) {
                classOf.put(video, below.getName(0).toString());
            } else {
                problems.add(video + " is neither in the folder of a class nor has it a file with labels beside it");
            }
        }
        List<String> classes = List.copyOf(new TreeSet<>(classOf.values()));
        Optional<ClipList> list = ClipList.in(folder);
        List<LabelledClip> clips = new ArrayList<>();
        for (Map.Entry<Path, String> each : classOf.entrySet()) {
            decode(each.getKey(), problems).ifPresent(frames -> {
                String name = name(each.getKey());
                clips.add(LabelledClip.ofClass(name, group(list, name), frames, classes.indexOf(each.getValue())));
            });
        }
        return new ClipSet(title(), classes, LabelLevel.CLIP, clips, problems);
    }

    private ClipSet perFrame(List<Path> videos) throws IOException {
        List<String> problems = new ArrayList<>();
        Map<Path, LabelFile> labels = new TreeMap<>();
        TreeSet<String> classes = new TreeSet<>();
        for (Path video : videos) {
            Optional<Path> beside = LabelFile.beside(video);
            if (beside.isEmpty()) {
                problems.add(video + " has no file with labels beside it (.csv or .align of the same name)");
                continue;
            }
            try {
                LabelFile file = LabelFile.read(beside.get());
                labels.put(video, file);
                classes.addAll(file.labels());
            } catch (DataException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        List<String> names = List.copyOf(classes);
        Optional<ClipList> list = ClipList.in(folder);
        List<LabelledClip> clips = new ArrayList<>();
        for (Map.Entry<Path, LabelFile> each : labels.entrySet()) {
            String name = name(each.getKey());
            Optional<DecodedClip> frames = decode(each.getKey(), problems);
            if (frames.isEmpty()) {
                continue;
            }
            DecodedClip decoded = frames.get();
            try {
                int[] classOf = each.getValue().of(names, decoded.frames(), decoded::seconds, decoded.frameRateHz());
                clips.add(new LabelledClip(name, group(list, name), decoded, classOf));
            } catch (DataException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        return new ClipSet(title(), names, LabelLevel.FRAME, clips, problems);
    }

    private Optional<DecodedClip> decode(Path video, List<String> problems) throws IOException {
        progress.accept(name(video));
        try {
            DecodedClip clip = cache.clip(ClipSource.of(video), size);
            problems.addAll(clip.problems());
            return Optional.of(clip);
        } catch (DataException e) {
            problems.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private String title() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    /** The path below the folder, with / between its parts. */
    private String name(Path video) {
        return folder.relativize(video).toString().replace('\\', '/');
    }

    private static String group(Optional<ClipList> list, String name) {
        return list.flatMap(known -> known.group(name)).orElse(name);
    }
}
