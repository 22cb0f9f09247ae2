package io.github.unrolled.datasets.datavec;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.datasets.text.Vocabulary;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.datavec.api.writable.IntWritable;
import org.datavec.api.writable.Writable;

/**
 * Texts as sequences of tokens: each file of the split is cut into windows, one after the other; a time step has two
 * columns, the token and the token that follows it. The last window of a file may be shorter; no window runs from one
 * file into the next.
 *
 * <p>In a {@code SequenceRecordReaderDataSetIterator} column 1 is the label and {@code vocabulary().size()} the number of
 * classes. Keeps the tokens of one file at a time.
 */
public final class TextSequenceRecordReader extends BaseRecordReader implements SequenceRecordReader {
    /** Key of the window's length in a {@link Configuration}; it takes precedence over the constructor's. */
    public static final String WINDOW = "unrolled.text.window";

    private static final long serialVersionUID = 1L;

    private int window;
    private final boolean vocabularyGiven;
    private int[] codePoints;
    private transient Configuration configuration = new Configuration();
    private transient List<URI> files = List.of();
    private transient int file;
    private transient int[] tokens = {};
    private transient int position;

    /**
     * A reader whose vocabulary is that of all files of the split.
     *
     * @param window time steps of a sequence
     */
    public TextSequenceRecordReader(int window) {
        this(window, new int[] {}, false);
    }

    /**
     * A reader with a vocabulary that is known, such as that of the training text for the validation text.
     *
     * @param window time steps of a sequence
     */
    public TextSequenceRecordReader(int window, Vocabulary vocabulary) {
        this(window, vocabulary.codePoints(), true);
    }

    private TextSequenceRecordReader(int window, int[] codePoints, boolean vocabularyGiven) {
        this.window = requirePositive(window);
        this.codePoints = codePoints;
        this.vocabularyGiven = vocabularyGiven;
    }

    private static int requirePositive(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("a window of " + window + " time steps; at least 1 is expected");
        }
        return window;
    }

    @Override
    public void initialize(Configuration conf, InputSplit split) throws IOException, InterruptedException {
        setConf(conf);
        initialize(split);
    }

    /**
     * Takes the files of a split.
     *
     * @throws DataException if one is empty, is not UTF-8, or has a character that the given vocabulary lacks
     */
    @Override
    public void initialize(InputSplit split) throws IOException, InterruptedException {
        super.initialize(split);
        files = List.of(split.locations());
        if (!vocabularyGiven) {
            int[] seen = {};
            for (URI each : files) {
                int[] text = read(each).codePoints();
                seen = Vocabulary.of(concatenate(seen, Vocabulary.of(text).codePoints()))
                        .codePoints();
            }
            codePoints = seen;
        }
        reset();
    }

    private static int[] concatenate(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public void setConf(Configuration conf) {
        configuration = conf;
        window = requirePositive(conf.getInt(WINDOW, window));
    }

    @Override
    public Configuration getConf() {
        return configuration;
    }

    /** The vocabulary, once it is known: given, or after {@link #initialize}. */
    public Vocabulary vocabulary() {
        if (codePoints.length == 0) {
            throw new IllegalStateException("the vocabulary is that of the texts: call initialize with a split first");
        }
        return Vocabulary.ofStored(codePoints);
    }

    private Text read(URI location) throws IOException {
        try (InputStream in = streamCreatorFn.apply(location)) {
            return Text.ofStream(location.toString(), in);
        }
    }

    private int[] tokensOf(URI location) throws IOException {
        Text text = read(location);
        try {
            return vocabulary().encode(text.codePoints());
        } catch (DataException e) {
            throw new DataException(location + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean hasNext() {
        // A file of a single character has nothing to predict, so the end of one file does not say that there is more.
        while (position + 1 >= tokens.length && file < files.size()) {
            try {
                tokens = tokensOf(files.get(file));
            } catch (IOException e) {
                throw new DataException(files.get(file) + " could not be read: " + e.getMessage(), e);
            }
            file++;
            position = 0;
        }
        return position + 1 < tokens.length;
    }

    @Override
    public SequenceRecord nextSequence() {
        if (!hasNext()) {
            throw new NoSuchElementException("no window is left; reset() begins anew");
        }
        int to = Math.min(position + window, tokens.length - 1);
        SequenceRecord sequence = sequence(tokens, position, to, files.get(file - 1));
        position = to;
        invokeListeners(sequence);
        return sequence;
    }

    private static SequenceRecord sequence(int[] tokens, int from, int to, URI location) {
        return new org.datavec.api.records.impl.SequenceRecord(
                steps(tokens, from, to),
                new RecordMetaDataInterval(from, to, location, TextSequenceRecordReader.class));
    }

    private static List<List<Writable>> steps(int[] tokens, int from, int to) {
        List<List<Writable>> steps = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            steps.add(List.of(new IntWritable(tokens[i]), new IntWritable(tokens[i + 1])));
        }
        return steps;
    }

    @Override
    public List<List<Writable>> sequenceRecord() {
        return nextSequence().getSequenceRecord();
    }

    /** A whole stream as one sequence, in the vocabulary of this reader. */
    @Override
    public List<List<Writable>> sequenceRecord(URI uri, DataInputStream in) throws IOException {
        int[] all = vocabulary().encode(Text.ofStream(uri.toString(), in).codePoints());
        return steps(all, 0, all.length - 1);
    }

    @Override
    public SequenceRecord loadSequenceFromMetaData(RecordMetaData metaData) throws IOException {
        return loadSequenceFromMetaData(List.of(metaData)).get(0);
    }

    @Override
    public List<SequenceRecord> loadSequenceFromMetaData(List<RecordMetaData> metaData) throws IOException {
        List<SequenceRecord> sequences = new ArrayList<>(metaData.size());
        for (RecordMetaData each : metaData) {
            if (!(each instanceof RecordMetaDataInterval interval)) {
                throw new IllegalArgumentException("metadata of another reader: " + each.getLocation());
            }
            int[] all = tokensOf(interval.getURI());
            if (interval.getFrom() < 0 || interval.getFrom() > interval.getTo() || interval.getTo() >= all.length) {
                throw new DataException(interval.getURI() + " has " + all.length + " characters, and a window from "
                        + interval.getFrom() + " to " + interval.getTo() + " is asked for; has the file changed?");
            }
            sequences.add(sequence(all, (int) interval.getFrom(), (int) interval.getTo(), interval.getURI()));
        }
        return sequences;
    }

    @Override
    public void reset() {
        file = 0;
        tokens = new int[] {};
        position = 0;
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    /** The names of the columns. */
    @Override
    public List<String> getLabels() {
        return List.of("token", "target");
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
                "a text has no single records, only sequences: use sequenceRecord() or nextSequence()");
    }
}
