package io.github.unrolled.dl4j;

class GruResetBeforeLayerTest extends LayerContractTest {
    @Override
    UnrolledRecurrent.Builder<?> layer() {
        return new UnrolledGru.Builder().reset(io.github.unrolled.nn.cell.Gru.Reset.BEFORE);
    }
}
