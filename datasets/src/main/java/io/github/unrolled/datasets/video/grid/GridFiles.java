package io.github.unrolled.datasets.video.grid;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.VideoOptions.Pixels;
import io.github.unrolled.datasets.video.clip.ClipSource;
import io.github.unrolled.datasets.video.clip.LabelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Where the frames and labels of the clips are: the three forms in which a folder may have them. */
sealed interface GridFiles {
    /** Luma as it is coded, so that the three forms give the same values. */
    VideoOptions LUMA = VideoOptions.standard().withPixels(Pixels.LUMA);

    int LARGEST_ALIGNMENT = 1 << 16;

    /** The frames of a clip, the mouth only, if it is there. */
    Optional<ClipSource> frames(GridClip clip);

    /** The labels of a clip whose frames are there. */
    LabelFile labels(GridClip clip) throws IOException;

    /** The archive with mouths and labels. */
    record Archive(Path zip) implements GridFiles {
        @Override
        public Optional<ClipSource> frames(GridClip clip) {
            return Optional.of(
                    ClipSource.ofZip(zip, "video/" + clip.name() + ".mp4").withOptions(LUMA));
        }

        @Override
        public LabelFile labels(GridClip clip) throws IOException {
            String member = "align/" + clip.name() + ".align";
            try (ZipFile file = new ZipFile(zip.toFile())) {
                ZipEntry entry = file.getEntry(member);
                if (entry == null) {
                    throw new DataException(zip + " does not hold " + member);
                }
                try (InputStream in = file.getInputStream(entry)) {
                    return LabelFile.parse(zip + " (" + member + ")", in.readNBytes(LARGEST_ALIGNMENT), true);
                }
            }
        }
    }

    /** A folder that {@link GridCrop} wrote. */
    record Cropped(Path folder) implements GridFiles {
        @Override
        public Optional<ClipSource> frames(GridClip clip) {
            Path file = GridCrop.video(folder, clip);
            return Files.isRegularFile(file) ? Optional.of(ClipSource.of(file).withOptions(LUMA)) : Optional.empty();
        }

        @Override
        public LabelFile labels(GridClip clip) throws IOException {
            return LabelFile.read(GridCrop.alignment(folder, clip));
        }
    }

    /** The public files, all in one folder or in {@code s1} and {@code align}. */
    record Originals(Path folder) implements GridFiles {
        @Override
        public Optional<ClipSource> frames(GridClip clip) {
            Path file = GridCrop.original(folder, "s1", clip.name() + ".mpg");
            return Files.isRegularFile(file)
                    ? Optional.of(ClipSource.of(file).withOptions(LUMA).withBox(clip.mouth()))
                    : Optional.empty();
        }

        @Override
        public LabelFile labels(GridClip clip) throws IOException {
            return LabelFile.read(GridCrop.original(folder, "align", clip.name() + ".align"));
        }
    }

    /** The form that a folder has. */
    static GridFiles of(Path folder) {
        Path zip = folder.resolve("grid-s1-mouth.zip");
        if (Files.isRegularFile(zip)) {
            return new Archive(zip);
        }
        return Files.isDirectory(folder.resolve("mouth")) ? new Cropped(folder) : new Originals(folder);
    }
}
