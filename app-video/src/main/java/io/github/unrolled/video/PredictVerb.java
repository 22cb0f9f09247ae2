package io.github.unrolled.video;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.OptionValues;
import io.github.unrolled.app.OutOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.Box;
import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.VideoSource;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.video.FrameStream;
import io.github.unrolled.models.video.SavedVideo;
import io.github.unrolled.models.video.VideoConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Labels the user's videos, cameras and streams. */
@Command(
        name = "predict",
        description = "Label videos frame by frame; a bad one is reported and the others are done.",
        footer = {
            "  ./run video predict --source film.mp4 --model runs/mine",
            "  ./run video predict --source 'clips/*.avi' --model video/weizmann --out labelled/",
            "  ./run video predict --source 0 --model runs/mine --show",
            "  ./run video predict --source https://example.org/film.webm --stride 2 --no-film",
            "  ./run video predict --source s1/bbaf2n.mpg --model video/grid-s1 --crop 96x64+108+181"
        })
final class PredictVerb extends Verb {
    private static final String MODEL = "video/shapes";

    @Option(
            names = "--source",
            paramLabel = "SOURCE",
            required = true,
            description =
                    "A file, a folder, a glob, numbered pictures such as frame%%04d.png, the index of a camera, or an"
                            + " address.")
    private String source = "";

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final OutOption out = new OutOption();

    @Option(
            names = "--stride",
            paramLabel = "N",
            description = "Look at every Nth frame only (default: ${DEFAULT-VALUE}).")
    private int stride = 1;

    @Option(
            names = "--crop",
            paramLabel = "WxH+X+Y",
            description = "The network looks at this part of every frame only: width, height, and where it begins, in"
                    + " pixels from the upper left.")
    private @Nullable String crop;

    @Option(names = "--no-film", description = "Write tables and timelines, and no annotated film, which is faster.")
    private boolean noFilm;

    @Option(names = "--show", description = "Show the annotated film in a window while it is made.")
    private boolean show;

    @Override
    protected Result run(Console console) throws Exception {
        OptionValues.positive("--stride", stride);
        if (show && noFilm) {
            throw new UsageException("--show shows the film that --no-film leaves out; give one of them");
        }
        Optional<Box> part = part();
        List<VideoSource> sources = VideoSource.all(source);
        Path folder = Files.createDirectories(out.orElse(Path.of("runs", "video-predict")));
        Backend backend = Backends.best();
        List<ResultRow> rows = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        try (SavedVideo saved = model.load(MODEL, SavedVideo::load, backend);
                Engine engine = backend.newEngine(threads());
                Screen screen = Screen.open(show, console)) {
            checkPixels(saved);
            remarkDelay(saved, engine, console);
            Set<String> stems = new HashSet<>();
            for (VideoSource each : sources) {
                if (console.interruption().requested()) {
                    break;
                }
                Labelling.Target target = new Labelling.Target(folder, stem(each, stems), !noFilm);
                try {
                    one(each, target, new Labelling(saved, engine, part, watch(console, screen)), rows, failures);
                } catch (DataException | IOException | IllegalArgumentException e) {
                    failures.add(sentenceOf(e));
                }
            }
        }
        return new Result(rows, failures);
    }

    private Optional<Box> part() {
        try {
            return Optional.ofNullable(crop).map(Box::parse);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--crop: " + e.getMessage());
        }
    }

    private void one(
            VideoSource each, Labelling.Target target, Labelling labelling, List<ResultRow> rows, List<String> failures)
            throws IOException {
        VideoOptions options = VideoOptions.standard().withStride(stride);
        Labelling.Outcome outcome = labelling.label(each, options, target, frame -> -1);
        rows.add(ResultRow.of(each.name(), "frames", (double) outcome.frames(), "")
                .with("label", outcome.label())
                .with("speed", Math.round(10 * outcome.framesPerSecond()) / 10.0)
                .with("files", target.file(noFilm ? ".csv" : ".mp4").toString()));
        failures.addAll(outcome.problems());
    }

    private static void checkPixels(SavedVideo saved) {
        VideoConfig config = saved.model().config();
        if (config.convolutions().isEmpty() || (config.channels() != 1 && config.channels() != 3)) {
            throw new UsageException(
                    "--model reads features and not the pixels of a video; name one that was trained on" + " videos");
        }
    }

    private static void remarkDelay(SavedVideo saved, Engine engine, Console console) {
        try (FrameStream stream = new FrameStream(saved, engine)) {
            if (stream.delay() > 0) {
                console.remark("The model looks ahead: a label comes up to " + stream.delay() + " frames later.");
            }
        }
    }

    private static Labelling.Watch watch(Console console, Screen screen) {
        return new Labelling.Watch() {
            @Override
            public void frame(byte[] bgr, int width, int height) {
                screen.show(bgr, width, height);
            }

            @Override
            public boolean stop() {
                return console.interruption().requested() || screen.isClosed();
            }
        };
    }

    /** A name for the files of a source that no other source of this call has. */
    private static String stem(VideoSource source, Set<String> taken) {
        String name = source.name().replaceAll("[?#].*", "").replaceAll("[/\\\\]+$", "");
        name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        int dot = name.lastIndexOf('.');
        String stem = (dot > 0 ? name.substring(0, dot) : name).replaceAll("[^\\p{L}\\p{N}._-]", "-");
        String free = stem;
        for (int i = 2; !taken.add(free); i++) {
            free = stem + "-" + i;
        }
        return free;
    }
}
