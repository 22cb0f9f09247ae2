package io.github.unrolled.datasets.motion.skeleton;

/**
 * A rotation of space, kept as the matrix that acts on column vectors, and its other notations. Every conversion is
 * exact to rounding, near the singular places of the notations too: a rotation that goes through one of them and back is
 * the same rotation. Immutable.
 */
public final class Rotation {
    /** No rotation. */
    public static final Rotation IDENTITY = new Rotation(new double[] {1, 0, 0, 0, 1, 0, 0, 0, 1});

    /** Below this angle, sin θ / θ and its like come from their series. */
    private static final double SMALL = 1e-6;

    /** Row after row. */
    private final double[] m;

    private Rotation(double[] m) {
        this.m = m;
    }

    // ---- into this notation

    /** The rotation by {@code radians} about an axis. */
    public static Rotation about(Axis axis, double radians) {
        double c = Math.cos(radians);
        double s = Math.sin(radians);
        return switch (axis) {
            case X -> new Rotation(new double[] {1, 0, 0, 0, c, -s, 0, s, c});
            case Y -> new Rotation(new double[] {c, 0, s, 0, 1, 0, -s, 0, c});
            case Z -> new Rotation(new double[] {c, -s, 0, s, c, 0, 0, 0, 1});
        };
    }

    /**
     * Euler angles in radians.
     *
     * @param angles of the first, second and third rotation, in x, y, z whatever the axes are
     */
    public static Rotation ofEuler(EulerOrder order, Vector3 angles) {
        return about(order.axis(0), angles.x())
                .times(about(order.axis(1), angles.y()))
                .times(about(order.axis(2), angles.z()));
    }

    /** An exponential map: unit axis times angle in radians (Rodrigues' formula, R = I + sin θ K + (1 - cos θ) K²). */
    public static Rotation ofExponentialMap(Vector3 map) {
        double angle = map.length();
        double s = angle < SMALL ? 1 - angle * angle / 6 : Math.sin(angle) / angle;
        double half = Math.sin(angle / 2);
        double c = angle < SMALL ? 0.5 - angle * angle / 24 : 2 * half * half / (angle * angle);
        double x = map.x();
        double y = map.y();
        double z = map.z();
        return new Rotation(new double[] {
            1 - c * (y * y + z * z),
            c * x * y - s * z,
            c * x * z + s * y,
            c * x * y + s * z,
            1 - c * (x * x + z * z),
            c * y * z - s * x,
            c * x * z - s * y,
            c * y * z + s * x,
            1 - c * (x * x + y * y)
        });
    }

    /**
     * A quaternion of any length but 0.
     *
     * @throws IllegalArgumentException if it has no direction
     */
    public static Rotation ofQuaternion(Quaternion q) {
        double length = q.length();
        if (!(length > 0) || !Double.isFinite(length)) {
            throw new IllegalArgumentException(
                    "the quaternion " + q + " stands for no rotation: its length is " + length);
        }
        Quaternion u = q.times(1 / length);
        double w = u.w();
        double x = u.x();
        double y = u.y();
        double z = u.z();
        return new Rotation(new double[] {
            1 - 2 * (y * y + z * z),
            2 * (x * y - w * z),
            2 * (x * z + w * y),
            2 * (x * y + w * z),
            1 - 2 * (x * x + z * z),
            2 * (y * z - w * x),
            2 * (x * z - w * y),
            2 * (y * z + w * x),
            1 - 2 * (x * x + y * y)
        });
    }

    /**
     * The 6-D notation: the first two columns of the matrix, made orthonormal (Zhou et al. 2019, equation 14). Continuous,
     * which three or four numbers cannot be.
     *
     * @param first column, of any length but 0
     * @param second column, not along the first
     * @throws IllegalArgumentException if they span no plane
     */
    public static Rotation ofSixD(Vector3 first, Vector3 second) {
        Vector3 a = first.times(1 / first.length());
        double along = a.x() * second.x() + a.y() * second.y() + a.z() * second.z();
        Vector3 rest = second.minus(a.times(along));
        Vector3 b = rest.times(1 / rest.length());
        if (!a.isFinite() || !b.isFinite()) {
            throw new IllegalArgumentException("the columns " + first + " and " + second + " span no plane");
        }
        return new Rotation(new double[] {
            a.x(), b.x(), a.y() * b.z() - a.z() * b.y(),
            a.y(), b.y(), a.z() * b.x() - a.x() * b.z(),
            a.z(), b.z(), a.x() * b.y() - a.y() * b.x()
        });
    }

    // ---- out of it

    /** The entry of a row and a column, each 0 to 2. */
    public double get(int row, int column) {
        return m[3 * row + column];
    }

    /** A column of the matrix; the first two are the 6-D notation. */
    public Vector3 column(int index) {
        return new Vector3(m[index], m[3 + index], m[6 + index]);
    }

    /**
     * Euler angles in radians: the middle one in [-π/2, π/2] for Tait-Bryan and [0, π] for proper orders, the others in
     * [-π, π]. Where only the sum or difference of the outer two is defined (gimbal lock), some pair that gives this
     * rotation.
     */
    public Vector3 toEuler(EulerOrder order) {
        int i = order.axis(0).index();
        int j = order.axis(1).index();
        int k = 3 - i - j;
        // +1 if (i, j, k) is an even permutation of the axes.
        double sign = (j - i + 3) % 3 == 1 ? 1 : -1;
        double first;
        double second;
        if (order.isProper()) {
            first = Math.atan2(get(j, i), -sign * get(k, i));
            second = Math.atan2(Math.hypot(get(j, i), get(k, i)), get(i, i));
        } else {
            first = Math.atan2(-sign * get(j, k), get(k, k));
            second = Math.atan2(sign * get(i, k), Math.hypot(get(i, i), get(i, j)));
        }
        // The third from what the first leaves over: right even where the first is arbitrary.
        Rotation rest = about(order.axis(0), -first).times(this);
        double third = order.isProper()
                ? Math.atan2(-sign * rest.get(j, k), rest.get(j, j))
                : Math.atan2(sign * rest.get(j, i), rest.get(j, j));
        return new Vector3(first, second, third);
    }

    /** The exponential map of this rotation whose angle lies in [0, π]. */
    public Vector3 toExponentialMap() {
        Quaternion q = toQuaternion();
        Vector3 v = new Vector3(q.x(), q.y(), q.z());
        double sine = v.length();
        double angle = 2 * Math.atan2(sine, q.w());
        return v.times(sine < SMALL ? 2 : angle / sine);
    }

    /** The unit quaternion of this rotation with w ≥ 0, through its largest component (Shepperd 1978). */
    public Quaternion toQuaternion() {
        double trace = m[0] + m[4] + m[8];
        Quaternion q;
        if (trace >= m[0] && trace >= m[4] && trace >= m[8]) {
            q = new Quaternion(1 + trace, m[7] - m[5], m[2] - m[6], m[3] - m[1]);
        } else if (m[0] >= m[4] && m[0] >= m[8]) {
            q = new Quaternion(m[7] - m[5], 1 + 2 * m[0] - trace, m[1] + m[3], m[2] + m[6]);
        } else if (m[4] >= m[8]) {
            q = new Quaternion(m[2] - m[6], m[1] + m[3], 1 + 2 * m[4] - trace, m[5] + m[7]);
        } else {
            q = new Quaternion(m[3] - m[1], m[2] + m[6], m[5] + m[7], 1 + 2 * m[8] - trace);
        }
        return q.times((q.w() < 0 ? -1 : 1) / q.length());
    }

    // ---- what rotations do

    /** First {@code other}, then this: the matrix product. */
    public Rotation times(Rotation other) {
        double[] product = new double[9];
        for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 3; c++) {
                product[3 * r + c] =
                        m[3 * r] * other.m[c] + m[3 * r + 1] * other.m[3 + c] + m[3 * r + 2] * other.m[6 + c];
            }
        }
        return new Rotation(product);
    }

    /** The rotation that undoes this one: the transposed matrix. */
    public Rotation inverse() {
        return new Rotation(new double[] {m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]});
    }

    /** The rotated vector. */
    public Vector3 apply(Vector3 v) {
        return new Vector3(
                m[0] * v.x() + m[1] * v.y() + m[2] * v.z(),
                m[3] * v.x() + m[4] * v.y() + m[5] * v.z(),
                m[6] * v.x() + m[7] * v.y() + m[8] * v.z());
    }

    /** The angle in radians, in [0, π], that leads from this rotation to another one. */
    public double angleTo(Rotation other) {
        return inverse().times(other).toExponentialMap().length();
    }

    /**
     * The rotation a part of the way to another one along the shortest arc, at constant speed (Shoemake 1985).
     *
     * @param part 0 for this, 1 for the other one
     */
    public Rotation towards(Rotation other, double part) {
        return times(ofExponentialMap(inverse().times(other).toExponentialMap().times(part)));
    }

    @Override
    public String toString() {
        return "rotation by " + toExponentialMap();
    }
}
