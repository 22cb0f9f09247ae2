package io.github.unrolled.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.function.ToIntFunction;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;

/** What a primitive does with its result before it writes it. To be destroyed by the caller. */
final class Attributes {
    private Attributes() {}

    /** Nothing. */
    static dnnl_primitive_attr none() {
        dnnl_primitive_attr attributes = new dnnl_primitive_attr();
        Dnnl.check(dnnl_primitive_attr_create(attributes), "attributes");
        return attributes;
    }

    /** Adds it to what is there. */
    static dnnl_primitive_attr adding() {
        return after(list -> dnnl_post_ops_append_sum(list, 1f, 0, dnnl_data_type_undef));
    }

    /** Takes max(·, 0). */
    static dnnl_primitive_attr rectifying() {
        return after(list -> dnnl_post_ops_append_eltwise(list, dnnl_eltwise_relu, 0f, 0f));
    }

    private static dnnl_primitive_attr after(ToIntFunction<dnnl_post_ops> append) {
        dnnl_primitive_attr attributes = none();
        dnnl_post_ops list = new dnnl_post_ops();
        Dnnl.check(dnnl_post_ops_create(list), "a list of functions");
        Dnnl.check(append.applyAsInt(list), "a function after another");
        Dnnl.check(dnnl_primitive_attr_set_post_ops(attributes, list), "a list of functions");
        dnnl_post_ops_destroy(list);
        return attributes;
    }
}
