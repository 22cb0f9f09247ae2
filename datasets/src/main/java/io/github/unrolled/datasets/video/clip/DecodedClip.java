package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.video.FrameSize;
import java.util.List;

/** The frames of a clip that a {@link FrameCache} keeps on disk, and when they are shown. Thread-safe. */
public final class DecodedClip implements ClipFrames {
    private final FrameCache cache;
    private final ClipSource source;
    private final String key;
    private final CacheFile.Index index;

    DecodedClip(FrameCache cache, ClipSource source, String key, CacheFile.Index index) {
        this.cache = cache;
        this.source = source;
        this.key = key;
        this.index = index;
    }

    @Override
    public FrameSize size() {
        return index.size();
    }

    @Override
    public int frames() {
        return index.seconds().length;
    }

    /** When a frame is shown, in seconds from the beginning of the video. */
    public double seconds(int frame) {
        return index.seconds()[frame];
    }

    /** Frames per second of the video on average. */
    public double frameRateHz() {
        return index.frameRateHz();
    }

    /** What was damaged when it was decoded, a sentence each. */
    public List<String> problems() {
        return index.problems();
    }

    @Override
    public void readBytes(int from, int count, byte[] target, int offset) {
        java.util.Objects.checkFromIndexSize(from, count, frames());
        java.util.Objects.checkFromIndexSize(offset, count * size().values(), target.length);
        cache.read(source, key, index, from, count, target, offset);
    }
}
