package io.github.unrolled.imaging;

import io.github.unrolled.app.train.Start;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.imaging.AutoencoderOptions;
import io.github.unrolled.models.imaging.AutoencoderTask;
import io.github.unrolled.train.Recipe;

/** An autoencoder of small pictures. */
record AutoencoderAssignment(AutoencoderOptions options, AutoencoderTask.Data pictures)
        implements PictureAssignment<AutoencoderTask> {
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
        return new TrainingSession.Words("Training on " + pictures.name(), "mean squared error", "pictures/s", "mse");
    }

    @Override
    public AutoencoderTask task(Backend backend, Recipe recipe) {
        return new AutoencoderTask(backend, options, recipe, pictures);
    }

    @Override
    public void prepare(AutoencoderTask task, Start start) {
        task.showExamples(new ExampleFolder(start.folder().path()));
    }
}
