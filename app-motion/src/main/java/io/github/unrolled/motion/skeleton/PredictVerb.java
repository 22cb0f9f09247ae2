package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.OptionValues;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.bvh.Bvh;
import io.github.unrolled.datasets.motion.bvh.BvhReader;
import io.github.unrolled.datasets.motion.bvh.BvhWriter;
import io.github.unrolled.datasets.motion.film.SkeletonFilm;
import io.github.unrolled.datasets.motion.film.Take;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.motion.skeleton.SavedSkeleton;
import io.github.unrolled.models.motion.skeleton.SkeletonForecaster;
import io.github.unrolled.motion.task.TaskOption;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Predicts how the motion of a file goes on. */
@Command(
        name = "predict",
        description = "Predict how the motion of a BVH file goes on, as BVH with the continuation, and as a film.",
        footer = {
            "  ./run motion predict --input walk.bvh --out longer.bvh --film longer.mp4",
            "  ./run motion predict --input walk.bvh --frame 200 --seconds 0.4 --film comparison.mp4"
        })
final class PredictVerb extends Verb {
    private static final double FILMED_SECONDS = 0.7;

    @Mixin
    private final TaskOption task = new TaskOption();

    @Mixin
    private final ModelOption model = new ModelOption();

    @Option(
            names = "--input",
            paramLabel = "FILE",
            required = true,
            description = "A motion in BVH, with y up and joints that the model knows by their names.")
    private Path input = Path.of("");

    @Option(
            names = "--frame",
            paramLabel = "N",
            description = "Predict what follows this frame, counted from 1 (default: the last one).")
    private @Nullable Integer frame;

    @Option(names = "--seconds", paramLabel = "X", description = "How far to predict (default: ${DEFAULT-VALUE}).")
    private double seconds = 0.5;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the BVH here (default: standard output).",
            order = 60)
    private @Nullable Path out;

    @Option(
            names = "--film",
            paramLabel = "FILE",
            description = "Also make an mp4, with the truth beside it if the" + " file goes on after --frame.")
    private @Nullable Path film;

    @Option(
            names = "--slowness",
            paramLabel = "X",
            description = "How many times longer than life the film takes (default: ${DEFAULT-VALUE}).")
    private double slowness = 2;

    @Override
    protected Result run(Console console) throws Exception {
        task.require(SkeletonMotion.NAME);
        OptionValues.positive("--seconds", seconds);
        OptionValues.positive("--slowness", slowness);
        Bvh bvh = BvhReader.read(input);
        if (bvh.frames().isEmpty()) {
            throw new DataException(input + " has a skeleton and no frames; expected a motion to continue");
        }
        Motion whole = bvh.motion();
        int last = frame == null ? whole.poses().size() : frame;
        if (last < 1 || last > whole.poses().size()) {
            throw new UsageException("--frame is " + frame + ", and " + input + " has the frames 1 to "
                    + whole.poses().size());
        }
        Motion seen =
                new Motion(whole.skeleton(), whole.frameSeconds(), whole.poses().subList(0, last));
        int frames = Math.max(1, (int) Math.round(seconds / whole.frameSeconds()));
        List<Pose> predicted = predicted(seen, frames, console);
        List<Pose> all = new ArrayList<>(seen.poses());
        all.addAll(predicted);
        Bvh longer = bvh.withPoses(all);
        if (out == null) {
            console.out().print(BvhWriter.text(longer));
        } else {
            BvhWriter.write(out, longer);
            console.remark("the motion with its continuation from frame " + (last + 1) + " on is in " + out);
        }
        if (film != null) {
            film(film, whole, last, predicted);
            console.remark("the film is " + film);
        }
        return Result.of(ResultRow.of("frames", "count", predicted.size(), "")
                .with("from", last + 1)
                .with("seconds", predicted.size() * whole.frameSeconds()));
    }

    /** The frames are in the file; what was asked for is not a table. */
    @Override
    protected void show(Result result, Console console) {}

    /** With the model that was named, or that of the shipped ones which knows more of the skeleton. */
    private List<Pose> predicted(Motion seen, int frames, Console console) throws IOException {
        Backend backend = Backends.best();
        try (SavedSkeleton saved = model.load(SkeletonMotion.CMU_MODEL, SavedSkeleton::load, backend);
                SavedSkeleton gaits = ModelOption.named(SkeletonMotion.GAIT_MODEL, SavedSkeleton::load, backend);
                Engine engine = backend.newEngine(1)) {
            boolean isGait =
                    model.model().isEmpty() && lacking(seen.skeleton(), gaits) < lacking(seen.skeleton(), saved);
            try (SkeletonForecaster forecaster =
                    new SkeletonForecaster(isGait ? gaits.model() : saved.model(), seen.skeleton(), engine)) {
                remark(console, "unknown to the model, so they keep their last rotation: ", forecaster.unknownJoints());
                remark(console, "absent, so the model takes them to be at rest: ", forecaster.absentJoints());
                return forecaster.continued(seen, frames);
            } catch (DataException e) {
                throw new DataException(input + ": " + e.getMessage(), e);
            }
        }
    }

    private static int lacking(Skeleton skeleton, SavedSkeleton saved) {
        return SkeletonForecaster.missingJoints(saved.model(), skeleton).size();
    }

    private static void remark(Console console, String what, List<String> joints) {
        if (!joints.isEmpty()) {
            console.remark(what
                    + String.join(", ", joints.subList(0, Math.min(10, joints.size())))
                    + (joints.size() > 10 ? " and " + (joints.size() - 10) + " more" : ""));
        }
    }

    private void film(Path target, Motion whole, int last, List<Pose> predicted) throws IOException {
        Skeleton skeleton = whole.skeleton();
        int shown = Math.max(1, (int) Math.round(FILMED_SECONDS / whole.frameSeconds()));
        List<Pose> seen = whole.poses().subList(Math.max(0, last - shown), last);
        int known = Math.min(predicted.size(), whole.poses().size() - last);
        boolean comparing = known == predicted.size();
        List<Pose> truth = comparing ? whole.poses().subList(last, last + known) : List.of();
        String title = String.valueOf(input.getFileName());
        SkeletonFilm.write(
                target, List.of(new Take(title, skeleton, whole.frameSeconds(), seen, truth, predicted)), slowness);
    }
}
