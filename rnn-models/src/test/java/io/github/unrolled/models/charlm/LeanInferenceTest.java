package io.github.unrolled.models.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.random.Seed;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A model is used without a tape, and without ND4J or Deeplearning4j on the class path. */
final class LeanInferenceTest {
    private static final Pattern HEAVY =
            Pattern.compile(".*(nd4j|deeplearning4j|datavec|openblas|junit|jackson-dataformat).*");
    private static final int LENGTH = 60;

    /** The child: writes greedily with the shipped model. */
    static final class Child {
        public static void main(String[] args) {
            try {
                Class.forName("org.nd4j.linalg.api.ndarray.INDArray");
                throw new IllegalStateException("ND4J is on the class path");
            } catch (ClassNotFoundException e) {
                System.out.print(written());
            }
        }
    }

    private static String written() {
        Backend backend = Backends.best();
        StringBuilder text = new StringBuilder();
        try (SavedCharLm saved = Zoo.load("charlm/shakespeare", backend);
                CharLmSampler sampler = new CharLmSampler(saved.model(), backend, 1)) {
            sampler.read(saved.vocabulary().encode("ROMEO:"));
            Sampling greedy = new Sampling(0, 0, 1);
            for (int i = 0; i < LENGTH; i++) {
                text.append(saved.vocabulary().decode(sampler.next(greedy, new Seed(1).generator())));
            }
        }
        return text.toString();
    }

    @Test
    void writesTheSameWithoutNd4j() throws Exception {
        String lean = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !HEAVY.matcher(new File(entry).getName()).matches())
                .collect(Collectors.joining(File.pathSeparator));
        Process child = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        lean,
                        Child.class.getName()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor()).isZero();
        assertThat(text).hasSize(LENGTH).isEqualTo(written());
    }

    @Test
    void steppingEqualsTheTape() {
        Backend backend = Backends.best();
        try (SavedCharLm saved = Zoo.load("charlm/shakespeare", backend);
                CharLmSampler stepped = new CharLmSampler(saved.model(), backend, 1);
                Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            int[] tokens = saved.vocabulary().encode("ROMEO:\nWhat, ho! apothecary!\n");
            for (int token : tokens) {
                stepped.read(token);
            }
            CharLm model = saved.model();
            float[] whole = model.logits(
                            tape, tokens, tokens.length, model.stack().zeroState(tape, 1))
                    .outputs()
                    .value()
                    .slice(tokens.length - 1, tokens.length)
                    .toFloats();
            assertThat(stepped.logits()).containsExactly(whole, within(2e-4f));
        }
    }
}
