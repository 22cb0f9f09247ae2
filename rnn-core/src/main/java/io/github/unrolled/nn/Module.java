package io.github.unrolled.nn;

import io.github.unrolled.autodiff.Parameter;
import java.util.List;

/** Something with parameters: a layer, a cell, a model. Owns them: closing it frees their memory. */
public interface Module extends AutoCloseable {
    /** All parameters, in an order that never changes. */
    List<Parameter> parameters();

    /** How many numbers are trained. */
    default long parameterCount() {
        return parameters().stream()
                .mapToLong(parameter -> parameter.value().elements())
                .sum();
    }

    /** Frees the parameters. */
    @Override
    default void close() {
        parameters().forEach(Parameter::close);
    }
}
