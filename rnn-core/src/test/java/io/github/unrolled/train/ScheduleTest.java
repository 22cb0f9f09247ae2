package io.github.unrolled.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    @Test
    void warmupIsLinearAndTheCosineEndsAtItsFloor() {
        Schedule schedule = new Schedule.WarmupCosine(0.2, 0.1);
        assertThat(schedule.factor(0)).isZero();
        assertThat(schedule.factor(0.1)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.factor(0.2)).isCloseTo(1, within(1e-12));
        assertThat(schedule.factor(0.6)).isCloseTo(0.55, within(1e-12));
        assertThat(schedule.factor(1)).isCloseTo(0.1, within(1e-12));
    }

    @Test
    void stepsMultiply() {
        Schedule schedule = new Schedule.Steps(List.of(0.5, 0.75), 0.1);
        assertThat(schedule.factor(0.49)).isEqualTo(1);
        assertThat(schedule.factor(0.5)).isCloseTo(0.1, within(1e-12));
        assertThat(schedule.factor(0.9)).isCloseTo(0.01, within(1e-12));
    }

    @Test
    void budgetsMeasureProgressEachInItsOwnUnit() {
        assertThat(new Budget.Steps(200).progress(50, 3, 9)).isEqualTo(0.25);
        assertThat(new Budget.Epochs(4).progress(50, 3, 9)).isEqualTo(0.75);
        assertThat(new Budget.Minutes(0.5).progress(50, 3, 15)).isEqualTo(0.5);
    }
}
