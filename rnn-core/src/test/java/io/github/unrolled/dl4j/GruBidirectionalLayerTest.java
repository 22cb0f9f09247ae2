package io.github.unrolled.dl4j;

class GruBidirectionalLayerTest extends LayerContractTest {
    @Override
    UnrolledRecurrent.Builder<?> layer() {
        return new UnrolledGru.Builder().bidirectional(true);
    }
}
