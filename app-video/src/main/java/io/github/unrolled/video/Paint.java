package io.github.unrolled.video;

import io.github.unrolled.datasets.drawing.Colour;
import java.util.List;

/** Colours of classes and of what surrounds them. */
final class Paint {
    static final Colour BACKGROUND = new Colour(250, 250, 247);
    static final Colour CELL = new Colour(236, 236, 230);
    static final Colour TEXT = new Colour(45, 45, 48);
    static final Colour FAINT = new Colour(130, 130, 128);
    static final Colour RIGHT = new Colour(0, 98, 130);
    static final Colour WRONG = new Colour(200, 70, 20);
    static final Colour SILENCE = new Colour(205, 205, 200);

    private static final double PALE = 165;

    /** Told apart by people who do not see red and green as different, too (Okabe and Ito 2008). */
    private static final List<Colour> EIGHT = List.of(
            new Colour(0, 114, 178),
            new Colour(230, 159, 0),
            new Colour(0, 158, 115),
            new Colour(204, 121, 167),
            new Colour(213, 94, 0),
            new Colour(86, 180, 233),
            new Colour(240, 228, 66),
            new Colour(100, 100, 104));

    private Paint() {}

    /** The colour of a class: the eight, then the same ones paler, and so on; none and silence are grey. */
    static Colour of(int label, boolean isSilence) {
        if (label < 0 || isSilence) {
            return SILENCE;
        }
        Colour base = EIGHT.get(label % EIGHT.size());
        int round = label / EIGHT.size() % 4;
        return round == 0 ? base : base.towards(round % 2 == 1 ? new Colour(255, 255, 255) : TEXT, 0.2 + 0.12 * round);
    }

    /** The colour of letters on a ground: pale on dark, dark on pale. */
    static Colour inkOn(Colour ground) {
        return 0.3 * ground.red() + 0.59 * ground.green() + 0.11 * ground.blue() > PALE ? TEXT : BACKGROUND;
    }

    /** A name that is not longer than so many characters. */
    static String shortened(String name, int most) {
        return name.length() <= most ? name : name.substring(0, most - 2) + "..";
    }
}
