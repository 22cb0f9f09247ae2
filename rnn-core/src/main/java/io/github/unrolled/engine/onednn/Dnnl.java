package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_strides;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_create_with_tag;
import static org.bytedeco.dnnl.global.dnnl.dnnl_success;

import org.bytedeco.dnnl.dnnl_memory_desc;

/** Descriptors and status codes of oneDNN's C interface. */
final class Dnnl {
    private Dnnl() {}

    /** Throws for any status but success; {@code what} names the call. */
    static void check(int status, String what) {
        if (status != dnnl_success) {
            throw new IllegalStateException("oneDNN refused " + what + " with status " + status
                    + (status == 1 ? " (out of memory)" : status == 3 ? " (not implemented)" : ""));
        }
    }

    /** A dense 32-bit float descriptor with a named layout, to be destroyed by the caller. */
    static dnnl_memory_desc tagged(int tag, long... dims) {
        dnnl_memory_desc descriptor = new dnnl_memory_desc();
        check(dnnl_memory_desc_create_with_tag(descriptor, dims.length, dims, dnnl_f32, tag), "a memory descriptor");
        return descriptor;
    }

    /** A dense 32-bit float descriptor in C order. */
    static dnnl_memory_desc dense(long... dims) {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims[i];
        }
        dnnl_memory_desc descriptor = new dnnl_memory_desc();
        check(
                dnnl_memory_desc_create_with_strides(descriptor, dims.length, dims, dnnl_f32, strides),
                "a memory descriptor");
        return descriptor;
    }
}
