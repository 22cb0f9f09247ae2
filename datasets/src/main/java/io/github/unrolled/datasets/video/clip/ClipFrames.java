package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;

/**
 * The frames of a clip as bytes {@code [frames, height, width, channels]}, read a range at a time, so that a long clip need
 * not be in memory. Implementations are thread-safe and own nothing that has to be closed.
 */
public interface ClipFrames {
    /** What a byte is divided by to lie within 0 and 1. */
    float SCALE = 255;

    /** Height, width and channels of a frame. */
    FrameSize size();

    /** How many frames there are. */
    int frames();

    /**
     * Copies frames.
     *
     * @param from the first, from 0
     * @param count how many
     * @param target modified: {@code [count, height, width, channels]} from the offset on
     * @param offset where in the target the first value goes
     * @throws IndexOutOfBoundsException if the clip has no such frames or the target is too short
     * @throws DataException if the frames cannot be read
     */
    void readBytes(int from, int count, byte[] target, int offset);

    /**
     * Copies frames, scaled to 0 to 1.
     *
     * @param from the first, from 0
     * @param count how many
     * @param target modified: {@code [count, height, width, channels]} from the offset on
     * @param offset where in the target the first value goes
     * @throws IndexOutOfBoundsException if the clip has no such frames or the target is too short
     * @throws DataException if the frames cannot be read
     */
    default void read(int from, int count, float[] target, int offset) {
        byte[] bytes = new byte[Math.multiplyExact(count, size().values())];
        readBytes(from, count, bytes, 0);
        for (int i = 0; i < bytes.length; i++) {
            target[offset + i] = (bytes[i] & 0xff) / SCALE;
        }
    }

    /**
     * Frames in memory.
     *
     * @param size of a frame
     * @param bytes {@code [frames, height, width, channels]}; kept, not copied
     * @throws IllegalArgumentException if there are not as many bytes as whole frames have
     */
    static ClipFrames of(FrameSize size, byte[] bytes) {
        return new FramesInMemory(size, bytes);
    }
}
