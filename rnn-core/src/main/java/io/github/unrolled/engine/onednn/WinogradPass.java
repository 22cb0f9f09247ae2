package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.WinogradTransform.PRODUCTS;

import io.github.unrolled.tensor.Tensor;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.dnnl.dnnl_memory_desc;

/** The convolution of images with weights at the points. Threads take the next blocks each until none are left. */
final class WinogradPass implements AutoCloseable {
    /** What a pass is made for. */
    record Key(WinogradTiling tiling, int inChannels, int outChannels, boolean relu) {}

    /** Into how many parts each thread's share of the work is cut, so that a slower one takes fewer. */
    private static final int PARTS = 8;

    private final Key key;
    private final Team team;
    private final List<Member> members;
    private final float[] addend;

    WinogradPass(Context context, Team team, Key key) {
        this.key = key;
        this.team = team;
        this.members = team.run(member -> new Member(context));
        this.addend = new float[key.tiling.tilesInRun() * WinogradTransform.TILE * key.outChannels];
    }

    /** The layout of the weights; belongs to this. */
    dnnl_memory_desc weights() {
        return members.get(0).products.weights();
    }

    /** @param bias empty for none */
    void run(Tensor x, NativeMemory weights, Tensor bias, Tensor y, boolean accumulate) {
        float[] values = bias.toFloats();
        for (int i = 0; i < addend.length; i++) {
            addend[i] = values.length == 0 ? 0 : values[i % values.length];
        }
        int blocks = key.tiling.blocks();
        // Neighbouring blocks share rows, so a thread takes several.
        int several = Math.max(1, blocks / (PARTS * team.size()));
        AtomicInteger next = new AtomicInteger();
        team.run(member -> {
            Member own = members.get(member);
            own.reader.forget();
            int from = next.getAndAdd(several);
            for (; from < blocks; from = next.getAndAdd(several)) {
                for (int block = from; block < Math.min(blocks, from + several); block++) {
                    own.run(x, weights, block, y, accumulate);
                }
            }
            return from;
        });
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }

    /** What one thread has. */
    private final class Member implements AutoCloseable {
        final WinogradProducts products;
        private final WinogradReader reader;
        private final WinogradWriter writer;
        private final NativeMemory in;
        private final NativeMemory out;

        Member(Context context) {
            int tiles = key.tiling.tilesInBlock();
            products = WinogradProducts.ofWeights(context, tiles, key.inChannels, key.outChannels);
            reader = new WinogradReader(key.tiling, key.inChannels, WinogradTransform.INPUT);
            writer = new WinogradWriter(key.tiling, key.outChannels, key.relu);
            in = context.backend.scratch((long) PRODUCTS * tiles * key.inChannels);
            out = context.backend.scratch((long) PRODUCTS * tiles * key.outChannels);
        }

        void run(Tensor x, NativeMemory weights, int block, Tensor y, boolean accumulate) {
            reader.read(x, block, in.floats());
            products.run(in, weights, out);
            writer.write(out.floats(), block, y, addend, accumulate);
        }

        @Override
        public void close() {
            products.close();
            in.close();
            out.close();
        }
    }
}
