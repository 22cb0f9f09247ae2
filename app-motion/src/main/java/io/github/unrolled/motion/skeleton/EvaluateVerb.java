package io.github.unrolled.motion.skeleton;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.motion.cmu.CmuMocap;
import io.github.unrolled.datasets.motion.cmu.CmuProtocol;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.motion.skeleton.SavedSkeleton;
import io.github.unrolled.models.motion.skeleton.SkeletonData;
import io.github.unrolled.models.motion.skeleton.SkeletonErrors;
import io.github.unrolled.models.motion.skeleton.SkeletonEvaluation;
import io.github.unrolled.models.motion.skeleton.SkeletonModel;
import io.github.unrolled.motion.task.ErrorTables;
import io.github.unrolled.motion.task.EvaluationVerb;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Measures predictors of skeletons beside the baseline that stands still and the figures of others. */
@Command(
        name = "evaluate",
        description =
                "Measure predictors of skeletons in the published protocol, beside baselines and the rows of others.",
        footer = {
            "  ./run motion evaluate --task skeleton",
            "  ./run motion evaluate --task skeleton --model 'runs/skeleton-{seed}' --seeds 1,2,3 --format markdown",
            "  ./run motion evaluate --task skeleton --data gaits --model motion/skeleton-gaits --json result.json"
        })
final class EvaluateVerb extends EvaluationVerb {
    @Mixin
    private final SkeletonSource data = new SkeletonSource();

    EvaluateVerb() {
        super(SkeletonMotion.NAME);
    }

    @Override
    protected Result measure(Console console, Backend backend) throws IOException {
        return data.name(SkeletonData.CMU).equals(SkeletonData.CMU)
                ? published(data.cmu(console), backend)
                : own(console, backend);
    }

    @Override
    protected ErrorTables tables(Result result) {
        return SkeletonTables.of(result);
    }

    private Result published(CmuMocap files, Backend backend) throws IOException {
        String pattern = model().model().orElse(SkeletonMotion.MEASURED_MODEL);
        List<Map<String, SkeletonErrors>> runs = new ArrayList<>();
        for (String name : ofSeeds(pattern)) {
            runs.add(measured(name, files, backend));
        }
        List<ResultRow> rows = new ArrayList<>();
        rows.addAll(SkeletonRows.published(
                SkeletonRows.STANDING_STILL,
                List.of(SkeletonEvaluation.published(
                        files,
                        windows ->
                                SkeletonEvaluation.zeroVelocity(windows, CmuProtocol.SEEN, CmuProtocol.PREDICTED)))));
        rows.addAll(SkeletonRows.published(
                SkeletonRows.RESIDUAL_GRU, List.of(measured(SkeletonMotion.RESIDUAL_MODEL, files, backend))));
        rows.addAll(SkeletonRows.recalled());
        rows.addAll(SkeletonRows.published(SkeletonRows.OURS, runs));
        return Result.of(rows);
    }

    private static Map<String, SkeletonErrors> measured(String name, CmuMocap files, Backend backend)
            throws IOException {
        try (SavedSkeleton saved = ModelOption.named(name, SavedSkeleton::load, backend);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            checkUnseen(name, saved);
            SkeletonModel network = saved.model();
            return SkeletonEvaluation.published(
                    files,
                    windows -> network.predict(
                            tape,
                            SkeletonEvaluation.shortened(
                                    windows, network.config().seen())));
        }
    }

    /** A figure on files that were trained on says nothing, and one of another skeleton cannot be had. */
    private static void checkUnseen(String name, SavedSkeleton saved) {
        String trainedOn = saved.trainedOn();
        if (trainedOn.equals(SkeletonData.CMU_ALL)) {
            throw new UsageException("--model " + name + " was trained on " + trainedOn
                    + ", the test files among them; measure one trained on " + SkeletonData.CMU);
        }
        if (!trainedOn.startsWith(SkeletonData.CMU)) {
            throw new UsageException("--model " + name + " was trained on " + trainedOn
                    + ", with another skeleton; give what it is to be measured on with --data");
        }
        if (saved.model().config().seen() > CmuProtocol.SEEN
                || saved.model().config().predicted() < CmuProtocol.PREDICTED) {
            throw new UsageException(
                    "--model " + name + " reads " + saved.model().config().seen()
                            + " frames and predicts " + saved.model().config().predicted() + "; the protocol shows "
                            + CmuProtocol.SEEN + " and asks for " + CmuProtocol.PREDICTED);
        }
    }

    private Result own(Console console, Backend backend) throws IOException {
        SkeletonData motions = data.read(SkeletonData.CMU, console);
        String otherwise =
                motions.name().equals(SkeletonData.GAITS) ? SkeletonMotion.GAIT_MODEL : SkeletonMotion.CMU_MODEL;
        try (SavedSkeleton saved = model().load(otherwise, SavedSkeleton::load, backend);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            int seen = saved.model().config().seen();
            int predicted = saved.model().config().predicted();
            List<float[][]> windows = motions.windows(saved.model());
            String label = motions.label();
            List<ResultRow> rows = new ArrayList<>(SkeletonRows.own(
                    label,
                    SkeletonRows.STANDING_STILL,
                    SkeletonEvaluation.errors(
                            windows, SkeletonEvaluation.zeroVelocity(windows, seen, predicted), seen)));
            rows.addAll(SkeletonRows.own(
                    label,
                    SkeletonRows.OURS,
                    SkeletonEvaluation.errors(windows, saved.model().predict(tape, windows), seen)));
            console.remark(
                    windows.size() + " windows of " + motions.validation().size() + " motions");
            return Result.of(rows);
        }
    }
}
