package io.github.unrolled.datasets.video;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a frame, in pixels from the upper left.
 *
 * @param x its first column
 * @param y its first row
 * @param width columns
 * @param height rows
 */
public record Box(int x, int y, int width, int height) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,6})x(\\d{1,6})\\+(\\d{1,6})\\+(\\d{1,6})");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if it begins before the frame or is empty
     */
    public Box {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException("a box at " + x + ", " + y + " of " + width + " x " + height
                    + " pixels; it begins at 0 or later and has at least one pixel");
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is something else
     */
    public static Box parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    text + " is no part of a frame, expected width, height and place such as 96x64+108+181");
        }
        return new Box(
                Integer.parseInt(matcher.group(3)),
                Integer.parseInt(matcher.group(4)),
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)));
    }

    /** Whether it lies within frames of that size. */
    public boolean fits(int frameWidth, int frameHeight) {
        return x + width <= frameWidth && y + height <= frameHeight;
    }

    /** Such as {@code 96x64+108+181}: width, height, place. */
    @Override
    public String toString() {
        return width + "x" + height + "+" + x + "+" + y;
    }
}
