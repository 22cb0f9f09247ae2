package io.github.unrolled.dl4j;

import io.github.unrolled.nn.Module;
import java.lang.ref.Cleaner;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The {@link Execution}s of a layer, one for each thread that uses it. Nobody closes a layer of Deeplearning4j's, so the
 * native memory goes when the layer is collected, as that of its arrays does.
 *
 * @param <M> what the layer computes
 */
final class Executions<M extends Module> {
    private static final Cleaner CLEANER = Cleaner.create();

    private final All<M> all = new All<>();
    private final Function<INDArray, Execution<M>> maker;

    /**
     * @param owner the layer, whose end is the executions' end
     * @param maker makes one for the calling thread, over the layer's flattened parameters; must not hold the owner
     */
    Executions(Object owner, Function<INDArray, Execution<M>> maker) {
        this.maker = maker;
        CLEANER.register(owner, all);
    }

    /** Knows the executions but not the layer. */
    private static final class All<M extends Module> implements Runnable {
        private final Map<Thread, Execution<M>> byThread = new HashMap<>();

        private @Nullable INDArray computedOn;

        synchronized Execution<M> get(INDArray flat, Function<INDArray, Execution<M>> maker) {
            if (flat != computedOn) {
                run();
                computedOn = flat;
            }
            Execution<M> present = byThread.get(Thread.currentThread());
            if (present == null) {
                closeThoseOfEndedThreads();
                present = maker.apply(flat);
                byThread.put(Thread.currentThread(), present);
            }
            return present;
        }

        private void closeThoseOfEndedThreads() {
            Iterator<Map.Entry<Thread, Execution<M>>> entries =
                    byThread.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<Thread, Execution<M>> entry = entries.next();
                if (!entry.getKey().isAlive()) {
                    entry.getValue().close();
                    entries.remove();
                }
            }
        }

        @Override
        public synchronized void run() {
            byThread.values().forEach(Execution::close);
            byThread.clear();
        }
    }

    /** That of the calling thread, over the array that now holds the parameters. */
    Execution<M> get(INDArray flat) {
        return all.get(flat, maker);
    }
}
