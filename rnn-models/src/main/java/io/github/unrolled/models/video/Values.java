package io.github.unrolled.models.video;

import io.github.unrolled.datasets.video.clip.ClipFrames;
import java.util.Objects;

/** The numbers of a sequence, read a range at a time: pixels of frames, or features. Thread-safe. */
public interface Values {
    /** How many frames, or steps, there are. */
    int frames();

    /**
     * Copies frames.
     *
     * @param from the first, from 0
     * @param count how many
     * @param target modified: one frame after the other, from the offset on
     */
    void read(int from, int count, float[] target, int offset);

    /** The pixels of a clip, from 0 to 1. */
    static Values of(ClipFrames clip) {
        return new Values() {
            @Override
            public int frames() {
                return clip.frames();
            }

            @Override
            public void read(int from, int count, float[] target, int offset) {
                clip.read(from, count, target, offset);
            }
        };
    }

    /**
     * Numbers in memory.
     *
     * @param rows {@code [frames][values]}; kept, not copied
     */
    static Values of(float[][] rows) {
        return new Values() {
            @Override
            public int frames() {
                return rows.length;
            }

            @Override
            public void read(int from, int count, float[] target, int offset) {
                Objects.checkFromIndexSize(from, count, rows.length);
                for (int i = 0; i < count; i++) {
                    float[] row = rows[from + i];
                    System.arraycopy(row, 0, target, offset + i * row.length, row.length);
                }
            }
        };
    }
}
