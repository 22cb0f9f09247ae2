package io.github.unrolled.datasets.video.grid;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.VideoFrame;
import io.github.unrolled.datasets.video.VideoReader;
import io.github.unrolled.datasets.video.VideoSource;
import io.github.unrolled.datasets.video.VideoWriter;
import io.github.unrolled.model.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts the mouths out of the public clips: every frame in order, its luma as it is coded, the clip's box, no scaling. They
 * are kept without loss, as {@code mouth/<clip>.mkv} beside {@code align/<clip>.align}; a clip that is there is not made
 * again.
 */
public final class GridCrop {
    private GridCrop() {}

    static Path video(Path folder, GridClip clip) {
        return folder.resolve("mouth").resolve(clip.name() + ".mkv");
    }

    static Path alignment(Path folder, GridClip clip) {
        return folder.resolve("align").resolve(clip.name() + ".align");
    }

    /** A public file in the folder itself or in a part of it. */
    static Path original(Path folder, String part, String name) {
        Path within = folder.resolve(part).resolve(name);
        return Files.isRegularFile(within) ? within : folder.resolve(name);
    }

    /**
     * Cuts all clips whose originals are there.
     *
     * @param originals folder with the .mpg and .align files, in it or in {@code s1} and {@code align}
     * @param target the folder to write
     * @param progress is told the name of each clip before it is cut
     * @return a sentence for each clip that is missing or could not be cut
     * @throws DataException if none is there
     */
    public static List<String> run(Path originals, Path target, Consumer<String> progress) throws IOException {
        Files.createDirectories(target.resolve("mouth"));
        Files.createDirectories(target.resolve("align"));
        List<String> problems = new ArrayList<>();
        int done = 0;
        for (GridClip clip : GridClip.all()) {
            Path video = original(originals, "s1", clip.name() + ".mpg");
            Path labels = original(originals, "align", clip.name() + ".align");
            if (!Files.isRegularFile(video) || !Files.isRegularFile(labels)) {
                problems.add(clip.name() + ".mpg or " + clip.name() + ".align is not in " + originals);
                continue;
            }
            progress.accept(clip.name());
            try {
                if (!Files.isRegularFile(video(target, clip))) {
                    crop(clip, video, video(target, clip));
                }
                byte[] bytes = Files.readAllBytes(labels);
                AtomicFile.write(alignment(target, clip), bytes);
                done++;
            } catch (DataException e) {
                problems.add(String.valueOf(e.getMessage()));
            }
        }
        if (done == 0) {
            throw new DataException("no clip could be cut from " + originals + ": " + problems.get(0));
        }
        return problems;
    }

    private static void crop(GridClip clip, Path from, Path to) throws IOException {
        FrameSize size = GridMouth.SIZE;
        byte[] bytes = new byte[size.values()];
        int frames = 0;
        try (VideoReader reader = VideoReader.open(VideoSource.of(from), GridFiles.LUMA);
                VideoWriter writer = VideoWriter.open(to, size.width(), size.height(), reader.frameRateHz())) {
            if (reader.width() < clip.mouth().x() + size.width()
                    || reader.height() < clip.mouth().y() + size.height()) {
                throw new DataException(from + " has frames of " + reader.width() + " x " + reader.height()
                        + " pixels, expected 360 x 288");
            }
            for (Optional<VideoFrame> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                frame.get().copyTo(clip.mouth(), size, bytes, 0);
                writer.write(bytes);
                frames++;
            }
            if (frames != clip.frames()) {
                throw new DataException(from + " has " + frames + " frames, expected " + clip.frames()
                        + "; was it downloaded completely?");
            }
            writer.finish();
        }
    }
}
