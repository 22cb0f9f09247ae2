package io.github.unrolled.train;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.nn.Module;
import java.util.function.BooleanSupplier;

/**
 * What is trained, on what, and how its best is known: all that {@link Training} does not know of a model. It owns the
 * model and whatever the objective holds.
 *
 * @param <B> a batch
 */
public interface Task<B> extends AutoCloseable {
    /** The network; its parameters are what files hold. */
    Module model();

    /** The loss of a batch. */
    Objective<B> objective();

    /** Where batches come from. */
    BatchSource<B> source();

    /** How many threads share a batch: those of the recipe, or fewer where a batch cannot be split so often. */
    int workers();

    /** The loss on held-out data, computed on the workers; the lowest is the best. */
    double validate(Workers workers);

    /** {@code model.json} of the model as it is, without provenance: its type and all that is needed to make it anew. */
    ObjectNode description();

    /** The options of this task beside the recipe: architecture, batch, what the data is cut into. */
    ObjectNode configuration();

    /** What it is trained on: at least {@code name} and {@code sha256}. */
    ObjectNode data();

    /**
     * Fits on held-out data what no gradient reaches, with the best weights in place, once the training is over; nothing,
     * unless overridden. What comes of it is in {@link #description()} from then on.
     *
     * @param stop asked now and then; true to give up
     * @return whether it came to its end; if not, nothing has changed
     */
    default boolean fit(Backend backend, BooleanSupplier stop) {
        return true;
    }

    /** Measures the model with the weights it has now in the way that is published. */
    Measurement measure(Backend backend);

    /**
     * A figure with its unit and protocol.
     *
     * @param value the number
     * @param unit such as {@code nats/char}
     * @param protocol how it was measured, in a few words
     */
    record Measurement(double value, String unit, String protocol) {}

    /** Frees the model and what the objective holds. */
    @Override
    void close();
}
