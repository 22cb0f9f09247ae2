package io.github.unrolled.models.zoo;

import java.util.List;

/**
 * A model of the zoo.
 *
 * @param name task and data, such as {@code charlm/shakespeare}
 * @param task what it does
 * @param paper what it follows
 * @param parameters how many numbers were trained
 * @param file resource beside the list
 * @param bytes size of the file
 * @param sha256 of the file, hexadecimal
 * @param weightsLicence under which the weights may be used
 * @param dataLicence of what they were trained on
 * @param metrics measured on the shipped file
 * @param command that trained it
 * @param seed of the training
 */
public record ZooEntry(
        String name,
        String task,
        String paper,
        long parameters,
        String file,
        long bytes,
        String sha256,
        String weightsLicence,
        String dataLicence,
        List<Metric> metrics,
        String command,
        long seed) {
    /** Copies the list. */
    public ZooEntry {
        metrics = List.copyOf(metrics);
    }

    /**
     * A measured value.
     *
     * @param name what was measured
     * @param metric which quantity
     * @param value the number
     * @param protocol how
     */
    public record Metric(String name, String metric, double value, String protocol) {}
}
