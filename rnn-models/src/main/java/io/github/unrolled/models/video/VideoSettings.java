package io.github.unrolled.models.video;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.train.Training;
import java.util.List;

/**
 * What a network for video is and how windows of clips are cut and changed; {@link io.github.unrolled.train.Recipe} has the
 * rest of a training's options. Components up to {@code dropout} are those of {@link VideoConfig}.
 *
 * @param before frames before the one in question that the first layer sees
 * @param ahead frames after it that the first layer sees
 * @param convolutions channels of the convolutions
 * @param embedding features of a frame's vector
 * @param recurrence what remembers
 * @param hidden units of a recurrent layer
 * @param layers recurrent layers
 * @param bidirectional whether the sequence is read from both ends
 * @param pooling how frames become a clip
 * @param dropout probability of dropping a unit
 * @param perClip whether each clip is standardised by its own numbers
 * @param window frames of a window, at most
 * @param batch windows of a batch
 * @param smoothing of the smoothing loss beside the cross-entropy
 * @param balance power of a class's inverse frequency that is its weight: 0 for equal weights, 1 for classes that weigh the
 *     same
 * @param mirrorClips whether clips are mirrored at random
 * @param shift up to how many pixels clips are moved at random
 * @param light deviation of a random factor and shift of the numbers
 * @param hide up to how many frames in a row are hidden at random
 */
public record VideoSettings(
        int before,
        int ahead,
        List<Integer> convolutions,
        int embedding,
        String recurrence,
        int hidden,
        int layers,
        boolean bidirectional,
        String pooling,
        double dropout,
        boolean perClip,
        int window,
        int batch,
        double smoothing,
        double balance,
        boolean mirrorClips,
        int shift,
        double light,
        int hide) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST = 1 << 16;
    private static final int ANY_SIDE = 64;

    /** Checks the ranges that the parts do not check: what a checkpoint says arrives here as well. */
    public VideoSettings {
        convolutions = List.copyOf(convolutions);
        if (window < 2 || window > LONGEST || batch < 1 || batch > LONGEST) {
            throw new IllegalArgumentException("window is " + window + " and batch " + batch
                    + ", expected a window of 2 to " + LONGEST + " frames and a batch of 1 to as many");
        }
        if (!(smoothing >= 0) || !(balance >= 0 && balance <= 1)) {
            throw new IllegalArgumentException(
                    "smoothing is " + smoothing + " and balance " + balance + ", expected 0 or more, and 0 to 1");
        }
        // The parts check the rest, for frames of any size.
        int side = convolutions.isEmpty() ? 1 : ANY_SIDE;
        new VideoConfig(
                side,
                side,
                1,
                before,
                ahead,
                convolutions,
                embedding,
                recurrence,
                hidden,
                layers,
                bidirectional,
                VideoConfig.FRAME,
                pooling,
                1,
                dropout);
        new Augmentation(mirrorClips, shift, light, hide);
    }

    /** The network for data of a kind. */
    VideoConfig config(VideoData data) {
        return new VideoConfig(
                data.height(),
                data.width(),
                data.channels(),
                before,
                ahead,
                convolutions,
                embedding,
                recurrence,
                hidden,
                layers,
                bidirectional,
                data.clipLevel() ? VideoConfig.CLIP : VideoConfig.FRAME,
                pooling,
                data.classes().size(),
                dropout);
    }

    /** What is changed at random. */
    @JsonIgnore
    Augmentation augmentation() {
        return new Augmentation(mirrorClips, shift, light, hide);
    }

    /** These settings as JSON, by the names of the components. */
    public ObjectNode toJson() {
        return JSON.valueToTree(this);
    }

    /**
     * The settings that a checkpoint was made with.
     *
     * @param file the checkpoint's name, for messages
     * @throws ModelFileException if it does not say, or says what cannot be; before anything of that size is allocated
     */
    public static VideoSettings of(String file, ModelFile checkpoint) {
        ObjectNode json = Training.configurationOf(file, checkpoint);
        try {
            return JSON.treeToValue(json, VideoSettings.class);
        } catch (JsonProcessingException e) {
            String reason = e.getCause() instanceof IllegalArgumentException range
                    ? String.valueOf(range.getMessage())
                    : e.getOriginalMessage();
            throw new ModelFileException(file + " is damaged: its training options cannot be read (" + reason + ")", e);
        }
    }
}
