package io.github.unrolled.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.models.zoo.Zoo;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BenchmarkTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "shapes", "shapes-clip", "grid-s1-mouth", "weizmann-masks", "gesture-phase"})
    void everySetHasAShippedModelForEachOfItsParts(String data) {
        for (Benchmark benchmark : Benchmark.of(data, "")) {
            assertThat(benchmark.models().get(0).getKey()).isEqualTo(Benchmark.OURS);
            String model = benchmark.models().get(0).getValue();
            for (String part : benchmark.parts()) {
                assertThat(Zoo.find(model.replace(Benchmark.PART, Benchmark.leftOut(part))))
                        .as(part)
                        .isPresent();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"weizmann-masks", "gesture-phase"})
    void aModelOfOnesOwnMeasuresOnWhatItDidNotSee(String data) {
        assertThat(Benchmark.of(data, "runs/mine")).extracting(Benchmark::parts).containsExactly(List.of(data));
    }
}
