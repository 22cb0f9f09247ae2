package io.github.unrolled.charlm;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.WorkFailedException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.charlm.CharLmEvaluation;
import io.github.unrolled.models.charlm.SavedCharLm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures a model on held-out text. */
@Command(
        name = "evaluate",
        description =
                "Measure a model on the held-out part of a text: one full pass with carried state, beside baselines.",
        footer = {
            "  ./run charlm evaluate --data tinyshakespeare",
            "  ./run charlm evaluate --model runs/novel --data novel.txt --json result.json",
            "  ./run charlm evaluate --data other.txt --all"
        })
final class EvaluateVerb extends Verb {
    /** nanoGPT's context. */
    private static final int WINDOW = 256;

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final TextOptions data = new TextOptions();

    @Option(
            names = "--split",
            paramLabel = "X",
            description =
                    "Part of the text that the model was trained on; the rest is measured (default: ${DEFAULT-VALUE}).")
    private double split = 0.9;

    @Option(names = "--all", description = "Measure the whole text; no baselines, for there is nothing to count.")
    private boolean all;

    @Override
    protected Result run(Console console) throws Exception {
        if (!(split > 0 && split < 1)) {
            throw new UsageException("--split is " + split + ", expected more than 0 and less than 1");
        }
        Backend backend = Backends.best();
        try (SavedCharLm saved = model.load(Main.DEFAULT_MODEL, SavedCharLm::load, backend)) {
            String trainedOn = saved.provenance().path("data").path("name").asText("tinyshakespeare");
            Text text = data.read(trainedOn, console);
            int[] tokens = saved.vocabulary().encode(text.codePoints());
            int trained = all ? 0 : Text.trainingLength(tokens.length, split);
            int[] held = Arrays.copyOfRange(tokens, trained, tokens.length);
            if (held.length < 2) {
                throw new WorkFailedException(text.name() + " leaves " + held.length
                        + " characters to measure, expected at least 2; use a longer text or --all");
            }
            console.remark(String.format(Locale.ROOT, "%s: %,d characters measured", text.name(), held.length));
            List<ResultRow> rows = new ArrayList<>();
            rows.addAll(measure(saved, backend, held));
            if (!all) {
                int[] training = Arrays.copyOf(tokens, trained);
                rows.addAll(Baselines.rows(training, held, saved.vocabulary().size()));
            }
            if (text.name().equals(Corpus.NAME)) {
                rows.add(Baselines.row("entropy-rate", Corpus.entropyRate()));
            }
            return Result.of(rows);
        }
    }

    private static List<ResultRow> measure(SavedCharLm saved, Backend backend, int[] held) {
        List<ResultRow> rows = new ArrayList<>();
        // One character depends on the one before: a second thread would mostly wait.
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            double full = CharLmEvaluation.fullPass(saved.model(), tape, held);
            rows.add(Baselines.row("model", full).with("protocol", "one full pass, state carried"));
            if (held.length > WINDOW) {
                double windowed = CharLmEvaluation.windowed(saved.model(), tape, held, WINDOW);
                rows.add(Baselines.row("model-windowed", windowed)
                        .with("protocol", "windows of " + WINDOW + ", empty context"));
            }
        }
        return rows;
    }
}
