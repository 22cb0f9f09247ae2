package io.github.unrolled.datasets.text;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.random.Seed;
import io.github.unrolled.train.BatchSource;
import io.github.unrolled.train.Snapshot;
import java.util.Optional;

/**
 * A text cut into parallel streams, each read on from window to window, so that a carried state sees its stream whole.
 * When the streams end they begin anew, each epoch from another offset, so that windows begin at other characters; what
 * does not fill a window at the end of an epoch is left out. Keeps nothing but the tokens.
 */
public final class WindowedText implements BatchSource<TokenWindow> {
    private final int[] tokens;
    private final int batch;
    private final int time;
    private final Seed seed;
    private final Optional<String> notice;
    private long epoch;
    private long window;

    /**
     * A source of windows.
     *
     * @param tokens the text
     * @param batch streams wanted
     * @param time steps of a window
     * @param seed of the epochs' offsets
     * @throws DataException if the text is too short for a single window
     */
    public WindowedText(int[] tokens, int batch, int time, Seed seed) {
        if (tokens.length < time + 1) {
            throw new DataException("the text has " + tokens.length + " characters, a window of " + time + " needs "
                    + (time + 1) + "; use a longer text or a smaller --window");
        }
        // An offset may take up to one window away from the streams.
        int possible = Math.max(1, (tokens.length - 1) / (2 * time));
        this.tokens = tokens;
        this.batch = Math.min(batch, possible);
        this.time = time;
        this.seed = seed;
        this.notice = this.batch == batch
                ? Optional.empty()
                : Optional.of("the text has " + tokens.length + " characters, too few for " + batch
                        + " streams with windows of " + time + ": training with a batch of " + this.batch);
    }

    /** What the user should know: that the batch was made smaller. */
    public Optional<String> notice() {
        return notice;
    }

    /** How many streams there are. */
    public int batch() {
        return batch;
    }

    private int offset() {
        int spare = tokens.length - 1 - batch * time;
        return spare <= 0 ? 0 : seed.split(epoch).generator().nextInt(Math.min(time, spare + 1));
    }

    private int streamLength(int offset) {
        return (tokens.length - 1 - offset) / batch;
    }

    @Override
    public TokenWindow next() {
        int offset = offset();
        if ((window + 1) * time > streamLength(offset)) {
            window = 0;
            epoch++;
            offset = offset();
        }
        int length = streamLength(offset);
        int[] inputs = new int[time * batch];
        int[] targets = new int[time * batch];
        for (int b = 0; b < batch; b++) {
            int from = Math.toIntExact(offset + (long) b * length + window * time);
            for (int t = 0; t < time; t++) {
                inputs[t * batch + b] = tokens[from + t];
                targets[t * batch + b] = tokens[from + t + 1];
            }
        }
        boolean fresh = window == 0;
        window++;
        return new TokenWindow(inputs, targets, time, batch, fresh);
    }

    @Override
    public double epochs() {
        return epoch + (double) window * time / streamLength(offset());
    }

    @Override
    public void save(Snapshot into) {
        into.put("epoch", epoch);
        into.put("window", window);
        into.put("batch", batch);
        into.put("time", time);
        into.put("length", tokens.length);
    }

    @Override
    public void restore(Snapshot from) {
        require(from, "batch", batch);
        require(from, "time", time);
        require(from, "length", tokens.length);
        epoch = from.integer("epoch");
        window = from.integer("window");
    }

    private static void require(Snapshot from, String what, long here) {
        if (from.integer(what) != here) {
            throw new io.github.unrolled.train.SnapshotException("the checkpoint was made with a " + what + " of "
                    + from.integer(what) + ", this run has " + here
                    + "; resume with the data and options that the run was started with");
        }
    }
}
