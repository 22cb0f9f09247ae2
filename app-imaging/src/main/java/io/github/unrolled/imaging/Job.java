package io.github.unrolled.imaging;

import io.github.unrolled.app.UsageException;
import java.util.Locale;

/** What {@code --task} names. */
enum Job {
    /** A larger picture out of a small one. */
    UPSCALE,
    /** A clean picture out of a noisy one. */
    DENOISE,
    /** A few numbers out of a small picture, and the picture again out of them. */
    AUTOENCODE;

    /** The model of the zoo for pictures in colour where none is named. */
    static final String COLOUR_DENOISER = "imaging/denoise-colour";

    /** The name on command lines and in files. */
    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The model of the zoo that is meant where none is named. */
    String model(int scale) {
        return switch (this) {
            case UPSCALE -> "imaging/upscale-x" + scale;
            case DENOISE -> "imaging/denoise";
            case AUTOENCODE -> "imaging/autoencode-32";
        };
    }

    static int checkedScale(int scale) {
        if (scale < 2 || scale > 4) {
            throw new UsageException("--scale is " + scale + ", expected 2, 3 or 4");
        }
        return scale;
    }
}
