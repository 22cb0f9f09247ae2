package consumer;

import io.github.unrolled.autodiff.Ops;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.autodiff.Variable;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.nn.Linear;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.nn.Sequence;
import io.github.unrolled.nn.cell.Gru;
import io.github.unrolled.nn.cell.HiddenState;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import io.github.unrolled.train.AdamW;
import java.io.File;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Trains a cell with nothing but rnn-core, and looks at what came onto the class path with it. */
public final class Main {
    private static final List<String> UNWANTED =
            List.of("opencv", "ffmpeg", "javacv", "picocli", "pytorch", "xchart", "jline", "nd4j-native-1");
    private static final List<String> PLATFORMS =
            List.of("linux-x86_64", "linux-arm64", "macosx-arm64", "macosx-x86_64", "windows-x86_64");

    private Main() {}

    public static void main(String[] args) {
        checkClassPath();
        double[] losses = train(300);
        System.out.printf(Locale.ROOT, "loss %.4f, after training %.4f%n", losses[0], losses[losses.length - 1]);
        expect(losses[losses.length - 1] < losses[0] / 20, "the cell did not learn");
    }

    private static void checkClassPath() {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(path -> new File(path).getName())
                .collect(Collectors.toList());
        expect(jars.size() > 3, "the class path is not that of this project: " + jars);
        for (String unwanted : UNWANTED) {
            expect(jars.stream().noneMatch(jar -> jar.startsWith(unwanted)), unwanted + " is on the class path");
        }
        Set<String> natives = new TreeSet<>();
        for (String platform : PLATFORMS) {
            if (jars.stream().anyMatch(jar -> jar.endsWith("-" + platform + ".jar"))) {
                natives.add(platform);
            }
        }
        expect(natives.size() == 1, "natives of " + natives + " are on the class path");
        System.out.println(jars.size() + " jars, natives of " + natives + " only");
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise);
        }
    }

    /** Teaches a GRU to give, at the end, the first of the numbers it read. */
    private static double[] train(int steps) {
        int time = 6;
        int batch = 16;
        Backend backend = Backends.best();
        Parameters init = new Parameters(backend, new Seed(1));
        double[] losses = new double[steps];
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.recording(engine);
                Gru gru = new Gru(init.scope("gru"), new Gru.Options(1, 16, Gru.Reset.AFTER, 0));
                Linear head = Linear.create(init.scope("head"), 16, 1)) {
            List<Parameter> parameters = new ArrayList<>(gru.parameters());
            parameters.addAll(head.parameters());
            try (AdamW adam = new AdamW(new AdamW.Options(), backend, parameters)) {
                for (int step = 1; step <= steps; step++) {
                    tape.reset();
                    float[] numbers = new float[time * batch];
                    var random = new Seed(2).split(step).generator();
                    for (int i = 0; i < numbers.length; i++) {
                        numbers[i] = random.nextFloat();
                    }
                    Tensor x = tape.allocate(Shape.of(time, batch, 1)).set(numbers);
                    Sequence<HiddenState> run = gru.unroll(tape, tape.constant(x), gru.zeroState(tape, batch));
                    Variable answer = head.apply(Ops.step(run.outputs(), time - 1));
                    Variable wrong = Ops.subtract(answer, tape.constant(x.step(0)));
                    Variable loss = Ops.mean(Ops.multiply(wrong, wrong));
                    tape.backward(loss);
                    adam.beginStep(step);
                    parameters.forEach(p -> adam.update(engine, p, tape.gradient(p), 0.01, 1));
                    losses[step - 1] = loss.value().scalar();
                }
            }
        }
        return losses;
    }
}
