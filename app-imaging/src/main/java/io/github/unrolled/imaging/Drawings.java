package io.github.unrolled.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.imaging.Autoencoder;
import io.github.unrolled.models.imaging.AutoencoderBenchmark;
import io.github.unrolled.models.imaging.AutoencoderBenchmark.Examples;
import io.github.unrolled.models.imaging.CodeSpace;
import io.github.unrolled.models.imaging.SavedAutoencoder;
import java.io.IOException;
import java.nio.file.Path;

/** What an autoencoder draws: reconstructions, ways from one picture to another, and a map where a code has two numbers. */
final class Drawings {
    private static final int SHOWN = 48;
    private static final int COLUMNS = 8;
    private static final int WAYS = 8;
    private static final int STEPS = 10;
    private static final int MAP = 20;

    private Drawings() {}

    static void reconstructions(Path png, AutoencoderBenchmark benchmark, SavedAutoencoder saved) throws IOException {
        Examples examples = benchmark.examples(saved, SHOWN);
        Panels panels = new Panels().add(examples.clean().montage(COLUMNS), "pictures", 2);
        if (AutoencoderBenchmark.noise(saved) > 0) {
            panels.add(examples.shown().montage(COLUMNS), "with noise", 2);
        }
        panels.add(examples.linear().montage(COLUMNS), "out of " + saved.model().code() + " principal components", 2)
                .add(examples.ours().montage(COLUMNS), "out of codes of as many numbers", 2)
                .write(png);
    }

    static void codes(Path folder, String prefix, Autoencoder model, IdxFile pictures, Backend backend)
            throws IOException {
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            new Panels()
                    .add(
                            CodeSpace.between(model, tape, pictures, WAYS, STEPS)
                                    .montage(STEPS),
                            "from the code of one picture to that of the next",
                            2)
                    .write(folder.resolve(prefix + "-between.png"));
            if (model.code() == 2) {
                new Panels()
                        .add(CodeSpace.map(model, tape, pictures, MAP).montage(MAP), "the plane of codes", 2)
                        .write(folder.resolve(prefix + "-map.png"));
            }
        }
    }
}
