package io.github.unrolled.nn;

import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import java.util.List;

final class StackedTest extends CellContractTest<StackedState> {
    @Override
    protected Cell<StackedState> create(Parameters p) {
        return new Stacked(
                List.of(
                        new Lstm(p.scope("0"), new Lstm.Options(INPUT, 5)),
                        new Gru(p.scope("1"), new Gru.Options(5, 4))),
                0);
    }
}
