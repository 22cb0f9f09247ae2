package io.github.unrolled.nn.cell;

import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.CellContractTest;
import io.github.unrolled.nn.Parameters;

/** More inputs than units: oneDNN has no kernel for this, and the cell runs step by step. */
final class GruResetBeforeWideInputTest extends CellContractTest<HiddenState> {
    @Override
    protected Cell<HiddenState> create(Parameters p) {
        return new Gru(p, new Gru.Options(INPUT, 2, Gru.Reset.BEFORE, 0));
    }
}
