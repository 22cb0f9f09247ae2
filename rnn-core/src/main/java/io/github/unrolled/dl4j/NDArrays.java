package io.github.unrolled.dl4j;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.ShapeException;
import io.github.unrolled.tensor.Tensor;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays of ND4J and tensors over the same elements, both ways, without a copy: what is written to one is seen in the
 * other. That takes one layout: C order without gaps, FLOAT or DOUBLE, in native memory. {@link #isViewable} says whether
 * an array has it; an array that has not is copied by its own {@code dup('c')} first.
 */
public final class NDArrays {
    private NDArrays() {}

    /** Whether the elements of an array lie in C order, one after the other, and are of a type that tensors have. */
    public static boolean isViewable(INDArray array) {
        return (array.dataType() == DataType.FLOAT || array.dataType() == DataType.DOUBLE) && isDense(array);
    }

    /** Strides of extents of 1 say nothing, so ND4J's own flags, which read them, are not asked. */
    private static boolean isDense(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }

    /**
     * A persistent tensor over the elements of an array, which must outlive it; closing it frees nothing.
     *
     * @throws IllegalArgumentException if the array's layout or element type does not allow it
     */
    public static Tensor view(Backend backend, INDArray array) {
        if (!isViewable(array) || typeOf(array.dataType()) != backend.type()) {
            throw new IllegalArgumentException("an array " + Arrays.toString(array.shape()) + " of "
                    + array.dataType() + " with strides " + Arrays.toString(array.stride())
                    + " cannot be seen as a tensor of " + backend.type()
                    + " in C order; copy it with castTo and dup('c')");
        }
        return Tensor.over(backend.over(buffer(array)), Shape.of(dims(array)));
    }

    /**
     * An array over the elements of a tensor in native memory, good as long as the tensor is.
     *
     * @throws IllegalArgumentException if the tensor lies in a Java array, as those of the reference engine do
     */
    public static INDArray view(Tensor tensor) {
        ByteBuffer block = tensor.memory()
                .buffer()
                .orElseThrow(() -> new IllegalArgumentException("a tensor " + tensor
                        + " that does not lie in native memory cannot be seen as an array; copy it with"
                        + " Nd4j.createFromArray(tensor.toDoubles())"));
        int bytes = tensor.type().bytes();
        Pointer start = new BytePointer(block).getPointer(tensor.offset() * bytes);
        start.capacity(tensor.elements() * bytes);
        long[] shape = shape(tensor);
        return Nd4j.create(
                Nd4j.createBuffer(start, tensor.elements(), typeOf(tensor.type())),
                shape,
                Nd4j.getStrides(shape, 'c'),
                0,
                'c');
    }

    /** A copy of a tensor's elements that belongs to none of a network's workspaces. */
    @SuppressWarnings("try") // the scope acts by being open
    static INDArray detached(Tensor tensor) {
        try (MemoryWorkspace outside = Nd4j.getMemoryManager().scopeOutOfWorkspaces()) {
            long[] shape = shape(tensor);
            return Nd4j.createFromArray(tensor.toDoubles()).reshape('c', shape).castTo(typeOf(tensor.type()));
        }
    }

    /** The elements of an array of any layout and type, in C order. */
    static double[] values(INDArray array) {
        return array.castTo(DataType.DOUBLE).dup('c').data().asDouble();
    }

    private static long[] shape(Tensor tensor) {
        return Arrays.stream(tensor.shape().dims()).asLongStream().toArray();
    }

    static DataType typeOf(ElementType type) {
        return type == ElementType.FLOAT32 ? DataType.FLOAT : DataType.DOUBLE;
    }

    /**
     * The type that a network's layers compute in.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    static ElementType typeOf(DataType type) {
        return switch (type) {
            case FLOAT -> ElementType.FLOAT32;
            case DOUBLE -> ElementType.FLOAT64;
            default ->
                throw new IllegalArgumentException(
                        "layers of Unrolled compute in FLOAT or DOUBLE, and the data type is " + type
                                + "; build the network with dataType(DataType.FLOAT)");
        };
    }

    private static int[] dims(INDArray array) {
        int[] dims = new int[array.rank()];
        for (int axis = 0; axis < dims.length; axis++) {
            dims[axis] = Math.toIntExact(array.size(axis));
        }
        return dims;
    }

    private static ByteBuffer buffer(INDArray array) {
        long bytes = array.length() * array.dataType().width();
        if (bytes > Integer.MAX_VALUE) {
            throw new ShapeException(
                    "an array of " + bytes + " bytes cannot be seen as a tensor, which has at most 2 GiB");
        }
        return new Raw(array.data().addressPointer().address(), bytes).asByteBuffer();
    }

    /** A pointer to an address that somebody else owns. */
    private static final class Raw extends BytePointer {
        Raw(long address, long bytes) {
            this.address = address;
            capacity(bytes);
        }
    }
}
