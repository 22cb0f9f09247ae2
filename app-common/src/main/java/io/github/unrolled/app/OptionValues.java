package io.github.unrolled.app;

/** Checks of what options were given, each with one sentence for the user. All throw {@link UsageException}. */
public final class OptionValues {
    private OptionValues() {}

    /** At least 1. */
    public static int positive(String option, int value) {
        if (value < 1) {
            throw new UsageException(option + " is " + value + ", expected 1 or more");
        }
        return value;
    }

    /** More than 0, and finite. */
    public static double positive(String option, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new UsageException(option + " is " + value + ", expected more than 0");
        }
        return value;
    }

    /** At least 0. */
    public static long notNegative(String option, long value) {
        if (value < 0) {
            throw new UsageException(option + " is " + value + ", expected 0 or more");
        }
        return value;
    }

    /** At least 0. */
    public static int notNegative(String option, int value) {
        return (int) notNegative(option, (long) value);
    }

    /** At least 0. */
    public static double notNegative(String option, double value) {
        if (!(value >= 0)) {
            throw new UsageException(option + " is " + value + ", expected 0 or more");
        }
        return value;
    }

    /** At least 0 and less than 1. */
    public static double probability(String option, double value) {
        if (!(value >= 0 && value < 1)) {
            throw new UsageException(option + " is " + value + ", expected at least 0 and less than 1");
        }
        return value;
    }

    /** Between 0 and 1, both excluded. */
    public static double share(String option, double value) {
        if (!(value > 0 && value < 1)) {
            throw new UsageException(option + " is " + value + ", expected more than 0 and less than 1");
        }
        return value;
    }
}
