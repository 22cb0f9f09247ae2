package io.github.unrolled.benchmarks;

import java.util.Locale;

/**
 * One measurement.
 *
 * @param milliseconds of a step, the median
 * @param residentMegabytes most that the process held so far, or 0 where the system does not tell
 * @param nativeMegabytes held by the implementation's own native memory, where it keeps accounts, else 0
 * @param heapMegabytes of Java's heap in use
 */
record Reading(double milliseconds, double residentMegabytes, double nativeMegabytes, double heapMegabytes) {
    String line() {
        return String.format(
                Locale.ROOT, "%.6f %.1f %.1f %.1f", milliseconds, residentMegabytes, nativeMegabytes, heapMegabytes);
    }

    static Reading ofLine(String line) {
        String[] parts = line.split(" ", -1);
        return new Reading(
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2]),
                Double.parseDouble(parts[3]));
    }
}
