package io.github.unrolled.benchmarks;

import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.models.charlm.CharLm;
import io.github.unrolled.models.charlm.CharLmConfig;
import io.github.unrolled.models.charlm.CharLmOptions;
import io.github.unrolled.models.charlm.CharLmSampler;
import io.github.unrolled.models.charlm.CharLmTask;
import io.github.unrolled.models.charlm.Sampling;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.AdamW;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Checkpoints;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Schedule;
import io.github.unrolled.train.Trainer;
import io.github.unrolled.train.TrainerOptions;
import io.github.unrolled.train.Training;
import io.github.unrolled.train.TrainingListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.SynchronousQueue;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;

/** This library by the ways that its users take: the trainer behind {@code charlm train}, the sampler. */
final class OurSubjects {
    private static final int CHARACTERS = 200_000;
    /** More steps than any measurement takes. */
    private static final long ENDLESS = 1L << 40;

    static final Backend BACKEND = Backends.best();

    /** How many threads compute, where not one for each processor. */
    static final String THREADS = "unrolled.benchmarks.threads";

    private OurSubjects() {}

    static int threads() {
        return Integer.getInteger(THREADS, Runtime.getRuntime().availableProcessors());
    }

    /** Native memory that the library's own accounts show. */
    static double nativeMegabytes() {
        return BACKEND.nativeBytes() / 1e6;
    }

    static Subject make(SequenceTask task) {
        return task.sampling() ? sampling(task) : training(task);
    }

    private static Subject sampling(SequenceTask task) {
        CharLmConfig.CellType cell = CharLmConfig.CellType.of(task.cell().name().toLowerCase(Locale.ROOT));
        CharLmConfig config = new CharLmConfig(
                cell, SequenceTask.VOCABULARY, task.hidden(), task.hidden(), SequenceTask.LAYERS, 0, 0);
        CharLm model = new CharLm(config, new Parameters(BACKEND, new Seed(1)));
        CharLmSampler sampler = new CharLmSampler(model, BACKEND, threads());
        Sampling greedy = new Sampling(0, 0, 1);
        RandomGenerator random = new Seed(2).generator();
        sampler.read(0);
        return () -> sampler.next(greedy, random);
    }

    private static Subject training(SequenceTask task) {
        int[] letters = new Seed(1)
                .generator()
                .ints(CHARACTERS, ' ', ' ' + SequenceTask.VOCABULARY)
                .toArray();
        CharLmOptions options = CharLmOptions.plain(
                task.cell().name().toLowerCase(Locale.ROOT),
                task.hidden(),
                SequenceTask.LAYERS,
                task.batch(),
                task.window());
        Recipe recipe = Recipe.of(new Budget.Steps(ENDLESS), 0.001, threads()).withIntervals(ENDLESS, ENDLESS);
        CharLmTask network = new CharLmTask(BACKEND, options, recipe, Text.ofCodePoints("random letters", letters));
        Training<TokenWindow> training = new Training<>(BACKEND, recipe, network);
        Path files = temporary();
        return inTurns(turns -> training.run(
                files.resolve("best.zip"),
                files.resolve("last.zip"),
                "benchmark",
                turns,
                UnaryOperator.identity(),
                () -> false));
    }

    /** A training step of the encoder-decoder. */
    static Subject make(ForecastTask task) {
        return trained(new OurForecaster(task, threads()));
    }

    /** A training step on the workers of the trainer. */
    static <S> Subject trained(FixedBatch<S> network) {
        AdamW optimizer = new AdamW(new AdamW.Options(), BACKEND, network.parameters());
        TrainerOptions options = new TrainerOptions(
                new Budget.Steps(ENDLESS),
                Task.LEARNING_RATE,
                new Schedule.WarmupCosine(0, 0),
                1,
                0,
                0,
                0,
                0,
                network.workers(),
                1);
        Trainer<List<S>> trainer = new Trainer<>(BACKEND, options, network, network, optimizer, new Seed(1));
        return inTurns(turns -> trainer.run(workers -> 0, Checkpoints.none(), turns, () -> false));
    }

    /** A training that runs in a thread of its own, which waits after each step until the next one is asked for. */
    private static Subject inTurns(Consumer<TrainingListener> training) {
        SynchronousQueue<Boolean> wanted = new SynchronousQueue<>();
        SynchronousQueue<Boolean> done = new SynchronousQueue<>();
        TrainingListener turns = new TrainingListener() {
            @Override
            public void onStep(StepReport report) {
                put(done);
                take(wanted);
            }
        };
        Thread thread = new Thread(
                () -> {
                    take(wanted);
                    training.accept(turns);
                },
                "training");
        thread.setDaemon(true);
        thread.start();
        return () -> {
            put(wanted);
            take(done);
        };
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("unrolled-benchmark");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void put(SynchronousQueue<Boolean> queue) {
        try {
            queue.put(true);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static void take(SynchronousQueue<Boolean> queue) {
        try {
            queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }
}
