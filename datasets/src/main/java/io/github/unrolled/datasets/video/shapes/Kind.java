package io.github.unrolled.datasets.video.shapes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A kind of shape: the class that a frame is labelled with. */
enum Kind {
    DISC {
        @Override
        boolean contains(double x, double y) {
            return x * x + y * y <= 1;
        }
    },
    SQUARE {
        @Override
        boolean contains(double x, double y) {
            return Math.abs(x) <= 0.88 && Math.abs(y) <= 0.88;
        }
    },
    TRIANGLE {
        @Override
        boolean contains(double x, double y) {
            return y <= 0.85 && Math.abs(x) <= 0.58 * (y + 1.05);
        }
    },
    CROSS {
        @Override
        boolean contains(double x, double y) {
            boolean within = Math.abs(x) <= 1 && Math.abs(y) <= 1;
            return within && (Math.abs(x) <= 0.34 || Math.abs(y) <= 0.34);
        }
    };

    private static final List<Kind> ALL = List.of(values());
    private static final List<String> NAMES = Arrays.stream(values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();

    /** Whether a point, in radii from the centre, x to the right and y down, belongs to the shape. */
    abstract boolean contains(double x, double y);

    static List<Kind> all() {
        return ALL;
    }

    /** In lower case, in the order of the classes. */
    static List<String> names() {
        return NAMES;
    }
}
