package io.github.unrolled.engine.onednn;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What was made for a shape, kept while it is in use: the least recently used entry beyond the bound is closed. Keys are
 * records, so that two kernels cannot collide.
 */
final class OperationCache implements AutoCloseable {
    private final int bound;
    private final LinkedHashMap<Record, AutoCloseable> entries = new LinkedHashMap<>(64, 0.75f, true);

    OperationCache(int bound) {
        this.bound = bound;
    }

    /** The entry under a key, made when it is missing. */
    <T extends AutoCloseable> T get(Record key, Class<T> type, Supplier<T> maker) {
        AutoCloseable found = entries.get(key);
        if (found != null) {
            return type.cast(found);
        }
        T made = maker.get();
        entries.put(key, made);
        if (entries.size() > bound) {
            Iterator<Map.Entry<Record, AutoCloseable>> oldest =
                    entries.entrySet().iterator();
            AutoCloseable evicted = oldest.next().getValue();
            oldest.remove();
            close(evicted);
        }
        return made;
    }

    @Override
    public void close() {
        entries.values().forEach(OperationCache::close);
        entries.clear();
    }

    private static void close(AutoCloseable entry) {
        try {
            entry.close();
        } catch (Exception e) {
            throw new IllegalStateException("a cached primitive could not be freed", e);
        }
    }
}
