package io.github.unrolled.engine.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.engine.AdamStep;
import io.github.unrolled.engine.Binary;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.engine.Unary;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every kernel on values small enough to be worked out by hand. The fused recurrent ones have a class of their own. */
final class ReferenceEngineTest {
    private static final double EXACT = 1e-14;

    private final ReferenceBackend backend = new ReferenceBackend(ElementType.FLOAT64);
    private final Engine engine = backend.newEngine(1);

    @AfterEach
    void close() {
        engine.close();
    }

    private Tensor tensor(Shape shape, double... values) {
        return Tensor.allocate(backend, shape).set(values);
    }

    private Tensor vector(double... values) {
        return tensor(Shape.of(values.length), values);
    }

    private Tensor matrix(int columns, double... values) {
        return tensor(Shape.of(values.length / columns, columns), values);
    }

    private static void assertValues(Tensor found, double... expected) {
        assertThat(found.toDoubles()).containsExactly(expected, within(EXACT));
    }

    @Test
    void copyOverwritesOrAdds() {
        Tensor target = vector(10, 20, 30);
        engine.copy(vector(1, 2, 3), target, true);
        assertValues(target, 11, 22, 33);
        engine.copy(vector(1, 2, 3), target, false);
        assertValues(target, 1, 2, 3);
    }

    @Test
    void copyColumnsTakesABlockOfEachRow() {
        Tensor target = matrix(4, 0, 0, 0, 0, 10, 20, 30, 40);
        engine.copyColumns(matrix(3, 1, 2, 3, 4, 5, 6), 1, target, 2, 2, true);
        assertValues(target, 0, 0, 2, 3, 10, 20, 35, 46);
    }

    @Test
    void reverseTurnsTimeAndNothingElse() {
        Tensor target = tensor(Shape.of(3, 1, 2), 0, 0, 0, 0, 0, 0);
        engine.reverse(tensor(Shape.of(3, 1, 2), 1, 2, 3, 4, 5, 6), target, false);
        assertValues(target, 5, 6, 3, 4, 1, 2);
    }

    @Test
    void selectNeverTouchesWhatIsNotChosen() {
        Tensor target = matrix(2, 0, 0, 0, 0, 0, 0);
        Tensor broken = matrix(2, Double.NaN, Double.NaN, 3, 4, Double.NaN, Double.NaN);
        engine.select(vector(0, -2, 0), broken, matrix(2, 10, 20, Double.NaN, Double.NaN, 50, 60), target);
        assertValues(target, 10, 20, 3, 4, 50, 60);
    }

    @Test
    void functionsAndTheirDerivativesFromTheResult() {
        double e = Math.E;
        assertUnary(Unary.TANH, 1, (e * e - 1) / (e * e + 1), 4 / ((e + 1 / e) * (e + 1 / e)));
        assertUnary(Unary.SIGMOID, 1, e / (1 + e), e / ((1 + e) * (1 + e)));
        assertUnary(Unary.RELU, 2.5, 2.5, 1);
        assertUnary(Unary.RELU, -2.5, 0, 0);
        assertUnary(Unary.RELU, 0, 0, 0);
        assertUnary(Unary.EXP, 1, e, e);
        assertUnary(Unary.SQRT, 6.25, 2.5, 0.2);
    }

    private void assertUnary(Unary op, double x, double y, double derivative) {
        Tensor result = vector(0);
        engine.unary(op, vector(x), result);
        assertValues(result, y);
        Tensor gradient = vector(100);
        engine.unaryBackward(op, result, vector(3), gradient, true);
        assertThat(gradient.scalar()).as(op.name()).isCloseTo(100 + 3 * derivative, within(1e-13));
    }

    @Test
    void functionsDoNotOverflow() {
        Tensor y = vector(0, 0);
        engine.unary(Unary.SIGMOID, vector(-1000, 1000), y);
        assertValues(y, 0, 1);
        engine.unary(Unary.TANH, vector(-1000, 1000), y);
        assertValues(y, -1, 1);
    }

    @Test
    void binaryRepeatsTheSecondArgument() {
        Tensor a = tensor(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
        Tensor y = tensor(Shape.of(2, 2, 2), 0, 0, 0, 0, 0, 0, 0, 0);
        engine.binary(Binary.ADD, a, vector(10, 20), y, false);
        assertValues(y, 11, 22, 13, 24, 15, 26, 17, 28);
        engine.binary(Binary.SUBTRACT, a, matrix(1, 1, 2), y, false);
        assertValues(y, 0, 1, 1, 2, 4, 5, 5, 6);
        engine.binary(Binary.MULTIPLY, a, tensor(Shape.of(2, 1, 1), 1, -1), y, true);
        assertValues(y, 1, 3, 4, 6, -1, -1, -2, -2);
    }

    @Test
    void scaleMultipliesThenShifts() {
        Tensor y = vector(100, 200);
        engine.scale(vector(1, 2), -3, 0.5, y, true);
        assertValues(y, 97.5, 194.5);
    }

    @Test
    void sumIsTheTransposeOfRepetition() {
        Tensor x = tensor(Shape.of(2, 2, 2), 1, 2, 3, 4, 5, 6, 7, 8);
        assertSum(x, Shape.of(2), 16, 20);
        assertSum(x, Shape.of(2, 2), 6, 8, 10, 12);
        assertSum(x, Shape.of(2, 1), 14, 22);
        assertSum(x, Shape.of(2, 1, 1), 10, 26);
        assertSum(x, Shape.of(2, 1, 2), 4, 6, 12, 14);
        assertSum(x, Shape.of(), 36);
    }

    private void assertSum(Tensor x, Shape shape, double... expected) {
        Tensor y = Tensor.allocate(backend, shape).fill(Double.NaN);
        engine.sum(x, y, false);
        assertValues(y, expected);
    }

    @Test
    void matmulTransposesEitherSide() {
        // [[1, 2, 3], [4, 5, 6]] · [[1, 0], [2, 1], [0, 3]]
        double[] expected = {5, 11, 14, 23};
        Tensor a = matrix(3, 1, 2, 3, 4, 5, 6);
        Tensor aTransposed = matrix(2, 1, 4, 2, 5, 3, 6);
        Tensor b = matrix(2, 1, 0, 2, 1, 0, 3);
        Tensor bTransposed = matrix(3, 1, 2, 0, 0, 1, 3);
        for (boolean left : new boolean[] {false, true}) {
            for (boolean right : new boolean[] {false, true}) {
                Tensor c = matrix(2, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
                engine.matmul(left ? aTransposed : a, left, right ? bTransposed : b, right, c, false);
                assertValues(c, expected);
            }
        }
        Tensor sum = matrix(2, 100, 100, 100, 100);
        engine.matmul(a, false, b, false, sum, true);
        assertValues(sum, 105, 111, 114, 123);
    }

    @Test
    void affineAddsTheBiasToEachRow() {
        Tensor y = matrix(2, 0, 0, 0, 0);
        engine.affine(matrix(3, 1, 2, 3, 4, 5, 6), matrix(2, 1, 0, 2, 1, 0, 3), vector(100, 200), y);
        assertValues(y, 105, 211, 114, 223);
    }

    @Test
    void tablesAreReadAndAddedToByRow() {
        Tensor rows = matrix(2, 0, 0, 0, 0, 0, 0);
        engine.gather(matrix(2, 1, 2, 3, 4, 5, 6), new int[] {2, 0, 2}, rows);
        assertValues(rows, 5, 6, 1, 2, 5, 6);
        Tensor table = matrix(2, 100, 100, 200, 200, 300, 300);
        engine.scatterAdd(matrix(2, 1, 2, 3, 4, 5, 6), new int[] {2, 0, 2}, table);
        assertValues(table, 103, 104, 200, 200, 306, 308);
        Tensor hot = matrix(3, 9, 9, 9, 9, 9, 9);
        engine.oneHot(new int[] {2, 0}, hot);
        assertValues(hot, 0, 0, 1, 1, 0, 0);
    }

    @Test
    void layerNormDividesByTheDeviationOverN() {
        // Row 1, 3: mean 2, variance 1 over n = 2; with ε = 3 the root is 2.
        Tensor y = matrix(2, 0, 0);
        Tensor statistics = matrix(1, 0, 0);
        engine.layerNorm(matrix(2, 1, 3), vector(10, 100), vector(1, 2), 3, y, statistics);
        assertValues(y, -4, 52);
        assertValues(statistics, 2, 1);
    }

    @Test
    void crossEntropyWeighsItsRows() {
        // Softmax of ln 1, ln 2, ln 5 is 1/8, 2/8, 5/8.
        Tensor logits = matrix(3, 0, Math.log(2), Math.log(5), 7, 7, 7, Double.NaN, 0, 0);
        Tensor weights = vector(2, 0.5, 0);
        int[] targets = {1, 0, -1};
        Tensor p = matrix(3, new double[9]);
        Tensor loss = vector(Double.NaN);
        engine.softmaxCrossEntropy(logits, targets, weights, p, loss);
        assertThat(loss.scalar()).isCloseTo(2 * Math.log(4) + 0.5 * Math.log(3), within(EXACT));
        assertThat(p.slice(0, 1).toDoubles()).containsExactly(new double[] {0.125, 0.25, 0.625}, within(EXACT));
        Tensor dLogits = matrix(3, 1, 1, 1, 1, 1, 1, 1, 1, 1);
        engine.softmaxCrossEntropyBackward(p, targets, weights, vector(3), dLogits, true);
        assertValues(dLogits, 1.75, -3.5, 4.75, 0, 1.5, 1.5, 1, 1, 1);
    }

    @Test
    void softmaxDoesNotOverflowAndKeepsMinusInfinityOut() {
        Tensor y = matrix(3, 0, 0, 0);
        engine.softmax(matrix(3, 10_000, 10_000 + Math.log(3), Double.NEGATIVE_INFINITY), y);
        assertThat(y.toDoubles()).containsExactly(new double[] {0.25, 0.75, 0}, within(1e-11));
        Tensor loss = vector(0);
        engine.softmaxCrossEntropy(matrix(3, 1000, -1000, 0), new int[] {1}, vector(1), y, loss);
        assertThat(loss.scalar()).isEqualTo(2000);
    }

    @Test
    void sumOfSquaresLetsNonsenseThrough() {
        assertThat(engine.sumOfSquares(vector(3, -4))).isEqualTo(25);
        assertThat(engine.sumOfSquares(vector())).isZero();
        assertThat(engine.sumOfSquares(vector(1, Double.NaN))).isNaN();
        assertThat(engine.sumOfSquares(vector(1, Double.NEGATIVE_INFINITY))).isInfinite();
    }

    @Test
    void adamDecaysTheWeightApartFromTheGradient() {
        // g = 0.5 · 4 = 2; m = 0.9 · 1 + 0.1 · 2 = 1.1; v = 0.75 · 4 + 0.25 · 4 = 4; m / 0.5 = 2.2; √(v / 0.25) = 4.
        Tensor value = vector(10);
        Tensor first = vector(1);
        Tensor second = vector(4);
        long version = value.version();
        engine.adamW(vector(4), new AdamStep(0.1, 0.9, 0.75, 0.4, 0.2, 0.5, 0.25, 0.5), value, first, second);
        assertValues(first, 1.1);
        assertValues(second, 4);
        assertValues(value, 10 * (1 - 0.1 * 0.2) - 0.1 * 2.2 / 4.4);
        assertThat(value.version()).isGreaterThan(version);
    }

    @Test
    void momentumCarriesTheDecayedGradient() {
        // v = 0.5 · 3 + (0.5 · 4 + 0.1 · 10) = 4.5; p = 10 - 0.2 · 4.5.
        Tensor value = vector(10);
        Tensor velocity = vector(3);
        long version = value.version();
        engine.sgd(vector(4), 0.2, 0.5, 0.1, 0.5, value, velocity);
        assertValues(velocity, 4.5);
        assertValues(value, 9.1);
        assertThat(value.version()).isGreaterThan(version);
    }

    @Test
    void averageMovesTowardsTheValue() {
        Tensor average = vector(10, 20);
        engine.average(vector(20, 20), 0.25, average);
        assertValues(average, 12.5, 20);
    }
}
