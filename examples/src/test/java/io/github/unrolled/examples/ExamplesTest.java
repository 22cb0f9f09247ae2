package io.github.unrolled.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.Lstm;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class ExamplesTest {
    /** The variance of the sum of two uniform numbers: what always answering 1 costs. */
    private static final double WITHOUT_MEMORY = 1.0 / 6;

    private final Backend backend = Backends.best();

    @Test
    void aCellOfOnesOwnSolvesTheAddingProblem() {
        double[] errors = AddingProblem.train(backend, p -> MinimalGatedUnit.create(p, 2, 24), 400);
        assertThat(errors[0]).isGreaterThan(WITHOUT_MEMORY);
        assertThat(errors[1]).isLessThan(WITHOUT_MEMORY / 5);
    }

    @Test
    void soDoesAnLstm() {
        double[] errors = AddingProblem.train(backend, p -> new Lstm(p, new Lstm.Options(2, 24)), 400);
        assertThat(errors[1]).isLessThan(WITHOUT_MEMORY / 5);
    }

    @Test
    void everyShapeHasTheSizeItPromises() {
        Parameters p = new Parameters(backend, new Seed(1));
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine);
                Gru encoder = new Gru(p.scope("encoder"), new Gru.Options(3, 5));
                Gru decoder = new Gru(p.scope("decoder"), new Gru.Options(3, 5));
                Linear head = Linear.create(p.scope("head"), 5, 3)) {
            Variable x = tape.constant(tape.zeros(Shape.of(7, 2, 3)));
            Variable first = tape.constant(tape.zeros(Shape.of(2, 3)));
            assertThat(SequenceShapes.oneToMany(tape, decoder, head, first, 4).shape())
                    .isEqualTo(Shape.of(4, 2, 3));
            assertThat(SequenceShapes.manyToOne(tape, encoder, head, x).shape()).isEqualTo(Shape.of(2, 3));
            assertThat(SequenceShapes.aligned(tape, encoder, head, x).shape()).isEqualTo(Shape.of(7, 2, 3));
            assertThat(SequenceShapes.encoderDecoder(tape, encoder, decoder, head, x, first, 4)
                            .shape())
                    .isEqualTo(Shape.of(4, 2, 3));
        }
    }

    @Test
    void theDecoderReadsWhatItWroteAndBeginsWithTheEncodersState() {
        Parameters p = new Parameters(backend, new Seed(1));
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine);
                Gru encoder = new Gru(p.scope("encoder"), new Gru.Options(3, 5));
                Gru decoder = new Gru(p.scope("decoder"), new Gru.Options(3, 5));
                Linear head = Linear.create(p.scope("head"), 5, 3)) {
            Tensor numbers = tape.allocate(Shape.of(7, 2, 3));
            numbers.set(new Seed(2).generator().doubles(42, -1, 1).toArray());
            Variable x = tape.constant(numbers);
            Variable first = tape.constant(tape.zeros(Shape.of(2, 3)));
            float[] two = SequenceShapes.encoderDecoder(tape, encoder, decoder, head, x, first, 2)
                    .value()
                    .step(1)
                    .toFloats();
            // By hand: the state after the sequence, one step on zeros, one step on what that gave.
            var state = encoder.unroll(tape, x, encoder.zeroState(tape, 2)).state();
            var function = decoder.bind(tape);
            var one = function.step(first, state);
            var again = function.step(head.apply(one.output()), one.state());
            assertThat(two).containsExactly(head.apply(again.output()).value().toFloats(), within(1e-6f));
        }
    }

    @Test
    void theReadmeShowsTheCodeThatIsTestedHere() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("LICENSE"))) {
            root = root.getParent();
        }
        String readme = Files.readString(root.resolve("README.md"));
        String source = Files.readString(
                root.resolve("examples/src/main/java/io/github/unrolled/examples/MinimalGatedUnit.java"));
        String snippet = source.substring(
                source.indexOf("// snippet: cell") + "// snippet: cell".length(), source.indexOf("// end of snippet"));
        assertThat(readme).contains(snippet.stripIndent().strip());
        String overview = Files.readString(root.resolve("rnn-core/src/main/javadoc/overview.html"))
                .replace("&#64;", "@")
                .replace("&lt;", "<")
                .replace("&gt;", ">");
        assertThat(overview).contains(snippet.stripIndent().strip());
    }
}
