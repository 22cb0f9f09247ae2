package io.github.unrolled.model;

import static io.github.unrolled.model.ModelFileException.damaged;

import io.github.unrolled.model.AtomicFile.IOConsumer;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The zip around the parts of a model. It is read from front to back, so that a resource serves as well as a file; nothing
 * is ever unpacked to a place that the zip names.
 */
final class ModelZip {
    /** Of one part, unpacked. A larger one is neither written nor read. */
    private static final long LARGEST_PART = 1L << 31;
    /** Weights hardly get smaller: what unpacks to more than this many times its size was made to fill memory. */
    private static final int LARGEST_RATIO = 100;

    private static final int RATIO_FROM = 1 << 20;
    /**
     * The same for all parts of all files, so that equal contents give equal bytes. Not the first moment that a zip can
     * name: Java writes that one with a second, exact time beside it, which depends on the time zone.
     */
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private ModelZip() {}

    /** Adds a part, not compressed: the bits of trained weights do not get smaller, and reading is a copy. */
    static void put(ZipOutputStream zip, String name, IOConsumer<OutputStream> content) throws IOException {
        Measure measure = new Measure();
        content.accept(measure);
        if (measure.size > LARGEST_PART) {
            throw new IllegalArgumentException(
                    name + " takes " + measure.size + " bytes, at most " + LARGEST_PART + " can be read");
        }
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(TIME);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(measure.size);
        entry.setCompressedSize(measure.size);
        entry.setCrc(measure.crc.getValue());
        zip.putNextEntry(entry);
        content.accept(zip);
        zip.closeEntry();
    }

    /** Takes the parts of a zip as they come. */
    @FunctionalInterface
    interface Visitor {
        /** Reads a part. */
        void visit(String name, InputStream content) throws IOException;
    }

    /**
     * Reads a zip to its end.
     *
     * @param first the name of the part that makes this a model file; it comes before all others
     * @throws ModelFileException if it is no such zip, or damaged
     */
    static void read(String source, InputStream in, String first, Visitor visitor) throws IOException {
        Tail raw = new Tail(in);
        ZipInputStream zip = new ZipInputStream(raw, StandardCharsets.UTF_8);
        Set<String> names = new HashSet<>();
        try {
            for (ZipEntry entry = next(zip); entry != null; entry = next(zip)) {
                String name = entry.getName();
                if (names.isEmpty() && !name.equals(first)) {
                    throw foreign(source, "it is a zip that does not begin with " + first);
                }
                if (!names.add(name)) {
                    throw damaged(source, "it has two parts " + name);
                }
                InputStream content = new Bounded(source, name, zip, raw);
                visitor.visit(name, content);
                // To the end, where the checksum is compared.
                content.transferTo(OutputStream.nullOutputStream());
            }
        } catch (ZipException e) {
            throw damaged(source, String.valueOf(e.getMessage()), e);
        } catch (EOFException e) {
            throw damaged(source, "it ends after " + raw.count + " bytes, too early", e);
        }
        if (names.isEmpty()) {
            throw foreign(source, raw.count == 0 ? "it is empty" : "it is no zip");
        }
        // A zip ends with a list of its parts; without it, whole parts may be missing.
        raw.transferTo(OutputStream.nullOutputStream());
        if (raw.parts() != names.size()) {
            throw damaged(source, "it ends after " + raw.count + " bytes, too early, or was changed");
        }
    }

    private static @Nullable ZipEntry next(ZipInputStream zip) throws IOException {
        try {
            return zip.getNextEntry();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            // How some versions of Java say that a name is no UTF-8 or that an extra field is too short.
            ZipException damaged = new ZipException("one of its parts has no readable head");
            damaged.initCause(e);
            throw damaged;
        }
    }

    private static ModelFileException foreign(String source, String what) {
        return new ModelFileException(source + " is not a model file: " + what
                + "; expected a file written by a training, or a model of the zoo");
    }

    /** Size and checksum of what a part will hold, which a zip wants to know before it is written. */
    private static final class Measure extends OutputStream {
        private final CRC32 crc = new CRC32();
        private long size;

        @Override
        public void write(int b) {
            crc.update(b);
            size++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            crc.update(bytes, offset, length);
            size += length;
        }
    }

    /** One part, up to the largest size that is read: a small zip can hold a part without end. */
    private static final class Bounded extends InputStream {
        private final String source;
        private final String name;
        private final InputStream in;
        private final Tail packed;
        private final long packedBefore;
        private long unpacked;

        Bounded(String source, String name, InputStream in, Tail packed) {
            this.source = source;
            this.name = name;
            this.in = in;
            this.packed = packed;
            this.packedBefore = packed.count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            unpacked += Math.max(0, count);
            if (unpacked > LARGEST_PART) {
                throw new ModelFileException(
                        source + ": " + name + " has more than the " + LARGEST_PART + " bytes that a part may have");
            }
            if (unpacked > RATIO_FROM && unpacked / LARGEST_RATIO > packed.count - packedBefore) {
                throw new ModelFileException(source + ": " + name + " unpacks to more than " + LARGEST_RATIO
                        + " times its size, which no model does");
            }
            return count;
        }
    }

    /** Passes a stream on and keeps its last bytes, which say how many parts a zip has. */
    private static final class Tail extends InputStream {
        private static final int END_BYTES = 22;
        private static final int END_SIGNATURE = 0x06054b50;
        private static final int PARTS_AT = 10;

        private final InputStream in;
        private final byte[] last = new byte[END_BYTES];
        private long count;

        Tail(InputStream in) {
            this.in = in;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read > 0) {
                int kept = Math.min(read, END_BYTES);
                System.arraycopy(last, kept, last, 0, END_BYTES - kept);
                System.arraycopy(bytes, offset + read - kept, last, END_BYTES - kept, kept);
                count += read;
            }
            return read;
        }

        /** How many parts the end of the zip speaks of, -1 if these bytes are no such end. */
        int parts() {
            ByteBuffer end = ByteBuffer.wrap(last).order(ByteOrder.LITTLE_ENDIAN);
            return count >= END_BYTES && end.getInt(0) == END_SIGNATURE ? end.getShort(PARTS_AT) & 0xffff : -1;
        }
    }
}
