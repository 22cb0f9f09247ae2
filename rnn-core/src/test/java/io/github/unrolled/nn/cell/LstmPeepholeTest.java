package io.github.unrolled.nn.cell;

import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.CellContractTest;
import io.github.unrolled.nn.Parameters;

final class LstmPeepholeTest extends CellContractTest<LstmState> {
    @Override
    protected Cell<LstmState> create(Parameters p) {
        return new Lstm(p, new Lstm.Options(INPUT, 4, true, false, 0));
    }
}
