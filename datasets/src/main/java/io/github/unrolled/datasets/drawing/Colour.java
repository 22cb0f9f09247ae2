package io.github.unrolled.datasets.drawing;

/**
 * A colour of the screen.
 *
 * @param red 0 to 255
 * @param green 0 to 255
 * @param blue 0 to 255
 */
public record Colour(int red, int green, int blue) {
    /** Checks the ranges. */
    public Colour {
        if (Math.min(red, Math.min(green, blue)) < 0 || Math.max(red, Math.max(green, blue)) > 255) {
            throw new IllegalArgumentException(
                    "no colour has red " + red + ", green " + green + ", blue " + blue + "; each is 0 to 255");
        }
    }

    /** The mixture with another one: 0 for this, 1 for the other one. */
    public Colour towards(Colour other, double part) {
        return new Colour(mixed(red, other.red, part), mixed(green, other.green, part), mixed(blue, other.blue, part));
    }

    private static int mixed(int a, int b, double part) {
        return (int) Math.round(a + (b - a) * Math.max(0, Math.min(1, part)));
    }
}
