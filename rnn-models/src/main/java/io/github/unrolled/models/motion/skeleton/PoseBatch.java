package io.github.unrolled.models.motion.skeleton;

import java.util.ArrayList;
import java.util.List;

/**
 * Windows side by side.
 *
 * @param windows rows of each, seen frames first; not modified
 */
public record PoseBatch(List<float[][]> windows) {
    /** Copies the list, not the windows. */
    public PoseBatch {
        windows = List.copyOf(windows);
    }

    /** How many windows. */
    public int size() {
        return windows.size();
    }

    /** Parts of nearly equal size, some empty if there are fewer windows. */
    List<PoseBatch> split(int parts) {
        List<PoseBatch> split = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            split.add(new PoseBatch(windows.subList(i * size() / parts, (i + 1) * size() / parts)));
        }
        return split;
    }
}
