package io.github.unrolled.imaging;

import io.github.unrolled.app.train.Assignment;
import io.github.unrolled.datasets.image.PatchBatch;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.train.Task;
import java.util.List;
import java.util.Locale;

/** A network to be trained on pictures. */
interface PictureAssignment<T extends Task<PatchBatch>> extends Assignment<PatchBatch, T> {
    @Override
    default List<String> describe(T task, Backend backend) {
        return List.of(String.format(
                Locale.ROOT,
                "%,d parameters; engine %s, %d workers",
                task.model().parameterCount(),
                backend.name(),
                task.workers()));
    }
}
