package io.github.unrolled.nn.cell;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Cell;
import io.github.unrolled.nn.CellContractTest;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.tensor.ShapeException;
import org.junit.jupiter.api.Test;

final class ConvGruTest extends CellContractTest<HiddenState> {
    @Override
    protected Cell<HiddenState> create(Parameters p) {
        return new ConvGru(p, new ConvGru.Options(INPUT, 2, 3));
    }

    @Test
    void aStateWithoutAnExtentIsRefused() {
        Backend backend = Backends.named("onednn");
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine);
                Cell<HiddenState> cell = create(Parameters.zeros(backend))) {
            assertThatThrownBy(() -> cell.zeroState(tape, 2))
                    .isInstanceOf(ShapeException.class)
                    .hasMessage("ConvGru: a state of zeros was asked for places [2], expected [batch, height, width]");
        }
    }
}
