package io.github.unrolled.models.imaging;

/** Checks of architectures, which come from options and from files. */
final class Sizes {
    private Sizes() {}

    static void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + least + " to " + most);
        }
    }
}
