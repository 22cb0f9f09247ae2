package io.github.unrolled.imaging;

import io.github.unrolled.app.train.Start;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.datasets.image.PictureSet;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.imaging.RestorationOptions;
import io.github.unrolled.models.imaging.RestorationTask;
import io.github.unrolled.train.Recipe;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * A network that enlarges pictures or frees them from noise.
 *
 * @param initFrom the model that the weights begin as, wherever they fit: a file, a run folder or a name of the zoo
 */
record RestorationAssignment(RestorationOptions options, PictureSet pictures, Optional<String> initFrom)
        implements PictureAssignment<RestorationTask> {
    /** Losses are of values in 0..1. */
    private static final double LEVELS = 255;

    @Override
    public String data() {
        return pictures.name();
    }

    @Override
    public String sha256() {
        return pictures.sha256();
    }

    @Override
    public TrainingSession.Words words() {
        return new TrainingSession.Words(
                "Training on " + pictures.name(), "error in levels of 255", "pixels/s", "levels", LEVELS);
    }

    @Override
    public RestorationTask task(Backend backend, Recipe recipe) {
        return new RestorationTask(backend, options, recipe, pictures);
    }

    @Override
    public void prepare(RestorationTask task, Start start) throws IOException {
        if (initFrom.isPresent()) {
            start.initialise(task.model(), initFrom.get());
        }
        task.showExamples(new ExampleFolder(start.folder().path()));
        start.console()
                .remark(String.format(
                        Locale.ROOT,
                        "%s: %d pictures, %d validations",
                        pictures.name(),
                        pictures.pictures().size(),
                        task.validated()));
    }
}
