package io.github.unrolled.datasets.video;

/**
 * How a video is read.
 *
 * @param pixels what a pixel is made of
 * @param stride every how manieth frame is given, 1 for all; frames are counted from the beginning of the video
 * @param fromSeconds frames that are shown earlier are left out
 * @param toSeconds frames that are shown then or later are left out
 * @param ahead how many frames are decoded before they are asked for, at least 1
 * @param frameRateHz frames per second of numbered pictures, which do not say it
 * @param megapixels the largest frame that is decoded, in millions of pixels
 */
public record VideoOptions(
        Pixels pixels,
        int stride,
        double fromSeconds,
        double toSeconds,
        int ahead,
        double frameRateHz,
        double megapixels) {

    /** What a pixel is made of. */
    public enum Pixels {
        /** Blue, green, red, each 0 to 255. */
        BGR,
        /** Brightness, 0 black to 255 white. */
        GREY,
        /** The luma values as they are coded, without change of range: most videos have 16 for black and 235 for white. */
        LUMA
    }

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public VideoOptions {
        require(stride >= 1, "a stride of " + stride + "; it is 1 or more");
        require(
                fromSeconds >= 0 && toSeconds > fromSeconds,
                "the time from " + fromSeconds + " to " + toSeconds
                        + " seconds; 0 or later, and the end after the start");
        require(ahead >= 1, ahead + " frames decoded ahead; it is 1 or more");
        require(
                frameRateHz > 0 && Double.isFinite(frameRateHz),
                frameRateHz + " frames per second; it is a number above 0");
        require(megapixels > 0, megapixels + " million pixels; it is a number above 0");
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /** All frames in colour, 8 decoded ahead, pictures at 25 a second, up to 40 megapixels. */
    public static VideoOptions standard() {
        return new VideoOptions(Pixels.BGR, 1, 0, Double.POSITIVE_INFINITY, 8, 25, 40);
    }

    /** The same with other pixels. */
    public VideoOptions withPixels(Pixels other) {
        return new VideoOptions(other, stride, fromSeconds, toSeconds, ahead, frameRateHz, megapixels);
    }

    /** The same with another stride. */
    public VideoOptions withStride(int other) {
        return new VideoOptions(pixels, other, fromSeconds, toSeconds, ahead, frameRateHz, megapixels);
    }

    /** The same for the frames shown within {@code from} (inclusive) and {@code to} (exclusive), in seconds. */
    public VideoOptions withTime(double from, double to) {
        return new VideoOptions(pixels, stride, from, to, ahead, frameRateHz, megapixels);
    }

    /** The same with another number of frames decoded ahead. */
    public VideoOptions withAhead(int other) {
        return new VideoOptions(pixels, stride, fromSeconds, toSeconds, other, frameRateHz, megapixels);
    }

    /** The same with another rate of numbered pictures. */
    public VideoOptions withFrameRateHz(double other) {
        return new VideoOptions(pixels, stride, fromSeconds, toSeconds, ahead, other, megapixels);
    }
}
