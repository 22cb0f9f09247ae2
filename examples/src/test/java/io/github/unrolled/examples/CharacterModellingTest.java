package io.github.unrolled.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.datavec.TextSequenceRecordReader;
import io.github.unrolled.examples.CharacterModelling.Run;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class CharacterModellingTest {
    /** Not a comparison of times: tests run on busy machines. */
    @Test
    void bothLayersLearnAndOursWrites() throws IOException, InterruptedException {
        TextSequenceRecordReader reader = CharacterModelling.reader(CharacterModelling.inventedText(30_000));
        Run stock = CharacterModelling.train(CharacterModelling::stockLstm, reader, 16, 3);
        Run ours = CharacterModelling.train(CharacterModelling::ourLstm, reader, 16, 3);
        assertThat(stock.lastScore()).isLessThan(stock.firstScore());
        assertThat(ours.lastScore()).isLessThan(ours.firstScore());
        assertThat(ours.secondsPerBatch()).isPositive();
        String written = CharacterModelling.sample(ours.network(), reader.vocabulary(), 50, new Seed(1));
        assertThat(written.codePoints().count()).isEqualTo(50);
        assertThat(written.codePoints().allMatch(reader.vocabulary()::contains)).isTrue();
    }
}
