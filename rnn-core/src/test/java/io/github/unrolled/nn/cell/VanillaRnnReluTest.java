package io.github.unrolled.nn.cell;

import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.CellContractTest;
import io.github.unrolled.nn.Parameters;

final class VanillaRnnReluTest extends CellContractTest<HiddenState> {
    @Override
    protected Cell<HiddenState> create(Parameters p) {
        return new VanillaRnn(p, new VanillaRnn.Options(INPUT, 4, VanillaRnn.Activation.RELU, 0));
    }
}
