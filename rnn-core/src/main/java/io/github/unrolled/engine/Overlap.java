package io.github.unrolled.engine;

import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses results that lie over inputs. Without this, what comes out depends on the order in which an engine happens to
 * read and write, and two engines that are both right on their own disagree.
 */
final class Overlap {
    private Overlap() {}

    /** The result shares no element with any input. */
    static void none(String kernel, Tensor result, Tensor... inputs) {
        for (Tensor input : inputs) {
            if (overlap(result, input)) {
                throw refused(kernel, result, input);
            }
        }
    }

    /** As {@link #none}, except that the result may be the very elements of an input, for kernels that go one by one. */
    static void partly(String kernel, Tensor result, Tensor... inputs) {
        for (Tensor input : inputs) {
            boolean same = result.offset() == input.offset() && result.elements() == input.elements();
            if (!same && overlap(result, input)) {
                throw refused(kernel, result, input);
            }
        }
    }

    /** No result shares an element with an input or with another result. */
    static void results(String kernel, List<Tensor[]> results, List<Tensor[]> inputs) {
        List<Tensor> others = new ArrayList<>();
        inputs.forEach(group -> others.addAll(List.of(group)));
        for (Tensor[] group : results) {
            for (Tensor result : group) {
                for (Tensor other : others) {
                    none(kernel, result, other);
                }
                others.add(result);
            }
        }
    }

    private static boolean overlap(Tensor a, Tensor b) {
        return a.memory() == b.memory()
                && Math.max(a.offset(), b.offset()) < Math.min(a.offset() + a.elements(), b.offset() + b.elements());
    }

    private static ShapeException refused(String kernel, Tensor result, Tensor input) {
        return new ShapeException(kernel + ": the result " + result.shape() + " lies over the input " + input.shape()
                + " in the same memory; allocate another tensor for the result");
    }
}
