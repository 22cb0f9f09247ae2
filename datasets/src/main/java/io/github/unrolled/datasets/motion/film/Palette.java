package io.github.unrolled.datasets.motion.film;

import io.github.unrolled.datasets.drawing.Colour;

/** The colours of a film. Left and right are told apart by people who do not see red and green as different, too. */
final class Palette {
    static final Colour BACKGROUND = new Colour(250, 250, 247);
    static final Colour GRID = new Colour(222, 222, 215);
    static final Colour GHOST = new Colour(206, 206, 200);
    static final Colour TEXT = new Colour(45, 45, 48);
    static final Colour FAINT_TEXT = new Colour(130, 130, 128);
    static final Colour TRUNK = new Colour(62, 62, 68);
    static final Colour LEFT = new Colour(0, 114, 178);
    static final Colour RIGHT = new Colour(213, 94, 0);
    static final Colour PREDICTED = new Colour(0, 158, 115);

    private Palette() {}
}
