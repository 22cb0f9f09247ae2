package io.github.unrolled.app.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RemainingTest {
    @Test
    void aRunThatBeginsInTheMiddleIsJudgedByWhatItDoesItself() {
        Remaining remaining = new Remaining();
        remaining.begins(0.6, 2);
        remaining.begins(0.7, 50);
        assertThat(remaining.after(0.6, 2)).isEmpty();
        // A tenth in 60 seconds, and three are left.
        assertThat(remaining.after(0.7, 62)).isEqualTo(Progress.duration(180) + " left");
        assertThat(remaining.after(1, 300)).isEmpty();
    }
}
