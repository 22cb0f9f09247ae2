package io.github.unrolled.dl4j;

class LstmLayerTest extends LayerContractTest {
    @Override
    UnrolledRecurrent.Builder<?> layer() {
        return new UnrolledLstm.Builder();
    }
}
