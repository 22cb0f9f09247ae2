package io.github.unrolled.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.models.imaging.Autoencoder;
import io.github.unrolled.models.imaging.CodeSpace;
import io.github.unrolled.models.imaging.Reconstruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What an autoencoder draws: reconstructions, ways from one picture to another, and a map where a code has two numbers. */
final class Drawings {
    private static final int SHOWN = 48;
    private static final int COLUMNS = 8;
    private static final int WAYS = 8;
    private static final int STEPS = 10;
    private static final int MAP = 20;

    private Drawings() {}

    static void write(Path folder, String prefix, Autoencoder model, IdxFile pictures, Backend backend)
            throws IOException {
        Files.createDirectories(folder);
        try (Engine engine = backend.newEngine(1);
                Tape tape = Tape.inference(engine)) {
            IdxFile some = pictures.slice(0, Math.min(SHOWN, pictures.count()));
            new Panels()
                    .add(some.montage(COLUMNS), "pictures", 2)
                    .add(Reconstruction.reconstruct(model, tape, some).montage(COLUMNS), "out of their codes", 2)
                    .write(folder.resolve(prefix + "-reconstructions.png"));
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
