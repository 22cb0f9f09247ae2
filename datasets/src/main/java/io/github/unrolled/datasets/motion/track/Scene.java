package io.github.unrolled.datasets.motion.track;

import java.util.List;

/**
 * All that was seen of the walkers of one place.
 *
 * @param name where it came from
 * @param stepSeconds the time between a walker's consecutive positions
 * @param frameStep what a frame number grows by between a walker's consecutive positions
 * @param frames the distinct frame numbers, ascending; there may be times in which nobody was seen
 * @param tracks in the order of their first appearance
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Scene(String name, double stepSeconds, long frameStep, long[] frames, List<Track> tracks) {
    /** Copies the list. */
    public Scene {
        if (!(stepSeconds > 0 && stepSeconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a step of " + stepSeconds + " seconds; more than 0 is expected");
        }
        tracks = List.copyOf(tracks);
    }

    /** The same under another name. */
    public Scene named(String other) {
        return new Scene(other, stepSeconds, frameStep, frames, tracks);
    }

    /** How many positions all tracks have together. */
    public long positions() {
        return tracks.stream().mapToLong(Track::length).sum();
    }
}
