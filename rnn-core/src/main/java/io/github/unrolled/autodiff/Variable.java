package io.github.unrolled.autodiff;

import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.jspecify.annotations.Nullable;

/** A tensor on a tape, with the gradient of the loss with respect to it once the tape has been played backward. */
public final class Variable {
    private final Tape tape;
    private final Tensor value;
    private final boolean requiresGradient;
    /** A view shares its gradient with the variable that it views. */
    private final @Nullable View view;

    private @Nullable Tensor gradient;
    private boolean written;

    private record View(Variable of, int from, int to) {}

    Variable(Tape tape, Tensor value, boolean requiresGradient) {
        this(tape, value, requiresGradient, null, null);
    }

    /** A parameter's variable, whose gradient outlives the step. */
    Variable(Tape tape, Tensor value, Tensor gradient) {
        this(tape, value, true, null, gradient);
    }

    private Variable(
            Tape tape, Tensor value, boolean requiresGradient, @Nullable View view, @Nullable Tensor gradient) {
        this.tape = tape;
        this.value = value;
        this.requiresGradient = requiresGradient;
        this.view = view;
        this.gradient = gradient;
    }

    /** A view of the outermost indices from..to of another variable, under a shape of its own. */
    static Variable view(Variable of, int from, int to, Shape shape) {
        Tensor value = of.value.slice(from, to).reshape(shape);
        return new Variable(of.tape, value, of.requiresGradient, new View(of, from, to), null);
    }

    /** The tape that this variable lives on, until its next reset. */
    public Tape tape() {
        return tape;
    }

    /** The elements. */
    public Tensor value() {
        return value;
    }

    /** The extents. */
    public Shape shape() {
        return value.shape();
    }

    /** Whether a parameter or another source of gradients is behind this variable. */
    public boolean requiresGradient() {
        return requiresGradient;
    }

    /**
     * The gradient of the loss, zeros where nothing depended on this variable. Meaningful after {@link Tape#backward}.
     */
    public Tensor gradient() {
        return gradientToAdd();
    }

    /** Whether anything was written to the gradient. */
    boolean hasGradient() {
        return view == null ? written : view.of.hasGradient();
    }

    /** The gradient, made of zeros if nothing was written yet: for kernels that always add. */
    Tensor gradientToAdd() {
        if (view != null) {
            return viewed(view.of.gradientToAdd());
        }
        Tensor present = allocated();
        if (!written) {
            present.fill(0);
            written = true;
        }
        return present;
    }

    /** The gradient as a kernel's target; the kernel must add if {@link #hasGradient()} said so just before. */
    Tensor gradientToWrite() {
        if (view != null) {
            return viewed(isWhole(view) ? view.of.gradientToWrite() : view.of.gradientToAdd());
        }
        written = true;
        return allocated();
    }

    /** Whether a kernel writing to {@link #gradientToWrite()} must add to what is there. */
    boolean mustAccumulate() {
        if (view == null) {
            return written;
        }
        return isWhole(view) ? view.of.mustAccumulate() : true;
    }

    private Tensor allocated() {
        Tensor present = gradient;
        if (present == null) {
            present = tape.allocate(value.shape());
            gradient = present;
        }
        return present;
    }

    private Tensor viewed(Tensor whole) {
        View seen = java.util.Objects.requireNonNull(view, "not a view");
        return whole.slice(seen.from, seen.to).reshape(value.shape());
    }

    private static boolean isWhole(View view) {
        return view.from == 0 && view.to == view.of.shape().dim(0);
    }

    @Override
    public String toString() {
        return "variable " + value.shape();
    }
}
