package io.github.unrolled.dl4j;

class GruLayerTest extends LayerContractTest {
    @Override
    UnrolledRecurrent.Builder<?> layer() {
        return new UnrolledGru.Builder();
    }
}
