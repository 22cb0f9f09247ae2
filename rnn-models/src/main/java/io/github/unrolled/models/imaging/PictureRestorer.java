package io.github.unrolled.models.imaging;

import io.github.unrolled.autodiff.Tape;
import io.github.unrolled.datasets.image.Bicubic;
import io.github.unrolled.datasets.image.Picture;
import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.datasets.image.YCbCr;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.train.Workers;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;

/**
 * Restores pictures of any size and kind, a tile at a time: tiles overlap by as much as the network sees, so the result is
 * that of the whole picture, and memory beside the two pictures does not grow with their size. An upscaler works on luminance,
 * colours are enlarged bicubically; a denoiser for colour sees all three at once, one for grey luminance and both differences
 * of colour one after the other. Transparency is kept, enlarged bicubically.
 */
public final class PictureRestorer implements AutoCloseable {
    private static final int COLOURS = 3;
    private static final int TILE = 192;

    private final Restorer model;
    private final int tile;
    private final Workers workers;

    /**
     * Ready to restore.
     *
     * @param model stays its owner's to close
     * @param threads that share the tiles
     */
    public PictureRestorer(Restorer model, Backend backend, int threads) {
        this(model, backend, threads, TILE);
    }

    /**
     * As {@link #PictureRestorer(Restorer, Backend, int)}, with tiles of another size.
     *
     * @param tile rows and columns of the input, a multiple of the network's
     */
    public PictureRestorer(Restorer model, Backend backend, int threads, int tile) {
        if (tile < 1 || tile % model.multiple() != 0) {
            throw new IllegalArgumentException(
                    "a tile of " + tile + " pixels, expected a multiple of " + model.multiple());
        }
        this.model = model;
        this.tile = tile;
        this.workers = new Workers(backend, threads, 1);
    }

    /**
     * A new picture of the same kind, to be closed by the caller.
     *
     * @param progress hears the part that is done, in [0, 1], from any thread but one at a time
     * @param stop asked between tiles
     * @return empty if it was stopped
     */
    public Optional<Picture> restore(Picture input, DoubleConsumer progress, BooleanSupplier stop) {
        int scale = model.scale();
        Picture output =
                Picture.allocate(input.height() * scale, input.width() * scale, input.channels(), input.bits());
        try {
            Job job = new Job(input, output, progress, stop);
            workers.runAll(job::run);
            if (!job.stopped) {
                return Optional.of(output);
            }
        } catch (RuntimeException e) {
            output.close();
            throw e;
        }
        output.close();
        return Optional.empty();
    }

    /** One picture; its monitor guards both pictures and the counts. */
    private final class Job {
        private final Picture input;
        private final Picture output;
        private final DoubleConsumer progress;
        private final BooleanSupplier stop;
        private final int across;
        private final int tiles;
        private int done;
        private boolean stopped;

        Job(Picture input, Picture output, DoubleConsumer progress, BooleanSupplier stop) {
            this.input = input;
            this.output = output;
            this.progress = progress;
            this.stop = stop;
            this.across = (input.width() + tile - 1) / tile;
            this.tiles = across * ((input.height() + tile - 1) / tile);
        }

        int run(Workers.Worker worker) {
            try (Tape tape = Tape.inference(worker.engine())) {
                for (int i = worker.index(); i < tiles && !isStopped(); i += workers.count()) {
                    restoreTile(tape, i / across * tile, i % across * tile);
                }
            }
            return worker.index();
        }

        private synchronized boolean isStopped() {
            stopped |= stop.getAsBoolean();
            return stopped;
        }

        private void restoreTile(Tape tape, int top, int left) {
            int scale = model.scale();
            int fromY = Math.max(0, top - model.reach());
            int fromX = Math.max(0, left - model.reach());
            int toY = Math.min(input.height(), top + tile + model.reach());
            int toX = Math.min(input.width(), left + tile + model.reach());
            Planes seen;
            synchronized (this) {
                seen = input.planes(fromY, fromX, toY - fromY, toX - fromX);
            }
            Planes result = restoreAll(tape, seen, input.colours());
            int rows = Math.min(tile, input.height() - top) * scale;
            int columns = Math.min(tile, input.width() - left) * scale;
            Planes kept = result.crop((top - fromY) * scale, (left - fromX) * scale, rows, columns);
            synchronized (this) {
                output.put(top * scale, left * scale, kept);
                done++;
                progress.accept((double) done / tiles);
            }
        }
    }

    /** Colours and transparency of a tile. */
    private Planes restoreAll(Tape tape, Planes seen, int colours) {
        Planes restored = restoreColours(tape, seen.channels(0, colours));
        return seen.channels() == colours ? restored : Planes.join(restored, enlarged(seen.channel(colours)));
    }

    private Planes restoreColours(Tape tape, Planes seen) {
        if (model.channels() == seen.channels()) {
            return Restoration.restore(model, tape, seen);
        }
        if (seen.channels() == 1) {
            return YCbCr.grey(Restoration.restore(model, tape, Planes.join(seen, seen, seen)));
        }
        Planes parts = YCbCr.ofRgb(seen);
        Planes[] restored = new Planes[COLOURS];
        for (int c = 0; c < COLOURS; c++) {
            boolean byNetwork = c == 0 || model.scale() == 1;
            restored[c] = byNetwork ? Restoration.restore(model, tape, parts.channel(c)) : enlarged(parts.channel(c));
        }
        return YCbCr.toRgb(Planes.join(restored));
    }

    private Planes enlarged(Planes plane) {
        return model.scale() == 1 ? plane : Bicubic.enlarge(plane, model.scale());
    }

    /** Ends the threads. */
    @Override
    public void close() {
        workers.close();
    }
}
