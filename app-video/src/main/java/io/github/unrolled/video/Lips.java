package io.github.unrolled.video;

/** Mouths that speak. */
final class Lips {
    static final String ID = "grid-s1-mouth";

    private Lips() {}
}
