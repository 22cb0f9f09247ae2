package io.github.unrolled.app;

import io.github.unrolled.train.Budget;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --steps}, {@code --epochs} and {@code --minutes}: how long to train. Mixed in with picocli's {@code @Mixin}. */
public final class BudgetOptions {
    @Option(names = "--steps", paramLabel = "N", description = "Train for so many steps.", order = 20)
    private @Nullable Long steps;

    @Option(names = "--epochs", paramLabel = "X", description = "Train for so many passes over the data.", order = 21)
    private @Nullable Double epochs;

    @Option(names = "--minutes", paramLabel = "X", description = "Train for so many minutes.", order = 22)
    private @Nullable Double minutes;

    /** Nothing given. */
    public BudgetOptions() {}

    /**
     * The budget, or this one where none was given.
     *
     * @throws UsageException when more than one was given, or one that is not positive
     */
    public Budget orElse(Budget otherwise) {
        Budget budget = null;
        if (steps != null) {
            budget = only(budget, new Budget.Steps(positive("--steps", steps)));
        }
        if (epochs != null) {
            budget = only(budget, new Budget.Epochs(positive("--epochs", epochs)));
        }
        if (minutes != null) {
            budget = only(budget, new Budget.Minutes(positive("--minutes", minutes)));
        }
        return budget == null ? otherwise : budget;
    }

    private static Budget only(@Nullable Budget former, Budget budget) {
        if (former != null) {
            throw new UsageException("--steps, --epochs and --minutes exclude each other; give one of them");
        }
        return budget;
    }

    private static <N extends Number> N positive(String option, N value) {
        double number = value.doubleValue();
        if (!(number > 0) || Double.isInfinite(number)) {
            throw new UsageException(option + " is " + value + ", expected more than 0");
        }
        return value;
    }
}
