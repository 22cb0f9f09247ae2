package io.github.unrolled.video;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.OutOption;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.datasets.video.VideoOptions;
import io.github.unrolled.datasets.video.VideoSource;
import io.github.unrolled.datasets.video.VideoWriter;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import io.github.unrolled.datasets.video.clip.LabelledClip;
import io.github.unrolled.datasets.video.shapes.MovingShapes;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.video.LabelledSequence;
import io.github.unrolled.models.video.Labels;
import io.github.unrolled.models.video.SavedVideo;
import io.github.unrolled.models.video.SequenceLabeller;
import io.github.unrolled.models.video.Values;
import io.github.unrolled.models.video.VideoConfig;
import io.github.unrolled.models.video.VideoData;
import io.github.unrolled.models.video.VideoEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A clip that is made on the spot, written as a video, read again and labelled frame by frame by the shipped network. */
@Command(
        name = "demo",
        description = "Label a clip of moving shapes that nobody has seen before, and write film, timeline and table.",
        footer = {"  ./run video", "  ./run video demo --seed 7 --out runs/demo --json demo.json"})
final class DemoVerb extends Verb {
    private static final int FRAMES = 300;
    private static final int ENLARGED = 8;
    private static final String STEM = "shapes";

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final OutOption out = new OutOption();

    @Override
    protected Result run(Console console) throws Exception {
        Path folder = Files.createDirectories(out.orElse(Path.of("runs", "video-demo")));
        MovingShapes shapes = new MovingShapes(FRAMES, MovingShapes.standard().side());
        MovingShapes.Sample sample = shapes.sample("demo", 1, LabelLevel.FRAME, seed().split("demo"));
        LabelledClip clip = sample.clips().clips().get(0);
        Path raw = folder.resolve(STEM + "-unlabelled.mp4");
        write(raw, clip);
        Backend backend = Backends.best();
        try (SavedVideo saved = model.load("video/shapes", SavedVideo::load, backend);
                Engine engine = backend.newEngine(threads())) {
            Labelling labelling = new Labelling(saved, engine, Optional.empty(), new Labelling.Watch() {
                @Override
                public void frame(byte[] bgr, int width, int height) {}

                @Override
                public boolean stop() {
                    return console.interruption().requested();
                }
            });
            Labelling.Outcome outcome = labelling.label(
                    VideoSource.of(raw),
                    VideoOptions.standard(),
                    new Labelling.Target(folder, STEM, true),
                    clip::label);
            console.interruption().check();
            return tell(console, folder, clip, sample.memorylessAccuracy(), saved, engine, outcome);
        }
    }

    private Result tell(
            Console console,
            Path folder,
            LabelledClip clip,
            double memoryless,
            SavedVideo saved,
            Engine engine,
            Labelling.Outcome outcome)
            throws IOException {
        LabelledSequence sequence = LabelledSequence.of(clip);
        VideoEvaluation found = new VideoEvaluation(saved.classes().size(), Set.of());
        found.add(saved, engine, List.of(sequence), () -> false);
        int[] labels;
        try (SequenceLabeller labeller = new SequenceLabeller(saved, engine)) {
            labels = Labels.best(labeller.frames(Values.of(clip.frames())));
        }
        new TimelinePicture(saved.classes(), Set.of(), MovingShapes.FRAME_RATE_HZ)
                .add("true", clip.labels())
                .add("found", labels)
                .write(folder.resolve(STEM + "-timeline.png"), "Which shape was shown alone last?");
        console.out()
                .println(console.bold("Which shape was shown alone last? The label of a frame is what came earlier."));
        console.out()
                .printf(
                        Locale.ROOT,
                        "%d frames labelled at %.0f a second, decoding and film included.%n",
                        outcome.frames(),
                        outcome.framesPerSecond());
        console.out()
                .printf(
                        Locale.ROOT,
                        "Right: %.1f %% of the frames; the best that can be said of this clip without memory: %.1f %%.%n",
                        100 * found.confusion().accuracy(),
                        100 * memoryless);
        console.out().printf(Locale.ROOT, "%n%s has:%n", folder);
        console.out().printf("  %s.mp4           the clip, label, confidence and truth under the picture%n", STEM);
        console.out().printf("  %s-timeline.png  what is true over what was found%n", STEM);
        console.out().printf("  %s.csv           the probability of every class at every frame%n", STEM);
        console.out().println("Next: ./run video train --data your-clips/ (a folder for each class)");
        VideoSet set = new VideoSet(
                "demo", "one clip of seed " + seed().value(), data(saved, sequence), List.of(), Set.of(), List.of());
        return Result.of(Score.rows(set, Benchmark.OURS, found))
                .with(Score.row(set, "best without memory", "frame-accuracy", 100 * memoryless));
    }

    private static VideoData data(SavedVideo saved, LabelledSequence sequence) {
        VideoConfig config = saved.model().config();
        return new VideoData(
                "demo",
                saved.classes(),
                config.height(),
                config.width(),
                config.channels(),
                false,
                List.of(sequence),
                List.of(sequence));
    }

    /** Rows are told by the demo itself. */
    @Override
    protected void show(Result result, Console console) {}

    /** The clip as a video, each pixel a square so large that the coding leaves it what it is. */
    private static void write(Path file, LabelledClip clip) throws IOException {
        int height = clip.frames().size().height();
        int width = clip.frames().size().width();
        byte[] frame = new byte[clip.frames().size().values()];
        byte[] bgr = new byte[3 * frame.length * ENLARGED * ENLARGED];
        try (VideoWriter film =
                VideoWriter.open(file, width * ENLARGED, height * ENLARGED, MovingShapes.FRAME_RATE_HZ)) {
            for (int t = 0; t < clip.length(); t++) {
                clip.frames().readBytes(t, 1, frame, 0);
                for (int i = 0; i < bgr.length; i++) {
                    int pixel = i / 3;
                    int y = pixel / (width * ENLARGED) / ENLARGED;
                    int x = pixel % (width * ENLARGED) / ENLARGED;
                    bgr[i] = frame[y * width + x];
                }
                film.write(bgr);
            }
            film.finish();
        }
    }
}
