package io.github.unrolled.charlm;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.text.Vocabulary;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.models.charlm.CharLmSampler;
import io.github.unrolled.models.charlm.Sampling;
import io.github.unrolled.models.charlm.SavedCharLm;
import java.util.Locale;
import java.util.random.RandomGenerator;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes text, a character at a time. */
@Command(
        name = "sample",
        description = "Write text with a model, a character at a time.",
        footer = {
            "  ./run charlm sample --prime 'ROMEO:'",
            "  ./run charlm sample --temperature 0.7 --top-p 0.95 --length 2000 --seed 7",
            "  ./run charlm sample --greedy --trace --length 20 --model runs/novel"
        })
final class SampleVerb extends Verb {
    private static final int TRACED = 5;

    @Mixin
    private final ModelOption model = new ModelOption();

    @Option(names = "--prime", paramLabel = "TEXT", description = "What the text begins with; any length.")
    private String prime = "";

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "Characters to write after the prime (default: ${DEFAULT-VALUE}).")
    private int length = 500;

    @Option(
            names = "--temperature",
            paramLabel = "X",
            description = "Below 1 more certain, above 1 more daring (default: ${DEFAULT-VALUE}).")
    private double temperature = 0.8;

    @Option(names = "--top-k", paramLabel = "N", description = "Draw from the N most likely characters; 0 for all.")
    private int topK;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Draw from the most likely characters that together have this probability; 1 for all.")
    private double topP = 1;

    @Option(names = "--greedy", description = "Always write the most likely character.")
    private boolean greedy;

    @Option(names = "--stop", paramLabel = "TEXT", description = "Stop once this was written.")
    private String stop = "";

    @Option(names = "--trace", description = "Show the most likely characters at every step, a line each.")
    private boolean trace;

    @Override
    protected Result run(Console console) throws Exception {
        Sampling sampling = sampling();
        if (length < 0) {
            throw new UsageException("--length is " + length + ", expected 0 or more");
        }
        Backend backend = Backends.best();
        try (SavedCharLm saved = model.load(Main.DEFAULT_MODEL, SavedCharLm::load, backend);
                CharLmSampler sampler = new CharLmSampler(saved.model(), backend, threads())) {
            sampler.read(primed(saved.vocabulary()));
            long start = System.nanoTime();
            String text = write(console, saved.vocabulary(), sampler, sampling);
            double seconds = (System.nanoTime() - start) / 1e9;
            int written = text.codePointCount(0, text.length());
            double speed = seconds > 0 ? written / seconds : 0;
            console.out().println();
            console.remark(String.format(Locale.ROOT, "%d characters, %.0f a second", written, speed));
            return Result.of(ResultRow.of("sample", "characters", written, "characters")
                    .with("characters_per_second", speed)
                    .with("prime", prime)
                    .with("text", text));
        }
    }

    /** The text itself is the result; it was shown as it was written. */
    @Override
    protected void show(Result result, Console console) {}

    private int[] primed(Vocabulary vocabulary) {
        if (prime.isEmpty()) {
            // A line's beginning is the most neutral of all.
            return vocabulary.contains('\n') ? vocabulary.encode("\n") : new int[] {0};
        }
        try {
            return vocabulary.encode(prime);
        } catch (DataException e) {
            throw new UsageException("--prime cannot be read: " + e.getMessage());
        }
    }

    private String write(Console console, Vocabulary vocabulary, CharLmSampler sampler, Sampling sampling) {
        RandomGenerator random = seed().split("sample").generator();
        StringBuilder text = new StringBuilder();
        if (!trace) {
            console.out().print(prime);
            console.out().flush();
        }
        for (int i = 0; i < length && !console.interruption().requested(); i++) {
            double[] distribution = sampling.distribution(sampler.logits());
            int token = CharLmSampler.draw(distribution, random);
            if (trace) {
                console.out().println(traced(vocabulary, distribution, token));
            } else {
                console.out().print(Character.toString(vocabulary.codePoint(token)));
            }
            // Flushes, so that each character appears as it is drawn, and ends with whoever reads them.
            if (console.out().checkError()) {
                break;
            }
            text.appendCodePoint(vocabulary.codePoint(token));
            if (!stop.isEmpty() && text.indexOf(stop, text.length() - stop.length()) >= 0) {
                break;
            }
            sampler.read(token);
        }
        return text.toString();
    }

    private static String traced(Vocabulary vocabulary, double[] distribution, int token) {
        int[] ranked = Sampling.mostLikely(distribution);
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-4s <-", shown(vocabulary, token)));
        for (int i = 0; i < Math.min(TRACED, ranked.length) && distribution[ranked[i]] > 0; i++) {
            line.append(String.format(Locale.ROOT, "  %s %.3f", shown(vocabulary, ranked[i]), distribution[ranked[i]]));
        }
        return line.toString();
    }

    private static String shown(Vocabulary vocabulary, int token) {
        int codePoint = vocabulary.codePoint(token);
        return switch (codePoint) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case ' ' -> "' '";
            default -> Character.toString(codePoint);
        };
    }

    private Sampling sampling() {
        try {
            return new Sampling(greedy ? 0 : temperature, topK, topP);
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }
}
