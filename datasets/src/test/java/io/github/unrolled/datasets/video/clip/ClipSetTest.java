package io.github.unrolled.datasets.video.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipSplit.Part;
import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClipSetTest {
    private static final FrameSize SIZE = new FrameSize(2, 2, 1);

    private static LabelledClip clip(String name, String group, int... labels) {
        return new LabelledClip(name, group, ClipFrames.of(SIZE, new byte[4 * labels.length]), labels);
    }

    /** Ten groups of three clips. */
    private static ClipSet thirty() {
        List<LabelledClip> clips = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            clips.add(clip("c" + i, "g" + i % 10, i % 2, 1 - i % 2, -1));
        }
        return new ClipSet("thirty", List.of("a", "b"), LabelLevel.FRAME, clips, List.of());
    }

    private static Set<String> groups(ClipSet set) {
        return new HashSet<>(set.groups());
    }

    @Test
    void groupsAreNeverDivided() {
        ClipSet set = thirty();
        Set<Set<String>> tests = new HashSet<>();
        for (long seed = 0; seed < 20; seed++) {
            ClipSplit split = set.split(0.2, 0.3, new Seed(seed));
            assertThat(split.test().groups()).hasSize(3);
            assertThat(split.valid().groups()).hasSize(2);
            assertThat(split.train().groups())
                    .hasSize(5)
                    .doesNotContainAnyElementsOf(split.test().groups());
            assertThat(split.valid().groups())
                    .doesNotContainAnyElementsOf(split.train().groups())
                    .doesNotContainAnyElementsOf(split.test().groups());
            assertThat(split.train().clips().size()
                            + split.valid().clips().size()
                            + split.test().clips().size())
                    .isEqualTo(30);
            assertThat(set.split(0.2, 0.3, new Seed(seed)).test().groups())
                    .isEqualTo(split.test().groups());
            tests.add(groups(split.test()));
        }
        assertThat(tests).hasSizeGreaterThan(10);
        assertThat(set.split(0, 0.01, new Seed(1)).test().groups()).hasSize(1);
        assertThat(set.split(0, 0.01, new Seed(1)).valid().clips()).isEmpty();
        assertThatThrownBy(() -> set.withClips("few", set.clips().subList(0, 2)).split(0.4, 0.4, new Seed(1)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("2 groups");
        assertThatThrownBy(() -> set.split(0.5, 0.5, new Seed(1))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aListDecidesUnlessItDividesAGroup() {
        ClipSet set = thirty();
        Map<String, Part> parts = new HashMap<>();
        set.clips().forEach(clip -> parts.put(clip.name(), clip.group().equals("g3") ? Part.TEST : Part.TRAIN));
        assertThat(groups(set.split(parts).test())).containsExactly("g3");
        parts.put("c13", Part.TRAIN);
        assertThatThrownBy(() -> set.split(parts))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("divides the group g3");
        parts.remove("c4");
        assertThatThrownBy(() -> set.split(parts)).hasMessageContaining("c4");
    }

    @Test
    void oneGroupIsLeftOut() {
        ClipSplit split = thirty().leaveOut("g7");
        assertThat(split.test().clips()).extracting(LabelledClip::name).containsExactly("c7", "c17", "c27");
        assertThat(split.train().clips()).hasSize(27);
        assertThatThrownBy(() -> thirty().leaveOut("h")).hasMessageContaining("g0");
    }

    @Test
    void imbalanceIsSaid() {
        ClipSet set = new ClipSet(
                "s",
                List.of("often", "seldom", "never"),
                LabelLevel.FRAME,
                List.of(clip("c", "c", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, -1)),
                List.of());
        assertThat(set.counts()).containsExactly(19, 1, 0);
        assertThat(set.imbalance(0.2))
                .containsExactly(
                        "the class seldom has only 1 of 20 labelled frames in s (5.0 %)",
                        "the class never has no labelled frames in s");
        assertThat(set.imbalance(0.1)).hasSize(1);
        assertThat(thirty().imbalance(0.2)).isEmpty();
    }

    @Test
    void setsThatDoNotFitTogetherAreRefused() {
        assertThatThrownBy(
                        () -> new ClipSet("s", List.of("a"), LabelLevel.FRAME, List.of(clip("c", "c", 1)), List.of()))
                .hasMessageContaining("label 1");
        assertThatThrownBy(() -> new ClipSet(
                        "s", List.of("a"), LabelLevel.FRAME, List.of(clip("c", "c", 0), clip("c", "d", 0)), List.of()))
                .hasMessageContaining("two clips");
        assertThatThrownBy(() -> clip("c", "c", -2)).hasMessageContaining("-2");
        assertThatThrownBy(() -> new LabelledClip("c", "c", ClipFrames.of(SIZE, new byte[8]), new int[3]))
                .hasMessageContaining("2 frames and 3 labels");
        assertThatThrownBy(() -> ClipFrames.of(SIZE, new byte[7])).hasMessageContaining("7 bytes");
    }
}
