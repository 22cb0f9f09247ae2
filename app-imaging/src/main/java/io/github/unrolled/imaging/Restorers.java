package io.github.unrolled.imaging;

import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.imaging.PictureRestorer;
import io.github.unrolled.models.imaging.Restorer;
import io.github.unrolled.models.imaging.SavedRestorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** The network of a call, and perhaps another one for pictures in colour, which is loaded with the first of them. */
final class Restorers implements AutoCloseable {
    private static final int COLOURS = 3;

    private final Backend backend;
    private final int threads;
    private final UnaryOperator<Restorer> checked;
    private final Optional<Supplier<SavedRestorer>> ofColours;
    private final PictureRestorer usual;
    private final List<SavedRestorer> models = new ArrayList<>();
    private final List<PictureRestorer> restorers = new ArrayList<>();
    private Optional<PictureRestorer> coloured = Optional.empty();

    /**
     * Takes over a network.
     *
     * @param saved closed with this
     * @param ofColours loads the network for pictures in colour; empty if the other one is for all
     * @param checked refuses networks that do not fit the command line, and gives them the recursions it asks for
     */
    Restorers(
            SavedRestorer saved,
            Optional<Supplier<SavedRestorer>> ofColours,
            UnaryOperator<Restorer> checked,
            Backend backend,
            int threads) {
        this.backend = backend;
        this.threads = threads;
        this.checked = checked;
        this.ofColours = ofColours;
        this.usual = add(saved);
    }

    private PictureRestorer add(SavedRestorer saved) {
        models.add(saved);
        try {
            PictureRestorer restorer = new PictureRestorer(checked.apply(saved.model()), backend, threads);
            restorers.add(restorer);
            return restorer;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** The one for a picture. */
    PictureRestorer of(Picture picture) {
        if (picture.colours() < COLOURS || ofColours.isEmpty()) {
            return usual;
        }
        if (coloured.isEmpty()) {
            coloured = Optional.of(add(ofColours.get().get()));
        }
        return coloured.get();
    }

    @Override
    public void close() {
        restorers.forEach(PictureRestorer::close);
        models.forEach(SavedRestorer::close);
        restorers.clear();
        models.clear();
    }
}
