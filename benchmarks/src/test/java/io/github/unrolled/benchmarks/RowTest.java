package io.github.unrolled.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.app.result.ResultRow;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RowTest {
    private static Row row(String task, double[] ours, double[] theirs) {
        return new Row(Task.named(task).orElseThrow(), "libtorch", readings(ours), readings(theirs));
    }

    private static List<Reading> readings(double... milliseconds) {
        return DoubleStream.of(milliseconds)
                .mapToObj(value -> new Reading(value, 300, 20, 10))
                .toList();
    }

    @Test
    void quantilesLieBetweenTheValues() {
        assertThat(Statistics.median(5, 1, 3)).isEqualTo(3);
        assertThat(Statistics.median(4, 1, 3, 2)).isEqualTo(2.5);
        assertThat(Statistics.quantile(0.25, 1, 2, 3, 4, 5)).isEqualTo(2);
        assertThat(Statistics.quantile(1, 7)).isEqualTo(7);
        assertThatThrownBy(Statistics::median).isInstanceOf(IllegalArgumentException.class);
    }

    /** Pairs 2, 3 and 5 times: the median of the ratios is 3, though the ratio of the medians is 4. */
    @Test
    void theRatioIsTheMedianOverPairs() {
        Row row = row("lstm-128", new double[] {10, 20, 4}, new double[] {20, 60, 20});
        assertThat(row.ourMilliseconds()).isEqualTo(10);
        assertThat(row.peerMilliseconds()).isEqualTo(20);
        assertThat(row.ratio()).isEqualTo(3);
        assertThat(row.spread()).isCloseTo((4 - 2.5) / 3, within(1e-12));
    }

    @Test
    void theResultHasWhatReadersOfTheFileExpect() {
        ResultRow result = row("gru-256", new double[] {10}, new double[] {25}).result(200);
        assertThat(result.name()).isEqualTo("gru-256");
        assertThat(result.extra())
                .containsEntry("peer", "libtorch")
                .containsEntry("ours_ms", 10.0)
                .containsEntry("peer_ms", 25.0)
                .containsEntry("ratio", 2.5)
                .containsEntry("spread", 0.0)
                .containsKeys("peak_fraction", "ours_native_mb", "ours_heap_mb", "peer_resident_mb");
    }

    /** One LSTM layer of 2 has 2·(4·2·2) weights; two of them and 2·65 in the output; two operations each. */
    @Test
    void operationsAreThoseOfTheWeights() {
        double forward = 2 * (2 * 2 * 4 * 2 * 2 + 2 * 65);
        assertThat(new SequenceTask("a", SequenceTask.Cell.LSTM, true, 2, 1, 1).operations())
                .isEqualTo(forward);
        assertThat(new SequenceTask("b", SequenceTask.Cell.LSTM, false, 2, 3, 5).operations())
                .isEqualTo(3 * forward * 15);
        Row row = row("sample-128", new double[] {1}, new double[] {1});
        assertThat(row.peakFraction(1)).isCloseTo(row.task().operations() / 1e6, within(1e-12));
    }

    /** About 24 GFLOP a training step, 312 for a megapixel forward. */
    @Test
    void operationsOfConvolutionsAreThoseOfTheirWeights() {
        double weights = 9 * (4 * 64 * 64 + 2 * 64);
        double pixels = 16 * 41 * 41;
        assertThat(Task.parse("conv").operations()).isEqualTo(2 * pixels * (3 * weights - 9 * 64));
        assertThat(Task.parse("conv-inference").operations()).isEqualTo(2.0 * 1024 * 1024 * weights);
    }

    /** An LSTM reading 2 and remembering 3 has (2 + 3)·4·3 weights; an embedding 2·2, the output 3·2. */
    @Test
    void operationsOfTheEncoderDecoderAreThoseOfItsWeights() {
        ForecastTask task = new ForecastTask("a", 2, 3, 7, 4, 5);
        assertThat(task.operations()).isEqualTo(3 * 2 * 7 * (9 * (60.0 + 4) + 5 * 6));
        assertThat(Task.parse("seq2seq")).isEqualTo(ForecastTask.usual());
    }

    @Test
    void theEncoderDecoderTakesSteps() {
        ForecastTask task = new ForecastTask("a", 2, 3, 7, 4, 5);
        OurForecaster network = new OurForecaster(task, 2);
        assertThat(network.parameters().stream()
                        .mapToLong(parameter -> parameter.shape().elements())
                        .sum())
                .as("two embeddings, two cells, one output")
                .isEqualTo(2 * (4 + 2) + 2 * (60 + 12) + 8);
        float[] before = network.parameters().get(0).value().toFloats();
        assertThat(network.next().stream()
                        .mapToInt(shard -> shard.seen().shape().dim(1)))
                .containsExactly(3, 4);
        Subject subject = OurSubjects.trained(network);
        subject.step();
        subject.step();
        assertThat(network.parameters().get(0).value().toFloats()).isNotEqualTo(before);
    }

    @Test
    void tasksOfAnySizeAreReadFromTheirNames() {
        SequenceTask task = SequenceTask.training(SequenceTask.Cell.GRU, 32, 4, 16);
        assertThat(Task.parse(task.name())).isEqualTo(task);
        assertThat(Task.parse("sample-512")).isEqualTo(Task.named("sample-512").orElseThrow());
        assertThatThrownBy(() -> Task.parse("gru-32")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theScalingChartIsAPicture(@TempDir Path folder) throws Exception {
        Path png = folder.resolve("scaling.png");
        ScalingChart.write(
                List.of(
                        new ScalingPoint("window", 16, 1, 1000, 1),
                        new ScalingPoint("window", 32, 1, 2000, 2),
                        new ScalingPoint("batch", 8, 2, 500, 3)),
                png);
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(840);
    }

    @Test
    void aReadingSurvivesItsLine() {
        Reading reading = new Reading(12.345678, 300.5, 0, 7.5);
        assertThat(Reading.ofLine(reading.line())).isEqualTo(reading);
    }

    @Test
    void theChartIsAPicture(@TempDir Path folder) throws Exception {
        Path png = folder.resolve("chart.png");
        RatioChart.write(
                List.of(
                        row("lstm-128", new double[] {10}, new double[] {14}),
                        row("gru-128", new double[] {10}, new double[] {38})),
                png);
        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1100);
    }
}
