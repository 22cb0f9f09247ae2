package io.github.unrolled.nn.cell;

import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.CellContractTest;
import io.github.unrolled.nn.Parameters;

final class GruResetAfterTest extends CellContractTest<HiddenState> {
    @Override
    protected Cell<HiddenState> create(Parameters p) {
        return new Gru(p, new Gru.Options(INPUT, 4));
    }
}
