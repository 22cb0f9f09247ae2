package io.github.unrolled.datasets.motion.asf;

import io.github.unrolled.datasets.DataException;
import java.util.List;

/** The lines of a text, one after the other, without comments and empty lines. */
final class Lines {
    private final String file;
    private final List<String> all;
    private int next;

    Lines(String file, String text) {
        this.file = file;
        this.all = text.lines().toList();
        skip();
    }

    private void skip() {
        while (next < all.size()
                && (all.get(next).isBlank() || all.get(next).strip().startsWith("#"))) {
            next++;
        }
    }

    boolean hasNext() {
        return next < all.size();
    }

    /** Whether there is a next line that does not begin a section. */
    boolean hasNextOfSection() {
        return hasNext() && !peek().key().startsWith(":");
    }

    /** The next line, which stays the next one. */
    Line peek() {
        if (!hasNext()) {
            throw new DataException(
                    file + ": the file ends early, after " + all.size() + " lines; it seems to be cut off");
        }
        return new Line(file, next + 1, List.of(all.get(next).strip().split("\\s+")));
    }

    /** The next line. */
    Line read() {
        Line line = peek();
        next++;
        skip();
        return line;
    }
}
