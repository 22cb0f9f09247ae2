package io.github.unrolled.charlm;

import io.github.unrolled.app.train.Assignment;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.datasets.text.TokenWindow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.charlm.CharLmOptions;
import io.github.unrolled.models.charlm.CharLmTask;
import io.github.unrolled.train.Recipe;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A language model to be trained on a text. */
record TextAssignment(CharLmOptions options, Text text) implements Assignment<TokenWindow, CharLmTask> {
    @Override
    public String data() {
        return text.name();
    }

    @Override
    public String sha256() {
        return text.sha256();
    }

    @Override
    public TrainingSession.Words words() {
        return new TrainingSession.Words(
                "Training on " + text.name(), "nats per character", "chars/s", Baselines.METRIC);
    }

    @Override
    public CharLmTask task(Backend backend, Recipe recipe) {
        return new CharLmTask(backend, options, recipe, text);
    }

    @Override
    public List<String> describe(CharLmTask task, Backend backend) {
        List<String> lines = new ArrayList<>();
        task.notice().ifPresent(lines::add);
        lines.add(String.format(
                Locale.ROOT,
                "%s: %,d characters, %d different; %,d train, %,d validate",
                text.name(),
                text.codePoints().length,
                task.vocabulary().size(),
                text.codePoints().length - task.validation().length,
                task.validation().length));
        lines.add(String.format(
                Locale.ROOT,
                "%s, %d layers of %d, %,d parameters; engine %s, workers: %d (a batch split over workers is faster than"
                        + " threads inside a kernel)",
                options.cell(),
                options.layers(),
                options.hidden(),
                task.model().parameterCount(),
                backend.name(),
                task.workers()));
        return lines;
    }
}
