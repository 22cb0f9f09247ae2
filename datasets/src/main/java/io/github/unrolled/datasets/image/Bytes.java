package io.github.unrolled.datasets.image;

import io.github.unrolled.datasets.DataException;

/** A file's bytes, read as numbers; what lies beyond the end says that the file is damaged. */
final class Bytes {
    private final String source;
    private final byte[] content;

    Bytes(String source, byte[] content) {
        this.source = source;
        this.content = content;
    }

    byte[] content() {
        return content;
    }

    int length() {
        return content.length;
    }

    /** Whether these bytes lie at an offset. */
    boolean begins(int at, int... expected) {
        if (at + expected.length > content.length) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if ((content[at + i] & 0xff) != expected[i]) {
                return false;
            }
        }
        return true;
    }

    int unsigned(long at) {
        if (at < 0 || at >= content.length) {
            throw damaged("it ends at byte " + content.length + ", in the middle of its header");
        }
        return content[(int) at] & 0xff;
    }

    int big16(long at) {
        return unsigned(at) << 8 | unsigned(at + 1);
    }

    int big32(long at) {
        return big16(at) << 16 | big16(at + 2);
    }

    int little16(long at) {
        return unsigned(at + 1) << 8 | unsigned(at);
    }

    int little32(long at) {
        return little16(at + 2) << 16 | little16(at);
    }

    void requireLength(long expected) {
        if (content.length < expected) {
            throw damaged("it has " + content.length + " of the " + expected + " bytes that its header declares");
        }
    }

    DataException damaged(String why) {
        return new DataException(source + " is damaged: " + why + "; get a fresh copy of the file");
    }
}
