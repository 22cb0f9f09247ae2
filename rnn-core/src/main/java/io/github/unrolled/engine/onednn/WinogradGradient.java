package io.github.unrolled.engine.onednn;

import static io.github.unrolled.engine.onednn.WinogradTransform.PRODUCTS;

import io.github.unrolled.tensor.Tensor;
import java.util.List;

/** The gradient of the weights at the points. Every thread sums over a fixed part of the blocks. */
final class WinogradGradient implements AutoCloseable {
    /** What it is made for. */
    record Key(WinogradTiling tiling, int inChannels, int outChannels) {}

    private final Key key;
    private final Team team;
    private final List<Member> members;

    WinogradGradient(Context context, Team team, Key key) {
        this.key = key;
        this.team = team;
        this.members = team.run(member -> new Member(context));
    }

    /** Returns the parts of the sum, {@code [36 points, in, out]} each, valid until the next call. */
    List<NativeMemory> run(Tensor x, Tensor dy) {
        int blocks = key.tiling.blocks();
        return team.run(member -> {
            int from = (int) ((long) blocks * member / team.size());
            int to = (int) ((long) blocks * (member + 1) / team.size());
            return members.get(member).run(x, dy, from, to);
        });
    }

    @Override
    public void close() {
        members.forEach(Member::close);
    }

    /** What one thread has. */
    private final class Member implements AutoCloseable {
        private final WinogradProducts products;
        private final WinogradReader reader;
        private final WinogradReader upstreamReader;
        private final NativeMemory in;
        private final NativeMemory upstream;
        private final NativeMemory sum;

        Member(Context context) {
            int tiles = key.tiling.tilesInBlock();
            long points = PRODUCTS;
            products = WinogradProducts.ofTiles(context, tiles, key.inChannels, key.outChannels);
            reader = new WinogradReader(key.tiling, key.inChannels, WinogradTransform.INPUT);
            upstreamReader =
                    new WinogradReader(key.tiling.written(), key.outChannels, WinogradTransform.OUTPUT_GRADIENT);
            in = context.backend.scratch(points * tiles * key.inChannels);
            upstream = context.backend.scratch(points * tiles * key.outChannels);
            sum = context.backend.scratch(points * key.inChannels * key.outChannels);
        }

        NativeMemory run(Tensor x, Tensor dy, int from, int to) {
            sum.fill(0, sum.elements(), 0);
            reader.forget();
            upstreamReader.forget();
            for (int block = from; block < to; block++) {
                reader.read(x, block, in.floats());
                upstreamReader.read(dy, block, upstream.floats());
                products.run(in, upstream, sum);
            }
            return sum;
        }

        @Override
        public void close() {
            products.close();
            in.close();
            upstream.close();
            sum.close();
        }
    }
}
