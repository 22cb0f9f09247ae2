package io.github.unrolled.datasets.motion.skeleton;

/**
 * The axes of three successive rotations about the body's own axes: R = R₁(a) R₂(b) R₃(c) on column vectors, so that
 * {@code ZXY} turns about Z first, then about the new X, then about the newest Y, which is how motion files multiply
 * their channels. Six orders use every axis once (Tait-Bryan angles), six return to the first (proper Euler angles).
 */
public enum EulerOrder {
    /** About X, Y, Z. */
    XYZ,
    /** About X, Z, Y. */
    XZY,
    /** About Y, X, Z. */
    YXZ,
    /** About Y, Z, X. */
    YZX,
    /** About Z, X, Y. */
    ZXY,
    /** About Z, Y, X. */
    ZYX,
    /** About X, Y, X again. */
    XYX,
    /** About X, Z, X again. */
    XZX,
    /** About Y, X, Y again. */
    YXY,
    /** About Y, Z, Y again. */
    YZY,
    /** About Z, X, Z again. */
    ZXZ,
    /** About Z, Y, Z again. */
    ZYZ;

    /** The axis of the first, second or third rotation. */
    public Axis axis(int position) {
        return Axis.valueOf(name().substring(position, position + 1));
    }

    /** Whether the third axis is the first one again. */
    public boolean isProper() {
        return name().charAt(0) == name().charAt(2);
    }
}
