package io.github.unrolled.dl4j;

class RnnLayerTest extends LayerContractTest {
    @Override
    UnrolledRecurrent.Builder<?> layer() {
        return new UnrolledRnn.Builder();
    }
}
