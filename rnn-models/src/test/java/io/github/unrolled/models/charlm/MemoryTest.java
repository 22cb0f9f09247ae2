package io.github.unrolled.models.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Training;
import io.github.unrolled.train.TrainingListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Training takes as much memory at its end as after its first steps, and as much for a long text as for a short one. */
final class MemoryTest {
    private static final int CHARACTERS = 5;
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final long MEBIBYTE = 1 << 20;

    @TempDir
    Path folder;

    /**
     * Memory at one moment, in bytes.
     *
     * @param own native memory held by this project's tensors and packed weights
     * @param heap used after a collection
     * @param besideHeap memory of the process without what Java has set aside for its heap, which it touches bit by bit as
     *     it pleases; 0 where the system does not tell
     */
    private record Memory(long own, long heap, long besideHeap) {
        static Memory now(Backend backend) {
            System.gc();
            MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
            long resident = residentBytes();
            return new Memory(
                    backend.nativeBytes(), heap.getUsed(), resident == 0 ? 0 : resident - heap.getCommitted());
        }

        private static long residentBytes() {
            try {
                return !Files.exists(STATUS)
                        ? 0
                        : Files.readAllLines(STATUS).stream()
                                .filter(line -> line.startsWith("VmRSS:"))
                                .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                                .sum();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }

    private static Text text(int length) {
        int[] codePoints =
                new Seed(1).generator().ints(length, 'a', 'a' + CHARACTERS).toArray();
        return Text.ofCodePoints("random", codePoints);
    }

    /** Validates and saves a checkpoint often, since what these keep grows with their number, not with that of steps. */
    private static Recipe recipe(long steps) {
        long every = Math.min(steps / 2, 1_000);
        return new Recipe(new Budget.Steps(steps), 0.01, 0.02, 0, 0.99, 1, 0.9, every, every, 0, 1, 2, false);
    }

    /** Trains, and looks at the memory after these steps. */
    private List<Memory> watch(Backend backend, Text text, long... steps) {
        List<Memory> seen = new ArrayList<>();
        long last = steps[steps.length - 1];
        CharLmOptions options = new CharLmOptions("lstm", 8, 2, 0.1, 0, 4, 8, 0.9);
        try (CharLmTask task = new CharLmTask(backend, options, recipe(last), text);
                Training<TokenWindow> training = new Training<>(backend, recipe(last), task)) {
            TrainingListener watching = new TrainingListener() {
                @Override
                public void onStep(StepReport report) {
                    if (report.step() == steps[seen.size()]) {
                        seen.add(Memory.now(backend));
                    }
                }
            };
            training.run(
                    folder.resolve("best.zip"),
                    folder.resolve("last.zip"),
                    "test",
                    watching,
                    UnaryOperator.identity(),
                    () -> false);
        }
        assertThat(seen).hasSize(steps.length);
        return seen;
    }

    private static void assertFlat(Memory early, Memory late) {
        assertThat(late.own()).as("native memory of tensors").isEqualTo(early.own());
        assertThat(late.heap()).as("heap after a collection").isLessThan(early.heap() + 2 * MEBIBYTE);
    }

    @Test
    void threeThousandStepsLeaveMemoryFlat() {
        List<Memory> seen = watch(Backends.named("onednn"), text(20_000), 1_600, 3_000);
        assertFlat(seen.get(0), seen.get(1));
    }

    /** About a minute. Java has settled after half of it: before, it compiles, and touches its heap for the first time. */
    @Test
    @Tag("slow")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void aHundredThousandStepsLeaveMemoryFlat() {
        List<Memory> seen = watch(Backends.named("onednn"), text(20_000), 5_000, 50_500, 100_000);
        assertFlat(seen.get(0), seen.get(2));
        // What oneDNN holds is seen here alone.
        assertThat(seen.get(2).besideHeap())
                .as("the process without Java's heap")
                .isLessThan(seen.get(1).besideHeap() + 64 * MEBIBYTE);
    }

    @Test
    void aLongTextTrainsInTheNativeMemoryOfAShortOne() {
        trainsInTheMemoryOfAShortOne(1_000_000);
    }

    /** A few seconds, and some hundred megabytes of heap while the text is made and encoded. */
    @Test
    @Tag("slow")
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void tenMillionCharactersTrainInTheMemoryOfTenThousand() {
        trainsInTheMemoryOfAShortOne(10_000_000);
    }

    /**
     * What a step takes depends on window and batch alone: the native memory of a training on a long text is, to the byte,
     * that on a short one, validation of the text's last tenth included. What grows with the text is the text: in the heap
     * it lies as code points and as tokens, an {@code int} each, so 8 bytes a character while it trains.
     */
    private void trainsInTheMemoryOfAShortOne(int length) {
        Backend backend = Backends.named("onednn");
        long before = backend.nativeBytes();
        List<Memory> small = watch(backend, text(10_000), 60, 100);
        assertThat(backend.nativeBytes()).as("given back").isEqualTo(before);
        List<Memory> large = watch(backend, text(length), 60, 100);
        assertThat(large.get(0).own()).isEqualTo(small.get(0).own());
        assertThat(large.get(1).own()).isEqualTo(small.get(1).own());
        assertThat(large.get(1).heap() - small.get(1).heap())
                .as("heap")
                .isLessThan(2L * Integer.BYTES * length + 4 * MEBIBYTE);
    }
}
