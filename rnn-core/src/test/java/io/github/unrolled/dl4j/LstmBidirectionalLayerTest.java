package io.github.unrolled.dl4j;

class LstmBidirectionalLayerTest extends LayerContractTest {
    @Override
    UnrolledRecurrent.Builder<?> layer() {
        return new UnrolledLstm.Builder().bidirectional(true);
    }
}
