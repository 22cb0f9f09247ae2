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
import org.datavec.api.conf.Configuration;
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
public final class TextSequenceRecordReader extends FileSequenceRecordReader<int[]> {
    /** Key of the window's length in a {@link Configuration}; it takes precedence over the constructor's. */
    public static final String WINDOW = "unrolled.text.window";

    private static final long serialVersionUID = 1L;

    private int window;
    private final boolean vocabularyGiven;
    private int[] codePoints;

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

    /**
     * Takes the files of a split.
     *
     * @throws DataException if one is empty, is not UTF-8, or has a character that the given vocabulary lacks
     */
    @Override
    public void initialize(InputSplit split) throws IOException, InterruptedException {
        super.initialize(split);
        if (!vocabularyGiven) {
            int[] seen = {};
            for (URI each : split.locations()) {
                int[] text = read(each).codePoints();
                seen = Vocabulary.of(concatenate(seen, Vocabulary.of(text).codePoints()))
                        .codePoints();
            }
            codePoints = seen;
        }
    }

    private static int[] concatenate(int[] first, int[] second) {
        int[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Override
    public void setConf(Configuration conf) {
        super.setConf(conf);
        window = requirePositive(conf.getInt(WINDOW, window));
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

    @Override
    String what() {
        return "a text";
    }

    @Override
    int[] open(URI location) throws IOException {
        Text text = read(location);
        try {
            return vocabulary().encode(text.codePoints());
        } catch (DataException e) {
            throw new DataException(location + ": " + e.getMessage(), e);
        }
    }

    /** The first token of a window, and the last that is a target. */
    @Override
    List<Place> places(int[] tokens) {
        List<Place> places = new ArrayList<>();
        // A file of a single character has nothing to predict.
        for (int from = 0; from + 1 < tokens.length; from += window) {
            places.add(new Place(from, Math.min(from + window, tokens.length - 1)));
        }
        return places;
    }

    @Override
    List<List<Writable>> steps(int[] tokens, Place at, URI location) {
        if (at.from() < 0 || at.from() > at.to() || at.to() >= tokens.length) {
            throw new DataException(location + " has " + tokens.length + " characters, and a window from " + at.from()
                    + " to " + at.to() + " is asked for; has the file changed?");
        }
        return steps(tokens, (int) at.from(), (int) at.to());
    }

    private static List<List<Writable>> steps(int[] tokens, int from, int to) {
        List<List<Writable>> steps = new ArrayList<>(to - from);
        for (int i = from; i < to; i++) {
            steps.add(List.of(new IntWritable(tokens[i]), new IntWritable(tokens[i + 1])));
        }
        return steps;
    }

    /** A whole stream as one sequence, in the vocabulary of this reader. */
    @Override
    public List<List<Writable>> sequenceRecord(URI uri, DataInputStream in) throws IOException {
        int[] all = vocabulary().encode(Text.ofStream(uri.toString(), in).codePoints());
        return steps(all, 0, all.length - 1);
    }

    /** The names of the columns. */
    @Override
    public List<String> getLabels() {
        return List.of("token", "target");
    }
}
