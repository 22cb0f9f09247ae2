package io.github.unrolled.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.github.unrolled.random.Seed;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** What can happen to a file, and what a reader may do then: give its contents, or refuse it in one sentence, cheaply. */
final class Damage {
    /** As much as an intact file of the tests takes many times over, and far from what their damaged lengths claim. */
    private static final long LARGEST_ALLOCATION = 8 << 20;

    private Damage() {}

    /** Reads bytes under a name. */
    @FunctionalInterface
    interface Reader {
        /** Reads. */
        void read(String source, byte[] file) throws Exception;
    }

    /** Every shorter file must be refused. */
    static void truncatedAnywhere(byte[] whole, Reader reader) {
        for (int length = 0; length < whole.length; length++) {
            assertThat(outcome(Arrays.copyOf(whole, length), reader))
                    .as("the first %s of %s bytes", length, whole.length)
                    .isNotNull();
        }
    }

    /** One to four bytes are changed; whether that is noticed is left to the reader. Returns how often it was. */
    static int changedAtRandom(byte[] whole, int times, Reader reader) {
        RandomGenerator random = new Seed(20261124).generator();
        int refused = 0;
        for (int i = 0; i < times; i++) {
            byte[] changed = whole.clone();
            for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            refused += outcome(changed, reader) == null ? 0 : 1;
        }
        return refused;
    }

    /** What a reader says of a file: null if it takes it. */
    static @Nullable Throwable outcome(byte[] file, Reader reader) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Throwable thrown = catchThrowable(() -> reader.read("a.file", file));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        List<Byte> shown = allocated > LARGEST_ALLOCATION || thrown != null ? bytes(file) : List.of();
        assertThat(allocated).as("bytes allocated for %s", shown).isLessThan(LARGEST_ALLOCATION);
        if (thrown != null) {
            assertThat(thrown).as("%s", shown).isInstanceOf(ModelFileException.class);
            assertThat(thrown.getMessage())
                    .startsWith("a.file")
                    .doesNotContain("\n")
                    .hasSizeLessThan(600);
        }
        return thrown;
    }

    private static List<Byte> bytes(byte[] file) {
        Byte[] boxed = new Byte[file.length];
        Arrays.setAll(boxed, i -> file[i]);
        return List.of(boxed);
    }
}
