package io.github.unrolled.models.video;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipSet;
import io.github.unrolled.datasets.video.clip.LabelLevel;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What a network for video learns from, and what it is validated on.
 *
 * @param name what it is
 * @param classes names of the labels
 * @param height rows of a frame; 1 for features
 * @param width columns; 1 for features
 * @param channels of a frame, or features of a step
 * @param clipLevel whether clips have the labels
 * @param train to learn from, at least one
 * @param validation held out, to choose the best by; at least one
 */
public record VideoData(
        String name,
        List<String> classes,
        int height,
        int width,
        int channels,
        boolean clipLevel,
        List<LabelledSequence> train,
        List<LabelledSequence> validation) {
    /** Copies the lists. */
    public VideoData {
        classes = List.copyOf(classes);
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        if (train.isEmpty() || validation.isEmpty()) {
            throw new IllegalArgumentException(name + " has " + train.size() + " sequences to train on and "
                    + validation.size() + " to validate on; expected some of each");
        }
    }

    /** Clips of video. */
    public static VideoData of(String name, ClipSet train, ClipSet validation) {
        FrameSize size = train.size();
        return new VideoData(
                name,
                train.classes(),
                size.height(),
                size.width(),
                size.channels(),
                train.level() == LabelLevel.CLIP,
                sequences(train),
                sequences(validation));
    }

    /** The clips of a set as a network reads them. */
    public static List<LabelledSequence> sequences(ClipSet set) {
        return set.clips().stream().map(LabelledSequence::of).toList();
    }

    /** A checksum of all names, labels and numbers that are trained on. */
    public String sha256() {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        int values = height * width * channels;
        float[] frame = new float[values];
        ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * values);
        for (LabelledSequence sequence : train) {
            digest.update(sequence.name().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            for (int t = 0; t < sequence.frames(); t++) {
                digest.update((byte) sequence.labels()[t]);
                sequence.values().read(t, 1, frame, 0);
                bytes.clear();
                bytes.asFloatBuffer().put(frame);
                digest.update(bytes.array());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
