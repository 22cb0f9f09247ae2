package io.github.unrolled.video;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.models.video.VideoSettings;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Mixin;

/** {@code --data} of videos: the embedded shapes, a set of the catalogue, or a folder of one's own. */
final class DataSource {
    /** What can be named beside a folder. */
    static final List<String> NAMES = List.of(Shapes.FRAMES, Shapes.CLIPS);

    @Mixin
    private final DataOptions data = new DataOptions();

    /** What was given, or this. */
    String name(String otherwise) {
        return data.data().orElse(otherwise);
    }

    /**
     * Reads a set.
     *
     * @throws UsageException if there is no such data
     */
    VideoSet read(String name, Console console) throws IOException {
        if (name.equals(Shapes.FRAMES)) {
            return Shapes.set(LabelLevel.FRAME);
        }
        if (name.equals(Shapes.CLIPS)) {
            return Shapes.set(LabelLevel.CLIP);
        }
        throw new UsageException("--data is " + name + ", which is no folder and none of " + String.join(", ", NAMES));
    }

    /** The network for a set where the command line does not say otherwise. */
    static VideoSettings preset(String name) {
        return Presets.shapes();
    }
}
