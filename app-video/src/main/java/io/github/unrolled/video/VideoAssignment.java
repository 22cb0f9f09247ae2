package io.github.unrolled.video;

import io.github.unrolled.app.train.Assignment;
import io.github.unrolled.app.train.Start;
import io.github.unrolled.app.train.TrainingSession;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.video.ClipBatch;
import io.github.unrolled.models.video.LabelledSequence;
import io.github.unrolled.models.video.VideoConfig;
import io.github.unrolled.models.video.VideoData;
import io.github.unrolled.models.video.VideoSettings;
import io.github.unrolled.models.video.VideoTask;
import io.github.unrolled.train.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A network for video to be trained on a set.
 *
 * @param settings of the network
 * @param set to learn
 * @param initFrom the model that the weights begin as, wherever they fit: a file, a run folder or a name of the zoo
 */
record VideoAssignment(VideoSettings settings, VideoSet set, Optional<String> initFrom)
        implements Assignment<ClipBatch, VideoTask> {
    @Override
    public String data() {
        return set.data().name();
    }

    @Override
    public String sha256() {
        return set.data().sha256();
    }

    @Override
    public TrainingSession.Words words() {
        String unit = set.data().clipLevel() ? "clip error" : "frame error";
        return new TrainingSession.Words(
                "Training on " + data(), "cross-entropy in nats; share of wrong labels", "frames/s", unit);
    }

    @Override
    public VideoTask task(Backend backend, Recipe recipe) {
        return new VideoTask(backend, settings, recipe, set.data());
    }

    @Override
    public void prepare(VideoTask task, Start start) throws IOException {
        if (initFrom.isPresent()) {
            start.initialise(task.model(), initFrom.get());
        }
    }

    @Override
    public List<String> describe(VideoTask task, Backend backend) {
        VideoData data = set.data();
        List<String> lines = new ArrayList<>(set.remarks());
        lines.add(String.format(
                Locale.ROOT,
                "%s: %d clips (%,d frames) train, %d (%,d) validate; %d classes",
                data.name(),
                data.train().size(),
                frames(data.train()),
                data.validation().size(),
                frames(data.validation()),
                data.classes().size()));
        VideoConfig config = task.model().config();
        lines.add(String.format(
                Locale.ROOT,
                "frames of %d x %d x %d; convolutions %s, %s%s of %d x %d; %,d parameters; engine %s, %d workers of 1 thread",
                config.width(),
                config.height(),
                config.channels(),
                config.convolutions(),
                config.bidirectional() ? "bidirectional " : "",
                config.recurrence(),
                config.layers(),
                config.hidden(),
                task.model().parameterCount(),
                backend.name(),
                task.workers()));
        return lines;
    }

    private static long frames(List<LabelledSequence> sequences) {
        return sequences.stream().mapToLong(LabelledSequence::frames).sum();
    }
}
