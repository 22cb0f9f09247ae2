package io.github.unrolled.nn;

import io.github.unrolled.nn.cell.HiddenState;
import io.github.unrolled.nn.cell.VanillaRnn;

final class ResidualTest extends CellContractTest<HiddenState> {
    @Override
    protected Cell<HiddenState> create(Parameters p) {
        return new Residual<>(new VanillaRnn(p, new VanillaRnn.Options(INPUT, INPUT)));
    }
}
