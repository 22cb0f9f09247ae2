package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A file of the cache: the frames one after the other, then an index, then its length, the checksum of all before it and a
 * mark. A file without all of that is as good as none.
 */
final class CacheFile {
    private static final long MARK = 0x554e524c46524d31L; // "UNRLFRM1"
    private static final int TAIL = Integer.BYTES + 2 * Long.BYTES;
    private static final int PIECE = 1 << 16;
    private static final int LARGEST_INDEX = 1 << 28;

    private CacheFile() {}

    /** What is known of the frames. */
    record Index(FrameSize size, double frameRateHz, double[] seconds, List<String> problems) {}

    /** Writes frames as they come, and then the index. */
    static final class Writer {
        private final OutputStream out;
        private final FrameSize size;
        private final CRC32C checksum = new CRC32C();
        private final long limitBytes;
        private final List<Double> seconds = new ArrayList<>();

        Writer(OutputStream out, FrameSize size, long limitBytes) {
            this.out = out;
            this.size = size;
            this.limitBytes = limitBytes;
        }

        void add(byte[] frame, double second) throws IOException {
            seconds.add(second);
            long bytes = (long) seconds.size() * size.values();
            if (bytes > limitBytes) {
                throw new DataException("its frames take more than the " + limitBytes
                        + " bytes that the cache of frames may have; allow more, or make the frames smaller");
            }
            write(frame);
        }

        private void write(byte[] bytes) throws IOException {
            out.write(bytes);
            checksum.update(bytes, 0, bytes.length);
        }

        Index finish(double frameRateHz, List<String> problems) throws IOException {
            Index index = new Index(
                    size,
                    frameRateHz,
                    seconds.stream().mapToDouble(Double::doubleValue).toArray(),
                    problems);
            byte[] encoded = encode(index);
            write(encoded);
            out.write(ByteBuffer.allocate(TAIL)
                    .putInt(encoded.length)
                    .putLong(checksum.getValue())
                    .putLong(MARK)
                    .array());
            return index;
        }
    }

    private static byte[] encode(Index index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(bytes);
        data.writeInt(index.size().height());
        data.writeInt(index.size().width());
        data.writeInt(index.size().channels());
        data.writeDouble(index.frameRateHz());
        data.writeInt(index.seconds().length);
        for (double each : index.seconds()) {
            data.writeDouble(each);
        }
        data.writeInt(index.problems().size());
        for (String each : index.problems()) {
            data.writeUTF(each);
        }
        return bytes.toByteArray();
    }

    private static Index decode(byte[] bytes) throws IOException {
        DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes));
        FrameSize size = new FrameSize(data.readInt(), data.readInt(), data.readInt());
        double rate = data.readDouble();
        double[] seconds = new double[data.readInt()];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = data.readDouble();
        }
        int count = data.readInt();
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            problems.add(data.readUTF());
        }
        return new Index(size, rate, seconds, List.copyOf(problems));
    }

    /** The index of a file that is whole; nothing if it is not. Reads all of it. */
    static Optional<Index> check(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long end = channel.size() - TAIL;
            if (end < 0) {
                return Optional.empty();
            }
            ByteBuffer tail = ByteBuffer.allocate(TAIL);
            fill(channel, tail, end);
            int indexBytes = tail.getInt();
            long expected = tail.getLong();
            if (tail.getLong() != MARK || indexBytes < 0 || indexBytes > Math.min(end, LARGEST_INDEX)) {
                return Optional.empty();
            }
            if (checksum(channel, end) != expected) {
                return Optional.empty();
            }
            ByteBuffer encoded = ByteBuffer.allocate(indexBytes);
            fill(channel, encoded, end - indexBytes);
            Index index = decode(encoded.array());
            long frames = (long) index.seconds().length * index.size().values();
            return frames == end - indexBytes ? Optional.of(index) : Optional.empty();
        }
    }

    private static long checksum(FileChannel channel, long end) throws IOException {
        CRC32C checksum = new CRC32C();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        for (long at = 0; at < end; at += piece.limit()) {
            piece.clear().limit((int) Math.min(PIECE, end - at));
            fill(channel, piece, at);
            checksum.update(piece.duplicate());
        }
        return checksum.getValue();
    }

    /** Reads frames. */
    static void read(Path file, FrameSize size, int from, int count, byte[] target, int offset) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer buffer = ByteBuffer.wrap(target, offset, count * size.values());
            long at = (long) from * size.values();
            while (buffer.hasRemaining()) {
                int read = channel.read(buffer, at);
                if (read < 0) {
                    throw new IOException("the file of the cache has become shorter");
                }
                at += read;
            }
        }
    }

    private static void fill(FileChannel channel, ByteBuffer buffer, long from) throws IOException {
        long at = from;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                throw new IOException("the file of the cache has become shorter");
            }
            at += read;
        }
        buffer.flip();
    }
}
