package io.github.unrolled.datasets.datavec;

import io.github.unrolled.datasets.DataException;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.datavec.api.conf.Configuration;
import org.datavec.api.records.Record;
import org.datavec.api.records.SequenceRecord;
import org.datavec.api.records.metadata.RecordMetaData;
import org.datavec.api.records.metadata.RecordMetaDataInterval;
import org.datavec.api.records.reader.BaseRecordReader;
import org.datavec.api.records.reader.SequenceRecordReader;
import org.datavec.api.split.InputSplit;
import org.datavec.api.writable.Writable;

/**
 * What readers share that give several sequences of each file of a split and no single records: the way through the files,
 * one in memory at a time, and the way back to a sequence by its metadata.
 *
 * @param <F> what a file is in memory
 */
abstract class FileSequenceRecordReader<F> extends BaseRecordReader implements SequenceRecordReader {
    private static final long serialVersionUID = 1L;

    private transient Configuration configuration = new Configuration();
    private transient List<URI> files = List.of();
    private transient int file;
    private transient Optional<F> content = Optional.empty();
    private transient List<Place> places = List.of();
    private transient int place;

    /**
     * Where a sequence is in its file, in numbers that mean something to the reader: such as its first and last step.
     *
     * @param from the first number
     * @param to the second
     */
    record Place(long from, long to) {}

    /** What the files hold, for messages, such as "a text". */
    abstract String what();

    /** Reads a file. */
    abstract F open(URI location) throws IOException;

    /** The sequences of a file, in order. */
    abstract List<Place> places(F opened);

    /**
     * The steps of a sequence.
     *
     * @throws DataException if the file has no such place
     */
    abstract List<List<Writable>> steps(F opened, Place at, URI location);

    @Override
    public final void initialize(Configuration conf, InputSplit split) throws IOException, InterruptedException {
        setConf(conf);
        initialize(split);
    }

    /**
     * Takes the files of a split.
     *
     * @throws DataException if one cannot be used
     */
    @Override
    public void initialize(InputSplit split) throws IOException, InterruptedException {
        super.initialize(split);
        take(List.of(split.locations()));
    }

    /** Begins with these files. */
    final void take(List<URI> locations) {
        files = List.copyOf(locations);
        reset();
    }

    @Override
    public void setConf(Configuration conf) {
        configuration = conf;
    }

    @Override
    public final Configuration getConf() {
        return configuration;
    }

    private F read(URI location) {
        try {
            return open(location);
        } catch (IOException e) {
            throw new DataException(location + " could not be read: " + e.getMessage(), e);
        }
    }

    @Override
    public final boolean hasNext() {
        while (place >= places.size() && file < files.size()) {
            F opened = read(files.get(file));
            content = Optional.of(opened);
            places = places(opened);
            file++;
            place = 0;
        }
        return place < places.size();
    }

    @Override
    public final SequenceRecord nextSequence() {
        if (!hasNext()) {
            throw new NoSuchElementException("no window is left; reset() begins anew");
        }
        SequenceRecord sequence = sequence(content.orElseThrow(), places.get(place), files.get(file - 1));
        place++;
        invokeListeners(sequence);
        return sequence;
    }

    private SequenceRecord sequence(F opened, Place at, URI location) {
        return new org.datavec.api.records.impl.SequenceRecord(
                steps(opened, at, location), new RecordMetaDataInterval(at.from(), at.to(), location, getClass()));
    }

    @Override
    public final List<List<Writable>> sequenceRecord() {
        return nextSequence().getSequenceRecord();
    }

    @Override
    public final SequenceRecord loadSequenceFromMetaData(RecordMetaData metaData) throws IOException {
        return loadSequenceFromMetaData(List.of(metaData)).get(0);
    }

    @Override
    public final List<SequenceRecord> loadSequenceFromMetaData(List<RecordMetaData> metaData) throws IOException {
        List<SequenceRecord> sequences = new ArrayList<>(metaData.size());
        for (RecordMetaData each : metaData) {
            if (!(each instanceof RecordMetaDataInterval interval)) {
                throw new IllegalArgumentException("metadata of another reader: " + each.getLocation());
            }
            sequences.add(sequence(
                    read(interval.getURI()), new Place(interval.getFrom(), interval.getTo()), interval.getURI()));
        }
        return sequences;
    }

    @Override
    public final void reset() {
        file = 0;
        content = Optional.empty();
        places = List.of();
        place = 0;
    }

    @Override
    public final boolean resetSupported() {
        return true;
    }

    @Override
    public final void close() {
        // Every file is closed as soon as it is read.
    }

    @Override
    public final List<Writable> next() {
        throw sequencesOnly();
    }

    @Override
    public final Record nextRecord() {
        throw sequencesOnly();
    }

    @Override
    public final List<Writable> record(URI uri, DataInputStream in) {
        throw sequencesOnly();
    }

    @Override
    public final Record loadFromMetaData(RecordMetaData metaData) {
        throw sequencesOnly();
    }

    @Override
    public final List<Record> loadFromMetaData(List<RecordMetaData> metaData) {
        throw sequencesOnly();
    }

    private UnsupportedOperationException sequencesOnly() {
        return new UnsupportedOperationException(
                what() + " has no single records, only sequences: use sequenceRecord() or nextSequence()");
    }
}
