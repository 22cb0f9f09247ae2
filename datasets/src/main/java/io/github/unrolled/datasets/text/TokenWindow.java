package io.github.unrolled.datasets.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A window of parallel token streams, and the token that follows each.
 *
 * @param tokens {@code [time, batch]} in C order
 * @param targets the next token of each, {@code [time, batch]}
 * @param time steps
 * @param batch streams
 * @param startsFresh whether the streams begin anew, so that a carried state must be reset
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record TokenWindow(int[] tokens, int[] targets, int time, int batch, boolean startsFresh) {
    /** The window's streams dealt out to {@code parts} neighbouring groups, as evenly as can be; some may be empty. */
    public List<TokenWindow> split(int parts) {
        List<TokenWindow> shards = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            int from = part * batch / parts;
            int width = (part + 1) * batch / parts - from;
            int[] own = new int[time * width];
            int[] next = new int[time * width];
            for (int t = 0; t < time; t++) {
                System.arraycopy(tokens, t * batch + from, own, t * width, width);
                System.arraycopy(targets, t * batch + from, next, t * width, width);
            }
            shards.add(new TokenWindow(own, next, time, width, startsFresh));
        }
        return shards;
    }
}
