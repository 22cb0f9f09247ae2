package io.github.unrolled.engine.onednn;

import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;

/**
 * Sets how many OpenMP threads a primitive uses. The setting belongs to the calling thread, and a primitive keeps the
 * count under which it was made: so it is set before an engine's first primitive, on the engine's thread.
 *
 * <p>The preset exposes no such function, and code of our own in C would need a compiler on every platform. JavaCPP's
 * own native library can call any C function of one argument: that is what its deallocators do.
 */
final class OpenMp {
    private OpenMp() {}

    /** Returns whether the OpenMP runtime was found; where it was not, oneDNN's own default holds. */
    static boolean setThreads(int threads) {
        Pointer function = Loader.addressof("omp_set_num_threads");
        if (function == null || function.isNull()) {
            return false;
        }
        try {
            Class<?> type = Class.forName("org.bytedeco.javacpp.Pointer$NativeDeallocator");
            Constructor<?> constructor = type.getDeclaredConstructor(Pointer.class, long.class, long.class);
            constructor.setAccessible(true);
            Method call = type.getDeclaredMethod("deallocate", long.class, long.class);
            call.setAccessible(true);
            call.invoke(constructor.newInstance(new Pointer(), 0L, 0L), (long) threads, function.address());
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "this version of JavaCPP cannot set OpenMP's thread count; use the version that rnn-core declares",
                    e);
        }
    }
}
