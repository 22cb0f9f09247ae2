package io.github.unrolled.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/** Where arrays and tensors share their elements, and where they do not. */
class NDArraysTest {
    private static INDArray array(DataType type, long... shape) {
        return Nd4j.arange(1, 1 + Nd4j.prod(Nd4j.createFromArray(shape)).getInt(0))
                .castTo(type)
                .reshape('c', shape);
    }

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void aTensorOverAnArrayIsTheArray(ElementType type) {
        Backend backend = Backends.best(type);
        INDArray array = array(NDArrays.typeOf(type), 3, 4);
        try (Tensor tensor = NDArrays.view(backend, array)) {
            assertThat(tensor.shape()).isEqualTo(Shape.of(3, 4));
            assertThat(tensor.toDoubles()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
            tensor.step(1).fill(0);
            assertThat(array.getRow(1).toDoubleVector()).containsOnly(0);
            array.putScalar(0, 0, 42);
            assertThat(tensor.toDoubles()[0]).isEqualTo(42);
        }
        assertThat(array.getDouble(0, 0)).isEqualTo(42);
    }

    @Test
    void rowsOfAnArrayAndPermutedSequencesAreViews() {
        Backend backend = Backends.best();
        INDArray array = array(DataType.FLOAT, 5, 2, 3);
        INDArray steps = array.get(NDArrayIndex.interval(2, 4));
        NDArrays.view(backend, steps).fill(7);
        assertThat(array.getDouble(2, 0, 0)).isEqualTo(7);
        assertThat(array.getDouble(4, 0, 0)).isEqualTo(25);
        // Deeplearning4j's [batch, features, time], when it lies as ours does.
        INDArray theirs = array.permute(1, 2, 0);
        assertThat(NDArrays.isViewable(theirs)).isFalse();
        assertThat(NDArrays.isViewable(theirs.permute(2, 0, 1))).isTrue();
    }

    @Test
    void anArrayOverANativeTensorIsTheTensor() {
        Backend backend = Backends.named("onednn");
        try (Tensor tensor = Tensor.allocate(backend, Shape.of(4, 2, 3))) {
            INDArray array = NDArrays.view(tensor.slice(1, 3));
            assertThat(array.shape()).containsExactly(2, 2, 3);
            array.assign(5);
            assertThat(tensor.step(0).toFloats()).containsOnly(0);
            assertThat(tensor.step(2).toFloats()).containsOnly(5);
            tensor.fill(6);
            assertThat(array.getDouble(1, 1, 2)).isEqualTo(6);
        }
    }

    @Test
    void otherLayoutsAndTypesAreNoViews() {
        Backend backend = Backends.best();
        assertThat(NDArrays.isViewable(array(DataType.FLOAT, 3, 4).dup('f'))).isFalse();
        assertThat(NDArrays.isViewable(array(DataType.FLOAT, 3, 4).transpose())).isFalse();
        assertThat(NDArrays.isViewable(
                        array(DataType.FLOAT, 3, 4).get(NDArrayIndex.all(), NDArrayIndex.interval(0, 2))))
                .isFalse();
        assertThat(NDArrays.isViewable(array(DataType.INT32, 3, 4))).isFalse();
        assertThatThrownBy(
                        () -> NDArrays.view(backend, array(DataType.FLOAT, 3, 4).transpose()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[4, 3]")
                .hasMessageContaining("strides [1, 4]")
                .hasMessageContaining("dup('c')");
        assertThatThrownBy(() -> NDArrays.view(backend, array(DataType.DOUBLE, 3, 4)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("DOUBLE");
    }

    @Test
    void aTensorInAJavaArrayIsNoArray() {
        try (Tensor tensor = Tensor.allocate(Backends.named("reference"), Shape.of(2))) {
            assertThatThrownBy(() -> NDArrays.view(tensor))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("native memory");
        }
    }
}
