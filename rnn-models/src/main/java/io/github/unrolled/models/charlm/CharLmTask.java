package io.github.unrolled.models.charlm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.datasets.text.Vocabulary;
import io.github.unrolled.datasets.text.WindowedText;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.charlm.CharLmConfig.CellType;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Objective;
import io.github.unrolled.train.Recipe;
import io.github.unrolled.train.Task;
import io.github.unrolled.train.Workers;
import java.util.Arrays;
import java.util.Optional;

/** A character model that learns a text, validated on the text's last part. */
public final class CharLmTask implements Task<TokenWindow> {
    /** Pieces per worker that a validation runs side by side, and the characters each reads before it counts. */
    private static final int EVALUATION_STREAMS = 16;

    private static final int EVALUATION_CONTEXT = 128;

    private final CharLmOptions options;
    private final Text text;
    private final Vocabulary vocabulary;
    private final int[] training;
    private final int[] validation;
    private final WindowedText source;
    private final int workers;
    private final CharLm model;
    private final CharLmObjective objective;

    /**
     * Makes the model with its initial values.
     *
     * @throws DataException if the text is too short for a window
     */
    public CharLmTask(Backend backend, CharLmOptions options, Recipe recipe, Text text) {
        this.options = options;
        this.text = text;
        this.vocabulary = Vocabulary.of(text.codePoints());
        int[] tokens = vocabulary.encode(text.codePoints());
        int trained = Text.trainingLength(tokens.length, options.split());
        if (trained <= options.window()) {
            throw new DataException(text.name() + " has " + tokens.length + " characters, of which " + trained
                    + " train, and a window of " + options.window() + " needs " + (options.window() + 1)
                    + "; use a longer text or a smaller --window");
        }
        this.training = Arrays.copyOf(tokens, trained);
        this.validation = Arrays.copyOfRange(tokens, trained, tokens.length);
        Seed seed = new Seed(recipe.seed());
        this.source = new WindowedText(training, options.batch(), options.window(), seed.split("offset"));
        this.workers = Math.min(recipe.workers(), source.batch());
        CharLmConfig config = new CharLmConfig(
                CellType.of(options.cell()),
                vocabulary.size(),
                options.hidden(),
                options.hidden(),
                options.layers(),
                options.dropout(),
                options.recurrentDropout());
        this.model = new CharLm(config, new Parameters(backend, seed.split("init")));
        this.objective = new CharLmObjective(model, backend, workers);
    }

    @Override
    public CharLm model() {
        return model;
    }

    /** The characters of the text. */
    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** The part of the text that trains, as tokens. */
    public int[] training() {
        return training.clone();
    }

    /** The part of the text that validates, as tokens. */
    public int[] validation() {
        return validation.clone();
    }

    /** What the user should know before training starts. */
    public Optional<String> notice() {
        return source.notice();
    }

    @Override
    public Objective<TokenWindow> objective() {
        return objective;
    }

    @Override
    public BatchSource<TokenWindow> source() {
        return source;
    }

    @Override
    public int workers() {
        return workers;
    }

    @Override
    public double validate(Workers threads) {
        return CharLmEvaluation.parallelPass(model, threads, validation, EVALUATION_STREAMS, EVALUATION_CONTEXT);
    }

    @Override
    public ObjectNode description() {
        return SavedCharLm.describe(model.config(), vocabulary);
    }

    @Override
    public ObjectNode configuration() {
        return options.toJson();
    }

    @Override
    public ObjectNode data() {
        return ModelFile.newDescription()
                .put("name", text.name())
                .put("sha256", text.sha256())
                .put("characters", text.codePoints().length);
    }

    @Override
    public Measurement measure(Backend backend) {
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            return new Measurement(
                    CharLmEvaluation.fullPass(model, tape, validation),
                    "nats/char",
                    "one full pass over the last part of the text, state carried, first character given");
        }
    }

    @Override
    public void close() {
        objective.close();
        model.close();
    }
}
