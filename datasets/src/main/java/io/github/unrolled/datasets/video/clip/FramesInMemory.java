package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.video.FrameSize;
import java.util.Objects;

/** Frames as an array. */
final class FramesInMemory implements ClipFrames {
    private final FrameSize size;
    private final byte[] bytes;

    FramesInMemory(FrameSize size, byte[] bytes) {
        if (bytes.length % size.values() != 0) {
            throw new IllegalArgumentException(
                    bytes.length + " bytes are not a whole number of frames of " + size.values() + " bytes");
        }
        this.size = size;
        this.bytes = bytes;
    }

    @Override
    public FrameSize size() {
        return size;
    }

    @Override
    public int frames() {
        return bytes.length / size.values();
    }

    @Override
    public void readBytes(int from, int count, byte[] target, int offset) {
        Objects.checkFromIndexSize(from, count, frames());
        System.arraycopy(bytes, from * size.values(), target, offset, count * size.values());
    }
}
