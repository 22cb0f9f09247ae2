package io.github.unrolled.datasets.motion.cmu;

import io.github.unrolled.datasets.motion.bvh.Bvh;
import io.github.unrolled.datasets.motion.bvh.BvhReader;
import io.github.unrolled.datasets.motion.skeleton.ExponentialMaps;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** The skeleton behind the rows of the published CMU files: 31 joints and seven ends, one unit about 56 mm. */
public final class CmuSkeleton {
    private static final String RESOURCE = "cmu-38.bvh";

    private CmuSkeleton() {}

    /** A file of this skeleton without frames, for writing motions. */
    public static Bvh template() {
        try (InputStream in = Objects.requireNonNull(CmuSkeleton.class.getResourceAsStream(RESOURCE))) {
            return BvhReader.read(RESOURCE, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the library's CMU skeleton cannot be read", e);
        }
    }

    /** The joints, in the order of the rows. */
    public static Skeleton skeleton() {
        return template().skeleton();
    }

    /** Numbers of a row. */
    public static int columns() {
        return ExponentialMaps.columns(skeleton());
    }
}
