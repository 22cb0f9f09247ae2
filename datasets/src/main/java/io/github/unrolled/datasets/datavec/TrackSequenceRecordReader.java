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
import java.util.NoSuchElementException;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.SequenceRecord;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataInterval;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.records.reader.SequenceRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.DoubleWritable;
import org.datavec.api.writable.Writable;

/**
 * Tracks of walkers as sequences: a sequence is one walker through one window of the {@link TrackWindow.Rule}; a time step
 * has four columns, x and y in metres and the x and y that follow. In a {@code SequenceRecordReaderDataSetIterator} for
 * regression columns 2 and 3 are the labels. Keeps the windows of one file at a time.
 */
public final class TrackSequenceRecordReader extends BaseRecordReader implements SequenceRecordReader {
    private static final long serialVersionUID = 1L;

    private final double stepSeconds;
    private final int observed;
    private final int predicted;
    private final int fewestTracks;
    private transient Configuration configuration = new Configuration();
    private transient List<URI> files = List.of();
    private transient int file;
    private transient List<TrackWindow> windows = List.of();
    private transient int window;
    private transient int walker;

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
    public void initialize(Configuration conf, InputSplit split) throws IOException, InterruptedException {
        setConf(conf);
        initialize(split);
    }

    @Override
    public void initialize(InputSplit split) throws IOException, InterruptedException {
        super.initialize(split);
        files = List.of(split.locations());
        reset();
    }

    @Override
    public void setConf(Configuration conf) {
        configuration = conf;
    }

    @Override
    public Configuration getConf() {
        return configuration;
    }

    private List<TrackWindow> cut(String name, InputStream in) throws IOException {
        TrackWindow.Rule rule = new TrackWindow.Rule(observed, predicted, fewestTracks);
        return TrackWindow.cut(new TrackReader(stepSeconds).read(name, in), rule);
    }

    private List<TrackWindow> cut(URI location) {
        try (InputStream in = streamCreatorFn.apply(location)) {
            return cut(location.toString(), in);
        } catch (IOException e) {
            throw new DataException(location + " could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public boolean hasNext() {
        while (window >= windows.size() && file < files.size()) {
            windows = cut(files.get(file));
            file++;
            window = 0;
            walker = 0;
        }
        return window < windows.size();
    }

    @Override
    public SequenceRecord nextSequence() {
        if (!hasNext()) {
            throw new NoSuchElementException("no window is left; reset() begins anew");
        }
        TrackWindow current = windows.get(window);
        RecordMetaData place =
                new RecordMetaDataInterval(window, walker, files.get(file - 1), TrackSequenceRecordReader.class);
        SequenceRecord sequence = new org.datavec.api.records.impl.SequenceRecord(steps(current, walker), place);
        walker++;
        if (walker == current.walkers()) {
            walker = 0;
            window++;
        }
        invokeListeners(sequence);
        return sequence;
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

    @Override
    public List<List<Writable>> sequenceRecord() {
        return nextSequence().getSequenceRecord();
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

    @Override
    public SequenceRecord loadSequenceFromMetaData(RecordMetaData metaData) throws IOException {
        return loadSequenceFromMetaData(List.of(metaData)).get(0);
    }

    @Override
    public List<SequenceRecord> loadSequenceFromMetaData(List<RecordMetaData> metaData) throws IOException {
        List<SequenceRecord> sequences = new ArrayList<>(metaData.size());
        for (RecordMetaData each : metaData) {
            if (!(each instanceof RecordMetaDataInterval place)) {
                throw new IllegalArgumentException("metadata of another reader: " + each.getLocation());
            }
            List<TrackWindow> all = cut(place.getURI());
            if (place.getFrom() < 0
                    || place.getFrom() >= all.size()
                    || place.getTo() < 0
                    || place.getTo() >= all.get((int) place.getFrom()).walkers()) {
                throw new DataException(place.getURI() + " has no walker " + place.getTo() + " in window "
                        + place.getFrom() + "; has the file changed?");
            }
            sequences.add(new org.datavec.api.records.impl.SequenceRecord(
                    steps(all.get((int) place.getFrom()), (int) place.getTo()), place));
        }
        return sequences;
    }

    @Override
    public void reset() {
        file = 0;
        windows = List.of();
        window = 0;
        walker = 0;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    /** The names of the columns. */
    @Override
    public List<String> getLabels() {
        return List.of("x", "y", "next x", "next y");
    }

    @Override
    public void close() {
        // Every file is closed as soon as it is read.
    }

    @Override
    public List<Writable> next() {
        throw sequencesOnly();
    }

    @Override
    public Record nextRecord() {
        throw sequencesOnly();
    }

    @Override
    public List<Writable> record(URI uri, DataInputStream in) {
        throw sequencesOnly();
    }

    @Override
    public Record loadFromMetaData(RecordMetaData metaData) {
        throw sequencesOnly();
    }

    @Override
    public List<Record> loadFromMetaData(List<RecordMetaData> metaData) {
        throw sequencesOnly();
    }

    private static UnsupportedOperationException sequencesOnly() {
        return new UnsupportedOperationException(
                "tracks have no single records, only sequences: use sequenceRecord() or nextSequence()");
    }
}
