package io.github.unrolled.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.model.SafeTensors.Contents;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafeTensorsTest {
    private static final float[] HARD = {
        0f,
        -0f,
        1 / 3f,
        Float.MIN_VALUE,
        -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        Float.intBitsToFloat(0x7fc12345)
    };

    private static Tensor floats(Shape shape, float... values) {
        return Tensor.allocate(HeapMemory.allocator(ElementType.FLOAT32), shape).set(values);
    }

    private static Tensor doubles(Shape shape, double... values) {
        return Tensor.allocate(HeapMemory.allocator(ElementType.FLOAT64), shape).set(values);
    }

    private static Map<String, Tensor> sample() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        tensors.put("cell.0.weight", floats(Shape.of(2, 4), HARD));
        tensors.put("a double, später", doubles(Shape.of(2), Math.PI, Double.MIN_VALUE));
        tensors.put("nothing", floats(Shape.of(3, 0)));
        tensors.put("scalar", floats(Shape.of(), 7f));
        return tensors;
    }

    private static byte[] written(Map<String, Tensor> tensors, Map<String, String> metadata, StoredType type)
            throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, tensors, metadata, type);
        return out.toByteArray();
    }

    private static Tensor get(Contents contents, String name) {
        return Objects.requireNonNull(contents.tensors().get(name), name);
    }

    /** A file with this header and as many bytes of data, all zero. */
    private static byte[] file(String header, int data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + data)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    @Test
    void readsWhatPyTorchWrote() throws IOException {
        Contents contents;
        try (InputStream in = Objects.requireNonNull(
                SafeTensorsTest.class.getResourceAsStream("/golden/cross-entropy.safetensors"))) {
            contents = SafeTensors.read("golden", in);
        }
        assertThat(contents.metadata()).containsEntry("torch", "1.13.0a0").containsEntry("args", "mean");
        assertThat(contents.tensors()).containsOnlyKeys("x", "target", "y", "dy", "grad.x");
        assertThat(get(contents, "x").shape()).isEqualTo(Shape.of(11, 5));
        assertThat(get(contents, "x").toDoubles()).startsWith(0x1.03ca6p+0, 0x1.38dfp+0, 0x1.289182p-2);
        assertThat(get(contents, "target").toDoubles())
                .startsWith(4, 2, 2, 2, 2, 4)
                .hasSize(11);
        assertThat(get(contents, "y").scalar()).isEqualTo(0x1.eade64e487f14p+0);
        assertThat(get(contents, "grad.x").toDoubles()).endsWith(-0.07585722844089919);
    }

    @Test
    void everyBitComesBack() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("what", "a \"test\"\n"));
        Contents contents = SafeTensors.read("a", written(sample(), metadata, StoredType.F32));
        assertThat(contents.metadata()).isEqualTo(metadata);
        assertThat(contents.tensors().keySet()).containsExactlyElementsOf(sample().keySet());
        sample().forEach((name, tensor) -> {
            assertThat(get(contents, name).shape()).isEqualTo(tensor.shape());
            assertThat(get(contents, name).type()).isEqualTo(tensor.type());
            assertThat(bits(get(contents, name))).isEqualTo(bits(tensor));
        });
    }

    private static long[] bits(Tensor tensor) {
        if (tensor.type() == ElementType.FLOAT64) {
            return Arrays.stream(tensor.toDoubles())
                    .mapToLong(Double::doubleToRawLongBits)
                    .toArray();
        }
        float[] values = tensor.toFloats();
        long[] bits = new long[values.length];
        Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
        return bits;
    }

    @Test
    void theBytesAreThoseOfTheFormat() throws IOException {
        byte[] bytes = written(Map.of("w", floats(Shape.of(1, 2), 1f, -2f)), Map.of("k", "v"), StoredType.F32);
        String header =
                "{\"__metadata__\":{\"k\":\"v\"},\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
        int padded = (header.length() + 7) / 8 * 8;
        byte[] expected = ByteBuffer.allocate(Long.BYTES + padded + 8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .put((header + " ".repeat(padded - header.length())).getBytes(StandardCharsets.US_ASCII))
                .putInt(0x3f800000)
                .putInt(0xc0000000)
                .array();
        assertThat(bytes).isEqualTo(expected);
    }

    @Test
    void halfPrecisionTakesHalfTheSpaceAndIsReadAsSingle() throws IOException {
        Map<String, Tensor> tensors = Map.of("w", floats(Shape.of(3), 1f, 1 / 3f, 65519f));
        byte[] single = written(tensors, Map.of(), StoredType.F32);
        byte[] half = written(tensors, Map.of(), StoredType.F16);
        assertThat(single.length - half.length).isEqualTo(6);
        Tensor read = get(SafeTensors.read("a", half), "w");
        assertThat(read.type()).isEqualTo(ElementType.FLOAT32);
        assertThat(read.toFloats()).containsExactly(1f, 0x1.554p-2f, 65504f);
        Tensor brain = get(SafeTensors.read("a", written(tensors, Map.of(), StoredType.BF16)), "w");
        assertThat(brain.toFloats()).containsExactly(1f, 0x1.56p-2f, 65536f);
    }

    @Test
    void singlePrecisionCanBeWrittenAsDouble() throws IOException {
        byte[] bytes = written(Map.of("w", floats(Shape.of(1), 1 / 3f)), Map.of(), StoredType.F64);
        assertThat(get(SafeTensors.read("a", bytes), "w").toDoubles()).containsExactly((double) (1 / 3f));
    }

    @Test
    void integersAreReadExactlyOrNot() {
        byte[] small = file("{\"i\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
        ByteBuffer.wrap(small).order(ByteOrder.LITTLE_ENDIAN).putInt(small.length - 4, Integer.MIN_VALUE);
        assertThat(get(SafeTensors.read("a", small), "i").toDoubles()).containsExactly(0, Integer.MIN_VALUE);
        byte[] large = file("{\"i\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}", 8);
        ByteBuffer.wrap(large).order(ByteOrder.LITTLE_ENDIAN).putLong(large.length - 8, (1L << 53) + 1);
        assertThatThrownBy(() -> SafeTensors.read("a", large))
                .hasMessage("a: tensor 'i' (I64 [1]) has 9007199254740993 at element 0, expected no more than 2^53,"
                        + " which a double holds exactly");
    }

    @Test
    void theOrderInTheHeaderIsFree() {
        Contents contents = SafeTensors.read(
                "a",
                file(
                        "{\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]},"
                                + "\"a\":{\"shape\":[2],\"data_offsets\":[0,8],\"dtype\":\"F32\"}}   ",
                        12));
        assertThat(contents.tensors().keySet()).containsExactly("a", "b");
    }

    /** In each, ' stands for ", T for a tensor of one single-precision element at 0. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {'a'                                                         | 0 | its header is no JSON
            []                                                           | 0 | its header is no JSON object
            {} {}                                                        | 0 | its header is followed by something else
            {'a':T,'a':T}                                                | 4 | Duplicate
            {'a':T,'b':T}                                                | 4 | tensor 'b' (F32 [1]) begins at byte 0 of the data, expected 4
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}       | 8 | tensor 'a' (F32 [1]) begins at byte 4 of the data, expected 0
            {'a':T}                                                      | 3 | tensor 'a' (F32 [1]) lies at bytes 0 to 4 of the data, which ends at 3
            {'a':T}                                                      | 5 | it goes on behind its last tensor
            {'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}}       | 4 | lies at bytes 0 to 4 of the data, but takes 8
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}}       | 4 | lies at bytes 4 to 0 of the data, but takes 4
            {'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}}      | 4 | tensor 'a' has the shape '[-1]'
            {'a':{'dtype':'F32','shape':[0.5],'data_offsets':[0,4]}}     | 4 | tensor 'a' has the shape '[0.5]'
            {'a':{'dtype':'F32','shape':[99999999999],'data_offsets':[0,4]}} | 4 | tensor 'a' has the shape '[99999999999]'
            {'a':{'dtype':'F32','shape':[65536,65536,65536,65536,4],'data_offsets':[0,16]}} | 16 | tensor 'a' has the shape '[65536,
            {'a':{'dtype':'F32','shape':[2147483647,2147483647,2147483647,0],'data_offsets':[0,0]}} | 0 | tensor 'a' has the shape
            {'a':{'dtype':'F64','shape':[268435456],'data_offsets':[0,2147483648]}} | 4 | tensor 'a' has the shape
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,1e1]}}     | 4 | tensor 'a' has the data offset '10.0'
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[-4,0]}}      | 4 | tensor 'a' has the data offset '-4'
            {'a':{'dtype':'F32','shape':[1],'data_offsets':[0,99999999999999999999]}} | 4 | tensor 'a' has the data offset
            {'a':{'dtype':'F32','shape':[1],'data_offsets':{'x':0,'y':4}}} | 4 | tensor 'a' has no dtype, shape or data_offsets
            {'a':{'dtype':'F32','data_offsets':[0,4]}}                   | 4 | tensor 'a' has no dtype, shape or data_offsets
            {'a':5}                                                      | 4 | tensor 'a' has no dtype, shape or data_offsets
            {'__metadata__':{'k':5}}                                     | 0 | has no text for 'k'
            {'__metadata__':[]}                                          | 0 | __metadata__ in its header is no JSON object
            """)
    void aHeaderThatDoesNotFitIsRefused(String header, int data, String reason) {
        String json = header.replace("T", "{'dtype':'F32','shape':[1],'data_offsets':[0,4]}")
                .replace('\'', '"');
        assertThat(Damage.outcome(file(json, data), SafeTensors::read))
                .isNotNull()
                .hasMessageStartingWith("a.file is damaged: ")
                .hasMessageContaining(reason)
                .hasMessageEndingWith("; take another copy of the file");
    }

    @Test
    void anUnknownTypeIsNamedWithThoseThatAreRead() {
        byte[] file = file("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1);
        assertThatThrownBy(() -> SafeTensors.read("a.safetensors", file))
                .isInstanceOf(ModelFileException.class)
                .hasMessage("a.safetensors: tensor 'a' has elements of type 'F8_E4M3',"
                        + " expected one of [F64, F32, F16, BF16, I64, I32]");
    }

    @Test
    void lengthsThatTheFileDoesNotHaveCostNothing() {
        String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[500000000],\"data_offsets\":[0,2000000000]}}";
        assertThat(Damage.outcome(file(header, 100), SafeTensors::read))
                .hasMessageContaining(
                        "tensor 'a' (F32 [500000000]) lies at bytes 0 to 2000000000 of the data, which ends"
                                + " at 100");
        for (long length : new long[] {-1, 1, 10_000_000, 1L << 31, 1L << 62, Long.MIN_VALUE}) {
            byte[] file = file("{}", 0);
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            assertThat(Damage.outcome(file, SafeTensors::read)).isNotNull();
        }
        byte[] noText = file("{\"a\": 1}", 0);
        noText[10] = (byte) 0xff;
        assertThat(Damage.outcome(noText, SafeTensors::read)).hasMessageContaining("its header is no UTF-8");
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() throws IOException {
        Damage.truncatedAnywhere(written(sample(), Map.of("k", "v"), StoredType.F32), SafeTensors::read);
    }

    @Test
    void aChangedFileIsReadOrRefused() throws IOException {
        byte[] whole = written(sample(), Map.of("k", "v"), StoredType.F16);
        // Most of the file is header, where few changes go unnoticed.
        assertThat(Damage.changedAtRandom(whole, 2000, SafeTensors::read)).isBetween(1000, 1999);
    }

    @Test
    void namesThatTheFormatReservesAreNotWritten() {
        Map<String, Tensor> reserved = Map.of("__metadata__", floats(Shape.of(1), 1f));
        assertThatThrownBy(() -> written(reserved, Map.of(), StoredType.F32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no tensor may have the name __metadata__");
    }

    @Test
    void readsAFileByItsPath(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("a"), written(sample(), Map.of(), StoredType.F32));
        assertThat(SafeTensors.read(file).tensors()).hasSize(4);
        Files.write(file, new byte[3]);
        assertThatThrownBy(() -> SafeTensors.read(file))
                .hasMessage(file + " is damaged: it ends after 3 bytes, before the length of its header;"
                        + " take another copy of the file");
    }
}
