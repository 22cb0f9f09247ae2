package io.github.unrolled.datasets.video.clip;

/** A clip with a label for every frame. Immutable. */
public final class LabelledClip {
    /** The label of a frame that has none: it is neither trained on nor counted. */
    public static final int NONE = -1;

    private final String name;
    private final String group;
    private final ClipFrames frames;
    private final int[] labels;

    /**
     * A clip.
     *
     * @param name which, unique in its set
     * @param group what it was taken from: a person, a recording. Clips of a group are never divided between training and
     *     test.
     * @param frames the pictures
     * @param labels {@code [frames]}: a class from 0, or {@link #NONE}; copied
     * @throws IllegalArgumentException if there are not as many labels as frames, or one is below -1
     */
    public LabelledClip(String name, String group, ClipFrames frames, int[] labels) {
        if (labels.length != frames.frames()) {
            throw new IllegalArgumentException("the clip " + name + " has " + frames.frames() + " frames and "
                    + labels.length + " labels; one for each frame is expected");
        }
        for (int label : labels) {
            if (label < NONE) {
                throw new IllegalArgumentException(
                        "the clip " + name + " has the label " + label + "; -1 (none) or a class from 0 is expected");
            }
        }
        this.name = name;
        this.group = group;
        this.frames = frames;
        this.labels = labels.clone();
    }

    /** A clip whose frames all have the label of the clip; see the constructor. */
    public static LabelledClip ofClass(String name, String group, ClipFrames frames, int label) {
        int[] labels = new int[frames.frames()];
        java.util.Arrays.fill(labels, label);
        return new LabelledClip(name, group, frames, labels);
    }

    /** Which. */
    public String name() {
        return name;
    }

    /** What it was taken from. */
    public String group() {
        return group;
    }

    /** The pictures. */
    public ClipFrames frames() {
        return frames;
    }

    /** How many frames there are. */
    public int length() {
        return labels.length;
    }

    /** The class of a frame, or {@link #NONE}. */
    public int label(int frame) {
        return labels[frame];
    }

    /** A copy of all labels, {@code [frames]}. */
    public int[] labels() {
        return labels.clone();
    }

    /** The label of the clip where clips have labels: that of its last frame that has one, or {@link #NONE}. */
    public int clipLabel() {
        for (int i = labels.length - 1; i >= 0; i--) {
            if (labels[i] != NONE) {
                return labels[i];
            }
        }
        return NONE;
    }

    /** The same clip with other labels, such as those of frames that are not to count taken away. */
    public LabelledClip withLabels(int[] others) {
        return new LabelledClip(name, group, frames, others);
    }
}
