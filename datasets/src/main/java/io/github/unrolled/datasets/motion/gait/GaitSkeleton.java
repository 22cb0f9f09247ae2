package io.github.unrolled.datasets.motion.gait;

import io.github.unrolled.datasets.motion.bvh.Bvh;
import io.github.unrolled.datasets.motion.bvh.BvhReader;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/**
 * The figure of the made-up gaits: 17 joints and five ends, in centimetres, y up, facing along z with its left towards x.
 * At rest it stands with hanging arms.
 */
public final class GaitSkeleton {
    private static final String RESOURCE = "gait.bvh";

    private GaitSkeleton() {}

    /** A file of this skeleton without frames, for writing motions. */
    public static Bvh template() {
        try (InputStream in = Objects.requireNonNull(GaitSkeleton.class.getResourceAsStream(RESOURCE))) {
            return BvhReader.read(RESOURCE, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the library's skeleton of gaits cannot be read", e);
        }
    }

    /** The joints. */
    public static Skeleton skeleton() {
        return template().skeleton();
    }
}
