package io.github.unrolled.datasets.datavec;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.track.TrackReader;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.Writable;

/**
 * Tracks of walkers as sequences: a sequence is one walker through one window of the {@link TrackWindow.Rule}; a time step
 * has four columns, x and y in metres and the x and y that follow. In a {@code SequenceRecordReaderDataSetIterator} for
 * regression columns 2 and 3 are the labels. Keeps the windows of one file at a time.
 */
public final class TrackSequenceRecordReader extends FileSequenceRecordReader<List<TrackWindow>> {
    private static final long serialVersionUID = 1L;

    private final double stepSeconds;
    private final int observed;
    private final int predicted;
    private final int fewestTracks;

    /**
     * A reader.
     *
     * @param stepSeconds the time between consecutive positions
     * @param rule how windows are cut
     */
    public TrackSequenceRecordReader(double stepSeconds, TrackWindow.Rule rule) {
        this.stepSeconds = stepSeconds;
        this.observed = rule.observed();
        this.predicted = rule.predicted();
        this.fewestTracks = rule.fewestTracks();
    }

    @Override
    String what() {
        return "a file of tracks";
    }

    private List<TrackWindow> cut(String name, InputStream in) throws IOException {
        TrackWindow.Rule rule = new TrackWindow.Rule(observed, predicted, fewestTracks);
        return TrackWindow.cut(new TrackReader(stepSeconds).read(name, in), rule);
    }

    @Override
    List<TrackWindow> open(URI location) throws IOException {
        try (InputStream in = streamCreatorFn.apply(location)) {
            return cut(location.toString(), in);
        }
    }

    /** A window and a walker in it. */
    @Override
    List<Place> places(List<TrackWindow> windows) {
        List<Place> places = new ArrayList<>();
        for (int window = 0; window < windows.size(); window++) {
            for (int walker = 0; walker < windows.get(window).walkers(); walker++) {
                places.add(new Place(window, walker));
            }
        }
        return places;
    }

    @Override
    List<List<Writable>> steps(List<TrackWindow> windows, Place at, URI location) {
        if (at.from() < 0
                || at.from() >= windows.size()
                || at.to() < 0
                || at.to() >= windows.get((int) at.from()).walkers()) {
            throw new DataException(
                    location + " has no walker " + at.to() + " in window " + at.from() + "; has the file changed?");
        }
        return steps(windows.get((int) at.from()), (int) at.to());
    }

    private static List<List<Writable>> steps(TrackWindow window, int walker) {
        List<List<Writable>> steps = new ArrayList<>(window.length() - 1);
        for (int t = 0; t + 1 < window.length(); t++) {
            steps.add(List.of(
                    new DoubleWritable(window.x(t, walker)),
                    new DoubleWritable(window.y(t, walker)),
                    new DoubleWritable(window.x(t + 1, walker)),
                    new DoubleWritable(window.y(t + 1, walker))));
        }
        return steps;
    }

    /** The first walker of the first window of a stream. */
    @Override
    public List<List<Writable>> sequenceRecord(URI uri, DataInputStream in) throws IOException {
        List<TrackWindow> found = cut(uri.toString(), in);
        if (found.isEmpty()) {
            throw new DataException(uri + " has no window of " + (observed + predicted) + " steps with " + fewestTracks
                    + " walkers or more");
        }
        return steps(found.get(0), 0);
    }

    /** The names of the columns. */
    @Override
    public List<String> getLabels() {
        return List.of("x", "y", "next x", "next y");
    }
}
