package io.github.unrolled.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TrainerTest {
    private final Backend backend = Backends.named("onednn");

    /** A training with all its parts; keeps losses and the newest checkpoint. */
    private final class Run implements AutoCloseable, Checkpoints, TrainingListener {
        final EchoTask task;
        final Optimizer optimizer;
        final Trainer<EchoTask.Batch> trainer;
        final List<Double> losses = new ArrayList<>();
        final List<Long> evaluations = new ArrayList<>();
        final List<Long> bests = new ArrayList<>();
        Snapshot last = new Snapshot();

        Run(TrainerOptions options, Optimizer optimizer, EchoTask task) {
            this.task = task;
            this.optimizer = optimizer;
            this.trainer = new Trainer<>(backend, options, task, EchoTask.source(), optimizer, new Seed(9));
        }

        Trainer.Outcome go(ToDoubleFunction<Workers> evaluation, BooleanSupplier stop) {
            return trainer.run(evaluation, this, this, stop);
        }

        @Override
        public void saveLast(Snapshot snapshot) {
            last = snapshot;
        }

        @Override
        public void saveBest(long step, double validationLoss) {
            bests.add(step);
        }

        @Override
        public void onStep(StepReport report) {
            losses.add(report.loss());
        }

        @Override
        public void onEvaluation(EvaluationReport report) {
            evaluations.add(report.step());
        }

        @Override
        public void close() {
            trainer.close();
            optimizer.close();
            task.close();
        }
    }

    private Run adam(TrainerOptions options) {
        EchoTask task = new EchoTask(backend, options.workers(), 0.2);
        return new Run(options, new AdamW(new AdamW.Options(), backend, task.parameters()), task);
    }

    private static TrainerOptions options(long steps, int workers) {
        return new TrainerOptions(
                new Budget.Steps(steps), 0.02, new Schedule.WarmupCosine(0.1, 0), 1, 0.95, 10, 7, 0, workers, 1);
    }

    @Test
    void learnsWhatNeedsTheCarriedState() {
        try (Run run = adam(options(200, 2))) {
            run.go(workers -> 0, () -> false);
            assertThat(mean(run.losses.subList(0, 5))).isGreaterThan(0.6);
            // The first symbol of a window can only be answered from the window before.
            assertThat(mean(run.losses.subList(180, 200))).isLessThan(0.1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void sameSeedGivesTheSameLossesBitByBit(int workers) {
        List<Double> first;
        try (Run run = adam(options(30, workers))) {
            run.go(w -> 0, () -> false);
            first = run.losses;
        }
        try (Run run = adam(options(30, workers))) {
            run.go(w -> 0, () -> false);
            assertThat(run.losses).isEqualTo(first);
        }
    }

    @Test
    void workersShareABatchWithoutChangingItsLoss() {
        TrainerOptions one = options(20, 1);
        List<Double> alone;
        try (Run run = withoutDropout(one)) {
            run.go(w -> 0, () -> false);
            alone = run.losses;
        }
        try (Run run = withoutDropout(options(20, 2))) {
            run.go(w -> 0, () -> false);
            for (int i = 0; i < alone.size(); i++) {
                assertThat(run.losses.get(i)).isCloseTo(alone.get(i), within(1e-4));
            }
        }
    }

    private Run withoutDropout(TrainerOptions options) {
        EchoTask task = new EchoTask(backend, options.workers(), 0);
        return new Run(options, new AdamW(new AdamW.Options(), backend, task.parameters()), task);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 20, 39})
    void continuedRunEqualsOneNeverStopped(int stopAfter) {
        List<Double> whole;
        try (Run run = adam(options(40, 2))) {
            run.go(w -> run.losses.size(), () -> false);
            whole = run.losses;
        }
        Snapshot checkpoint;
        try (Run run = adam(options(40, 2))) {
            Trainer.Outcome outcome = run.go(w -> run.losses.size(), () -> run.losses.size() >= stopAfter);
            assertThat(outcome.completed()).isFalse();
            assertThat(run.losses).isEqualTo(whole.subList(0, stopAfter));
            checkpoint = run.last;
        }
        try (Run run = adam(options(40, 2))) {
            run.trainer.restore(checkpoint);
            Trainer.Outcome outcome = run.go(w -> 0, () -> false);
            assertThat(outcome.completed()).isTrue();
            assertThat(outcome.steps()).isEqualTo(40);
            assertThat(run.losses).isEqualTo(whole.subList(stopAfter, 40));
        }
    }

    @Test
    void sgdResumesExactlyToo() {
        List<Double> whole;
        try (Run run = sgd()) {
            run.go(w -> 0, () -> false);
            whole = run.losses;
        }
        Snapshot checkpoint;
        try (Run run = sgd()) {
            run.go(w -> 0, () -> run.losses.size() >= 11);
            checkpoint = run.last;
        }
        try (Run run = sgd()) {
            run.trainer.restore(checkpoint);
            run.go(w -> 0, () -> false);
            assertThat(run.losses).isEqualTo(whole.subList(11, 20));
        }
    }

    private Run sgd() {
        EchoTask task = new EchoTask(backend, 2, 0.2);
        return new Run(options(20, 2), new Sgd(0.9, 1e-4, backend, task.parameters()), task);
    }

    @Test
    void stopsAtTheFirstLossThatIsNoNumber() {
        try (Run run = adam(options(40, 1))) {
            run.task.spoilAtStep = 12;
            assertThatThrownBy(() -> run.go(w -> 0, () -> false))
                    .isInstanceOf(DivergenceException.class)
                    .hasMessageContaining("step 13")
                    .hasMessageContaining("NaN");
            assertThat(run.losses).hasSize(12);
            // The last good checkpoint is that of step 7, and nothing replaced it.
            assertThat(run.last.scope("trainer").integer("step")).isEqualTo(7);
        }
    }

    @Test
    void namesTheParameterThatIsNoNumber() {
        try (Run run = adam(options(40, 1))) {
            Tensor bias = run.task.parameters().get(4).value();
            bias.set(new float[] {Float.NaN, 0});
            assertThatThrownBy(() -> run.go(w -> 0, () -> false))
                    .isInstanceOf(DivergenceException.class)
                    .hasMessageContaining("step 1: the loss is NaN")
                    .hasMessageContaining("the parameter head.bias is not finite");
        }
    }

    @Test
    void namesTheLargestParameterWhenTheLossExplodes() {
        try (Run run = adam(options(40, 1))) {
            BooleanSupplier spoilLater = () -> {
                if (run.losses.size() == 3) {
                    run.task.parameters().get(4).value().set(new float[] {1e20f, -1e20f});
                }
                return false;
            };
            assertThatThrownBy(() -> run.go(w -> 0, spoilLater))
                    .isInstanceOf(DivergenceException.class)
                    .hasMessageContaining("step 4")
                    .hasMessageContaining("1.00e+20 in head.bias");
        }
    }

    @Test
    void namesTheParameterWhoseGradientIsNoNumber() {
        try (Run run = adam(options(40, 1))) {
            Divergence divergence = new Divergence(run.task.parameters());
            assertThat(divergence.checkedNorm(7, new double[] {9, 16, 0, 0, 0})).isEqualTo(5);
            assertThatThrownBy(() -> divergence.checkedNorm(7, new double[] {1, 1, 1, Double.POSITIVE_INFINITY, 1}))
                    .isInstanceOf(DivergenceException.class)
                    .hasMessageContaining("step 7: the gradient of head.weight is not finite");
        }
    }

    @Test
    void aSingleHardBatchIsNoDivergenceAndALossThatStaysHighIs() {
        Divergence tuning = new Divergence(List.of());
        tuning.checkLoss(1, 0.01);
        tuning.checkLoss(2, 0.3);
        for (int step = 3; step < 400; step++) {
            tuning.checkLoss(step, 0.02);
        }
        tuning.checkLoss(400, 9);
        tuning.checkLoss(401, 0.1);
        assertThatThrownBy(() -> {
                    for (int step = 402; step < 420; step++) {
                        tuning.checkLoss(step, 2);
                    }
                })
                .isInstanceOf(DivergenceException.class)
                .hasMessageContaining("step 40");
        Divergence running = new Divergence(List.of());
        running.checkLoss(1, 0.5);
        assertThatThrownBy(() -> running.checkLoss(2, 100)).hasMessageContaining("step 2");
        Divergence learned = new Divergence(List.of());
        learned.checkLoss(1, 0.003);
        learned.checkLoss(26, 0.19);
        learned.checkLoss(27, 1.4);
        Divergence negative = new Divergence(List.of());
        negative.checkLoss(1, -1);
        negative.checkLoss(2, 0.5);
        assertThatThrownBy(() -> negative.checkLoss(30, 40)).isInstanceOf(DivergenceException.class);
    }

    @Test
    void theFirstLossAfterAResumeMayBeHard() {
        Divergence resumed = new Divergence(List.of());
        resumed.restore(0.3);
        resumed.checkLoss(1385, 1.4);
        assertThatThrownBy(() -> resumed.checkLoss(1386, 20)).hasMessageContaining("at most 0.3000");
    }

    @Test
    void stopsWhenNothingGetsBetter() {
        TrainerOptions patient =
                new TrainerOptions(new Budget.Steps(1000), 0.01, new Schedule.Constant(), 1, 0, 5, 0, 3, 1, 1);
        try (Run run = adam(patient)) {
            double[] validation = {3, 2, 2.5, 2.1, 2.0, 1};
            Trainer.Outcome outcome = run.go(w -> validation[run.evaluations.size()], () -> false);
            assertThat(run.evaluations).containsExactly(5L, 10L, 15L, 20L, 25L);
            assertThat(run.bests).containsExactly(5L, 10L);
            assertThat(outcome.completed()).isTrue();
            assertThat(outcome.bestLoss()).isEqualTo(2);
            assertThat(outcome.bestStep()).isEqualTo(10);
        }
    }

    @Test
    void evaluatesWithAveragedParametersAndTrainsOnWithItsOwn() {
        try (Run run = adam(options(30, 1))) {
            List<float[]> seen = new ArrayList<>();
            run.go(
                    w -> {
                        seen.add(run.task.parameters().get(0).value().toFloats());
                        return 0;
                    },
                    () -> false);
            float[] own = run.task.parameters().get(0).value().toFloats();
            assertThat(seen).hasSize(3);
            assertThat(seen.get(2)).isNotEqualTo(own);
        }
        List<Double> without;
        TrainerOptions plain = options(30, 1);
        TrainerOptions noAverage =
                new TrainerOptions(plain.budget(), plain.learningRate(), plain.schedule(), 1, 0, 10, 7, 0, 1, 1);
        try (Run run = adam(noAverage)) {
            run.go(w -> 0, () -> false);
            without = run.losses;
        }
        try (Run run = adam(plain)) {
            run.go(w -> 0, () -> false);
            assertThat(run.losses).isEqualTo(without);
        }
    }

    @Test
    void anotherSeedsCheckpointIsRefused() {
        try (Run run = adam(options(10, 1))) {
            Snapshot foreign = new Snapshot();
            foreign.scope("trainer").put("seed", 1);
            assertThatThrownBy(() -> run.trainer.restore(foreign))
                    .isInstanceOf(SnapshotException.class)
                    .hasMessageContaining("--seed");
        }
    }

    @Test
    void aStepAllocatesNoNativeMemoryAfterTheFirstOnes() {
        try (Run run = adam(options(300, 2))) {
            long[] bytes = new long[2];
            run.go(
                    w -> {
                        bytes[run.losses.size() == 10 ? 0 : 1] = backend.nativeBytes();
                        return 0;
                    },
                    () -> false);
            assertThat(bytes[1]).isEqualTo(bytes[0]);
        }
        assertThat(backend.nativeBytes()).as("after closing everything").isZero();
    }

    private static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
