package io.github.unrolled.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ArenaTest {
    /** Notes what is asked for; the blocks themselves take no memory. */
    private static final class Asked implements Allocator {
        final List<Long> blocks = new ArrayList<>();
        private final boolean real;

        Asked(boolean real) {
            this.real = real;
        }

        @Override
        public ElementType type() {
            return ElementType.FLOAT32;
        }

        @Override
        public Memory allocate(long elements) {
            blocks.add(elements);
            return real ? HeapMemory.allocate(type(), elements) : new Claimed(elements);
        }
    }

    /** A block of any size that nobody reads or writes. */
    private record Claimed(long elements) implements Memory {
        @Override
        public ElementType type() {
            return ElementType.FLOAT32;
        }

        @Override
        public void read(long offset, float[] target, int targetOffset, int count) {}

        @Override
        public void read(long offset, double[] target, int targetOffset, int count) {}

        @Override
        public void write(long offset, float[] source, int sourceOffset, int count) {}

        @Override
        public void write(long offset, double[] source, int sourceOffset, int count) {}

        @Override
        public void fill(long offset, long count, double value) {}

        @Override
        public void close() {}
    }

    @Test
    void theSecondStepAllocatesNothing() {
        Asked asked = new Asked(true);
        try (Arena arena = new Arena(asked)) {
            for (int step = 0; step < 3; step++) {
                arena.reset();
                for (int i = 1; i < 200; i++) {
                    assertThat(arena.zeros(Shape.of(i, 17)).toFloats()).containsOnly(0);
                }
                if (step == 0) {
                    asked.blocks.add(-1L);
                }
            }
        }
        assertThat(asked.blocks).last().isEqualTo(-1L);
    }

    @Test
    void tensorsOfAStepDoNotOverlapAndEndWithIt() {
        try (Arena arena = new Arena(new Asked(true))) {
            Tensor a = arena.allocate(Shape.of(3)).fill(1);
            Tensor b = arena.allocate(Shape.of(5)).fill(2);
            assertThat(a.toFloats()).containsOnly(1);
            assertThat(b.toFloats()).containsOnly(2);
            arena.reset();
            assertThatThrownBy(a::toFloats).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A backend refuses blocks of 2 GiB; a step that needs more in many tensors must still be possible. */
    @Test
    void blocksStopDoublingBeforeABackendRefusesThem() {
        Asked asked = new Asked(false);
        int large = 1 << 24;
        try (Arena arena = new Arena(asked)) {
            for (int i = 0; i < 100; i++) {
                arena.allocate(Shape.of(large));
            }
            arena.allocate(Shape.of(16 * large));
            assertThat(arena.capacity()).isGreaterThanOrEqualTo(116L * large);
        }
        assertThat(asked.blocks).allMatch(block -> block <= 16L * large);
        assertThat(asked.blocks.subList(0, asked.blocks.size() - 1)).allMatch(block -> block <= 4L * large);
    }
}
