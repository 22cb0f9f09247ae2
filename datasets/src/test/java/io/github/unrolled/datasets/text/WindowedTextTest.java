package io.github.unrolled.datasets.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.Snapshot;
import io.github.unrolled.train.SnapshotException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowedTextTest {
    private static final Seed SEED = new Seed(3);

    /** A text whose tokens are their own places. */
    private static int[] places(int length) {
        return IntStream.range(0, length).toArray();
    }

    @Test
    void eachStreamReadsOnFromWindowToWindowUntilItsEpochEnds() {
        int batch = 3;
        int time = 5;
        WindowedText text = new WindowedText(places(100), batch, time, SEED);
        int epochs = 0;
        int[] last = {};
        for (int i = 0; i < 200; i++) {
            TokenWindow window = text.next();
            assertThat(window.time()).isEqualTo(time);
            assertThat(window.batch()).isEqualTo(batch);
            for (int k = 0; k < time * batch; k++) {
                // The target is the next token, and rows are time steps.
                assertThat(window.targets()[k]).isEqualTo(window.tokens()[k] + 1);
                if (k >= batch) {
                    assertThat(window.tokens()[k]).isEqualTo(window.tokens()[k - batch] + 1);
                }
            }
            for (int b = 0; b < batch && !window.startsFresh(); b++) {
                assertThat(window.tokens()[b]).isEqualTo(last[b] + 1);
            }
            if (window.startsFresh()) {
                epochs++;
            }
            last = new int[batch];
            System.arraycopy(window.tokens(), (time - 1) * batch, last, 0, batch);
        }
        // A stream has 31 to 33 characters, so an epoch has six windows.
        assertThat(epochs).isEqualTo(34);
    }

    @Test
    void streamsOfAnEpochDoNotOverlapAndEpochsBeginAtOtherPlaces() {
        WindowedText text = new WindowedText(places(1000), 4, 10, SEED);
        Set<Integer> starts = new HashSet<>();
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < 20 * 24; i++) {
            TokenWindow window = text.next();
            if (window.startsFresh()) {
                starts.add(window.tokens()[0]);
                seen.clear();
            }
            for (int token : window.tokens()) {
                assertThat(seen.add(token))
                        .as("token %d twice in an epoch", token)
                        .isTrue();
            }
        }
        assertThat(starts).hasSizeGreaterThan(5).allMatch(start -> start < 10);
    }

    @Test
    void continuesExactlyFromASnapshot() {
        WindowedText text = new WindowedText(places(500), 4, 7, SEED);
        for (int i = 0; i < 41; i++) {
            text.next();
        }
        Snapshot snapshot = new Snapshot();
        text.save(snapshot);
        WindowedText resumed = new WindowedText(places(500), 4, 7, SEED);
        resumed.restore(snapshot);
        assertThat(resumed.epochs()).isEqualTo(text.epochs());
        for (int i = 0; i < 60; i++) {
            assertThat(resumed.next()).usingRecursiveComparison().isEqualTo(text.next());
        }
        assertThatThrownBy(() -> new WindowedText(places(501), 4, 7, SEED).restore(snapshot))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining("length");
    }

    @Test
    void aShortTextShrinksTheBatchAndSaysSo() {
        WindowedText text = new WindowedText(places(100), 32, 10, SEED);
        assertThat(text.batch()).isEqualTo(4);
        assertThat(text.notice().orElseThrow())
                .contains("100 characters")
                .contains("32 streams")
                .contains("a batch of 4");
        assertThat(text.next().batch()).isEqualTo(4);
        assertThat(new WindowedText(places(1000), 32, 10, SEED).notice()).isEmpty();
    }

    @Test
    void everyLengthThatFitsAWindowWorksAndShorterOnesAreRefused() {
        for (int length = 9; length < 60; length++) {
            WindowedText text = new WindowedText(places(length), 3, 8, SEED);
            for (int i = 0; i < 40; i++) {
                TokenWindow window = text.next();
                assertThat(window.targets()[window.targets().length - 1]).isLessThan(length);
            }
        }
        assertThatThrownBy(() -> new WindowedText(places(8), 3, 8, SEED))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the text has 8 characters")
                .hasMessageContaining("needs 9");
    }

    @Test
    void splitDealsOutNeighbouringStreams() {
        TokenWindow window = new TokenWindow(new int[] {1, 2, 3, 4, 5, 6}, new int[] {4, 5, 6, 7, 8, 9}, 2, 3, true);
        List<TokenWindow> parts = window.split(2);
        assertThat(parts.get(0).tokens()).containsExactly(1, 4);
        assertThat(parts.get(1).tokens()).containsExactly(2, 3, 5, 6);
        assertThat(parts.get(1).targets()).containsExactly(5, 6, 8, 9);
        assertThat(parts).allMatch(TokenWindow::startsFresh);
        assertThat(window.split(5).stream().mapToInt(TokenWindow::batch).sum()).isEqualTo(3);
    }
}
