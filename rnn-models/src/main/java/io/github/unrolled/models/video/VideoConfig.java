package io.github.unrolled.models.video;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * The architecture of a network for video. Frames {@code [height, width, channels]} pass convolutions (the first one 5 x 5,
 * others 3 x 3), each rectified and normalised, then a layer that makes a vector of them; sequences of features pass that
 * layer alone. A recurrent network follows, and a layer to classes.
 *
 * @param height rows of a frame; 1 for features
 * @param width columns of a frame; 1 for features
 * @param channels of a frame, or features of a step
 * @param before frames before the one in question that the first layer sees with it
 * @param ahead frames after it that the first layer sees with it: the label comes so much later
 * @param convolutions channels of the convolutions; none for features
 * @param embedding features of a frame's vector
 * @param recurrence what remembers: {@code none}, {@code gru}, {@code lstm} or {@code conv-gru}
 * @param hidden units of a recurrent layer, for each direction; channels of a convolutional one
 * @param layers recurrent layers
 * @param bidirectional whether the sequence is read from both ends, so that it must be there as a whole
 * @param level what has a label: {@code frame}, or {@code clip}
 * @param pooling how frames become a clip: {@code mean} of their scores, or the {@code last} frame's
 * @param classes how many there are
 * @param dropout probability of dropping a unit before and after a recurrent layer
 */
public record VideoConfig(
        int height,
        int width,
        int channels,
        int before,
        int ahead,
        List<Integer> convolutions,
        int embedding,
        String recurrence,
        int hidden,
        int layers,
        boolean bidirectional,
        String level,
        String pooling,
        int classes,
        double dropout) {
    /** No memory: the baseline. */
    public static final String NONE = "none";

    /** Gated recurrent units. */
    public static final String GRU = "gru";

    /** Long short-term memory. */
    public static final String LSTM = "lstm";

    /** Gated recurrent units whose states are images. */
    public static final String CONV_GRU = "conv-gru";

    /** What can remember. */
    public static final List<String> RECURRENCES = List.of(NONE, GRU, LSTM, CONV_GRU);

    /** Every frame has a label. */
    public static final String FRAME = "frame";

    /** A clip has a label. */
    public static final String CLIP = "clip";

    /** The mean of the frames' scores. */
    public static final String MEAN = "mean";

    /** The scores of the last frame. */
    public static final String LAST = "last";

    /** More than any model has: what a damaged file asks for is refused before it is allocated. */
    private static final int LARGEST = 1 << 13;

    private static final int MOST_LAYERS = 16;
    private static final int LONGEST_CONTEXT = 64;

    /** Checks the ranges: what a file says arrives here as well. */
    public VideoConfig {
        convolutions = List.copyOf(convolutions);
        require(height, 1, LARGEST, "height");
        require(width, 1, LARGEST, "width");
        require(channels, 1, LARGEST, "channels");
        require(before, 0, LONGEST_CONTEXT, "before");
        require(ahead, 0, LONGEST_CONTEXT, "ahead");
        require(convolutions.size(), 0, MOST_LAYERS, "number of convolutions");
        convolutions.forEach(count -> require(count, 1, LARGEST, "convolutions"));
        require(embedding, 1, LARGEST, "embedding");
        require(hidden, 1, LARGEST, "hidden");
        require(layers, 1, MOST_LAYERS, "layers");
        require(classes, 1, LARGEST, "classes");
        among(recurrence, RECURRENCES, "recurrence");
        among(level, List.of(FRAME, CLIP), "level");
        among(pooling, List.of(MEAN, LAST), "pooling");
        if (!(dropout >= 0 && dropout < 1)) {
            throw new IllegalArgumentException("dropout is " + dropout + ", expected at least 0 and less than 1");
        }
        if (recurrence.equals(CONV_GRU) && (bidirectional || convolutions.isEmpty())) {
            throw new IllegalArgumentException(
                    "recurrence is conv-gru, which reads images of convolutions, in one direction");
        }
        if (recurrence.equals(NONE) && bidirectional) {
            throw new IllegalArgumentException("bidirectional needs a recurrence, which is none");
        }
        if (convolutions.isEmpty() && (height != 1 || width != 1)) {
            throw new IllegalArgumentException("convolutions is empty for frames of " + width + " x " + height
                    + " pixels; expected at least one layer");
        }
    }

    private static void require(int value, int least, int most, String name) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + least + " to " + most);
        }
    }

    private static void among(String value, List<String> known, String name) {
        if (!known.contains(value)) {
            throw new IllegalArgumentException(name + " is '" + value + "', expected one of " + known);
        }
    }

    /** Numbers of a frame. */
    @JsonIgnore
    public int values() {
        return height * width * channels;
    }

    /** Frames that the first layer sees at once. */
    @JsonIgnore
    public int context() {
        return before + 1 + ahead;
    }

    /** Whether a label needs nothing that comes later: the network can be stepped along a stream. */
    @JsonIgnore
    public boolean isCausal() {
        return !bidirectional && ahead == 0;
    }

    /** Whether a clip as a whole is labelled. */
    @JsonIgnore
    public boolean labelsClips() {
        return level.equals(CLIP);
    }
}
