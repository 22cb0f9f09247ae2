package io.github.unrolled.charlm;

import io.github.unrolled.app.OutOption;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.result.Table;
import io.github.unrolled.app.run.Curve;
import io.github.unrolled.app.run.RunFolder;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.datasets.text.Vocabulary;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.models.charlm.CharLmOptions;
import io.github.unrolled.models.charlm.CharLmSampler;
import io.github.unrolled.models.charlm.CharLmTask;
import io.github.unrolled.models.charlm.HelloNetwork;
import io.github.unrolled.models.charlm.Sampling;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Training;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The lecture's network, then a language model from nothing to text in a minute. */
@Command(
        name = "demo",
        description = "Show the idea: the lecture's hello network, then a model trained on an embedded corpus.",
        footer = {"  ./run charlm", "  ./run charlm demo --seed 7 --out runs/demo --json demo.json"})
final class DemoVerb extends Verb {
    private static final int HELLO_STEPS = 200;
    private static final double MINUTES = 0.6;
    private static final int WRITTEN = 300;

    @Mixin
    private final OutOption out = new OutOption();

    @Override
    protected Result run(Console console) throws Exception {
        Backend backend = Backends.best();
        hello(console, backend);
        return language(console, backend);
    }

    /** The table that says it all; rows are printed by the demo itself. */
    @Override
    protected void show(Result result, Console console) {}

    // ---- the lecture's network

    private void hello(Console console, Backend backend) {
        try (HelloNetwork network = new HelloNetwork(backend, seed().split("hello"))) {
            console.out().println(console.bold("A recurrent network reads h, e, l, l and should answer e, l, l, o."));
            console.out().println("One weight matrix for every step; the hidden state is all it remembers.");
            console.out().println();
            console.out().println("Before training:");
            console.out().print(table(network.table()));
            double loss = network.train(HELLO_STEPS);
            console.out().println();
            console.out().printf(Locale.ROOT, "After %d steps of training (loss %.4f nats):%n", HELLO_STEPS, loss);
            console.out().print(table(network.table()));
            console.out().println();
            console.out().println("The two l's get different answers: the state tells them apart.");
            console.out().println("Fed with its own answers, it writes: " + console.bold(network.sample(4)));
            console.out().println();
        }
    }

    private static String table(List<HelloNetwork.Row> rows) {
        Table table = new Table("input", "hidden state", "scores h, e, l, o", "answer", "target");
        for (HelloNetwork.Row row : rows) {
            table.row(
                    String.valueOf(row.input()),
                    numbers(row.hidden()),
                    numbers(row.scores()),
                    String.valueOf(row.answer()),
                    String.valueOf(row.target()));
        }
        return table.text();
    }

    private static String numbers(float[] values) {
        StringBuilder text = new StringBuilder();
        for (float value : values) {
            text.append(String.format(Locale.ROOT, "%6.2f", value));
        }
        return text.toString();
    }

    // ---- the language model

    private Result language(Console console, Backend backend) throws IOException {
        Text text = Corpus.text();
        CharLmOptions options = CharLmOptions.plain("gru", 128, 2, 32, 64);
        Recipe recipe = new Recipe(
                new Budget.Minutes(MINUTES), 0.006, 0.05, 0, 0.99, 1, 0, 150, 0, 0, seed().value(), threads(), false);
        try (CharLmTask task = new CharLmTask(backend, options, recipe, text);
                Training<TokenWindow> training = new Training<>(backend, recipe, task);
                RunFolder folder = RunFolder.create(out.orElse(Path.of("runs", "charlm-demo")), true)) {
            console.out()
                    .println(console.bold("The same, larger, on a made-up language of "
                            + task.vocabulary().size() + " characters with brackets, quotes and agreement:"));
            console.out().println();
            int[] letters = task.training();
            console.out()
                    .println("  "
                            + task.vocabulary()
                                    .decode(java.util.Arrays.copyOf(letters, 150))
                                    .strip()
                                    .replace("\n", "\n  "));
            console.out().println();
            List<ResultRow> baselines =
                    Baselines.rows(letters, task.validation(), task.vocabulary().size());
            TrainingSession session = new TrainingSession(
                    console,
                    folder,
                    runInfo(Map.of(text.name(), text.sha256())),
                    new TrainingSession.Words("charlm demo", "nats per character", "chars/s", Baselines.METRIC));
            Training.Report report = session.run(training);
            if (!report.outcome().completed()) {
                console.interruption().check();
            }
            List<ResultRow> rows = new ArrayList<>();
            report.best().ifPresent(best -> rows.add(Baselines.row("model", best.value())));
            rows.addAll(baselines);
            rows.add(Baselines.row("entropy-rate", Corpus.entropyRate()));
            Curve curve = session.curve();
            rows.subList(2, rows.size()).forEach(row -> curve.reference(row.name(), row.value()));
            curve.write(folder.curveFile());
            Result result = Result.of(rows);
            console.out().println("Loss on text it has not seen; the entropy rate is the exact floor:");
            console.out().println();
            console.out().print(result.table().text());
            console.out().println();
            write(console, backend, task);
            console.out().printf(Locale.ROOT, "%nThe curve is %s, the model %s.%n", folder.curveFile(), folder.best());
            console.out()
                    .println("Next: ./run charlm sample --prime 'ROMEO:', or ./run charlm train --data your-text.txt");
            return result;
        }
    }

    private void write(Console console, Backend backend, CharLmTask task) {
        Vocabulary vocabulary = task.vocabulary();
        console.out().println("What it writes, a character at a time:");
        console.out().println();
        try (CharLmSampler sampler = new CharLmSampler(task.model(), backend, threads())) {
            RandomGenerator random = seed().split("sample").generator();
            sampler.read(task.validation()[0]);
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < WRITTEN; i++) {
                text.appendCodePoint(vocabulary.codePoint(sampler.next(Sampling.plain(), random)));
            }
            console.out().println("  " + text.toString().strip().replace("\n", "\n  "));
        }
    }
}
