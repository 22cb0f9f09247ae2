package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.film.SkeletonFilm;
import io.github.unrolled.datasets.motion.film.Take;
import io.github.unrolled.datasets.motion.gait.GaitGenerator;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.motion.skeleton.SavedSkeleton;
import io.github.unrolled.models.motion.skeleton.SkeletonData;
import io.github.unrolled.models.motion.skeleton.SkeletonEvaluation;
import io.github.unrolled.models.motion.skeleton.SkeletonForecaster;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.motion.task.DemoPart;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Made-up gaits that the model has not seen, measured and filmed. */
final class SkeletonDemo implements DemoPart {
    private static final List<String> FILMED = List.of("walk", "jog", "limp");
    private static final int SEEN_FRAMES = 30;
    private static final int PREDICTED_FRAMES = 40;
    private static final double SLOWNESS = 1.5;

    @Override
    public Result run(Console console, Path folder, Seed seed) throws IOException {
        console.out()
                .println(console.bold("What will the body do next? A third of a second is read, the rest predicted."));
        console.out().println("Made-up gaits; the model has learned from others of their kind.");
        console.out().println();
        Backend backend = Backends.best();
        Path film = folder.resolve("skeleton.mp4");
        try (SavedSkeleton saved = Zoo.load(SkeletonMotion.GAIT_MODEL, SavedSkeleton::load, backend);
                Engine engine = backend.newEngine(1)) {
            List<ResultRow> rows = new ArrayList<>();
            try (Tape tape = Tape.inference(engine)) {
                int seen = saved.model().config().seen();
                List<float[][]> windows = SkeletonData.gaits().windows(saved.model());
                rows.addAll(SkeletonRows.own(
                        SkeletonData.GAITS,
                        SkeletonRows.STANDING_STILL,
                        SkeletonEvaluation.errors(
                                windows,
                                SkeletonEvaluation.zeroVelocity(
                                        windows, seen, saved.model().config().predicted()),
                                seen)));
                rows.addAll(SkeletonRows.own(
                        SkeletonData.GAITS,
                        SkeletonRows.OURS,
                        SkeletonEvaluation.errors(windows, saved.model().predict(tape, windows), seen)));
            }
            List<Take> takes = new ArrayList<>();
            for (String gait : FILMED) {
                takes.add(take(gait, seed.split(gait), saved, engine));
            }
            Result result = Result.of(rows);
            console.out().print(SkeletonTables.of(result).text());
            SkeletonFilm.write(film, takes, SLOWNESS);
            console.out().println("The film is " + film + ".");
            return result;
        }
    }

    private static Take take(String gait, Seed seed, SavedSkeleton saved, Engine engine) {
        Motion whole = new GaitGenerator().motion(gait, seed, SEEN_FRAMES + PREDICTED_FRAMES);
        List<Pose> seen = whole.poses().subList(0, SEEN_FRAMES);
        try (SkeletonForecaster forecaster = new SkeletonForecaster(saved.model(), whole.skeleton(), engine)) {
            List<Pose> predicted =
                    forecaster.continued(new Motion(whole.skeleton(), whole.frameSeconds(), seen), PREDICTED_FRAMES);
            List<Pose> truth = whole.poses().subList(SEEN_FRAMES, SEEN_FRAMES + PREDICTED_FRAMES);
            return new Take(gait, whole.skeleton(), whole.frameSeconds(), seen, truth, predicted);
        }
    }
}
