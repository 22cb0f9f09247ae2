package io.github.unrolled.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.autodiff.Parameter;
import io.github.unrolled.tensor.ElementType;
import io.github.unrolled.tensor.HeapMemory;
import io.github.unrolled.tensor.Shape;
import io.github.unrolled.tensor.Tensor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final String JSON = "{\"format\": \"unrolled-model\", \"version\": 1, \"type\": \"toy\"}";
    private static final Damage.Reader READER =
            (source, bytes) -> ModelFile.read(source, new ByteArrayInputStream(bytes));

    @TempDir
    Path folder;

    private static Tensor tensor(Shape shape, float... values) {
        return Tensor.allocate(HeapMemory.allocator(ElementType.FLOAT32), shape).set(values);
    }

    private static ModelFile sample() {
        ObjectNode description = ModelFile.newDescription().put("type", "toy");
        description.putObject("architecture").put("hidden", 2);
        Map<String, Tensor> weights = new LinkedHashMap<>();
        weights.put("layer.weight", tensor(Shape.of(2, 1), 1 / 3f, -2f));
        weights.put("layer.bias", tensor(Shape.of(1), 0.1f));
        return new ModelFile(description, weights, Map.of("optimizer.first.layer.bias", tensor(Shape.of(1), 1 / 7f)));
    }

    private byte[] written(ModelFile model, StoredType type) throws IOException {
        Path file = folder.resolve("written.zip");
        model.write(file, type);
        return Files.readAllBytes(file);
    }

    private static byte[] safeTensors() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        SafeTensors.write(out, sample().weights(), Map.of(), StoredType.F32);
        return out.toByteArray();
    }

    /** A zip as other programs write it: compressed. Names and contents alternate. */
    private static byte[] zip(Object... parts) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (int i = 0; i < parts.length; i += 2) {
                zip.putNextEntry(new ZipEntry((String) parts[i]));
                zip.write(
                        parts[i + 1] instanceof byte[] bytes
                                ? bytes
                                : parts[i + 1].toString().getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return out.toByteArray();
    }

    private static ModelFile read(byte[] bytes) throws IOException {
        return ModelFile.read("a.zip", new ByteArrayInputStream(bytes));
    }

    private static List<Float> values(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        assertThat(tensor).as(name).isNotNull();
        return Stream.of(tensor.toDoubles())
                .flatMap(doubles -> Arrays.stream(doubles).mapToObj(value -> (float) value))
                .toList();
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        ModelFile read = read(written(sample(), StoredType.F32));
        assertThat(read.description()).isEqualTo(sample().description());
        assertThat(read.weights().keySet()).containsExactly("layer.weight", "layer.bias");
        assertThat(values(read.weights(), "layer.weight")).containsExactly(1 / 3f, -2f);
        assertThat(values(read.training(), "optimizer.first.layer.bias")).containsExactly(1 / 7f);
    }

    @Test
    void everyKindOfJsonComesBack() throws IOException {
        ObjectNode description = ModelFile.newDescription()
                .put("int", -1)
                .put("long", Long.MIN_VALUE)
                .put("big", BigInteger.ONE.shiftLeft(100))
                .put("double", Math.PI)
                .put("tiny", Double.MIN_VALUE)
                .put("text", "quote \" newline \n umlaut ü \ud83d\ude00")
                .put("true", true)
                .put("false", false)
                .putNull("null");
        description.putArray("array").add(1).add("two").addArray().addObject();
        description.putObject("object").putObject("empty");
        ModelFile read = read(written(new ModelFile(description, Map.of(), Map.of()), StoredType.F32));
        assertThat(read.description()).isEqualTo(description);
        assertThat(Json.text(Json.object().put("f", 0.1f).put("d", new BigDecimal("0.10"))))
                .isEqualTo("{\"f\":0.1,\"d\":0.10}");
    }

    @Test
    void weightsInHalfPrecisionLeaveWhatTrainingNeedsAsItIs() throws IOException {
        ModelFile read = read(written(sample(), StoredType.F16));
        assertThat(values(read.weights(), "layer.weight")).containsExactly(0x1.554p-2f, -2f);
        assertThat(values(read.training(), "optimizer.first.layer.bias")).containsExactly(1 / 7f);
    }

    @Test
    void equalContentsGiveEqualBytesInEveryTimeZone() throws IOException {
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            byte[] first = written(sample(), StoredType.F32);
            TimeZone.setDefault(TimeZone.getTimeZone("America/New_York"));
            assertThat(written(sample(), StoredType.F32)).isEqualTo(first);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void itIsAPlainZipWithTheDescriptionFirst() throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(written(sample(), StoredType.F32)))) {
            ZipEntry json = zip.getNextEntry();
            assertThat(json).isNotNull();
            assertThat(json.getName()).isEqualTo("model.json");
            assertThat(new String(zip.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("""
                            {
                              "format" : "unrolled-model",
                              "version" : 1,
                              "type" : "toy",
                              "architecture" : {
                                "hidden" : 2
                              }
                            }""");
            ZipEntry weights = zip.getNextEntry();
            assertThat(weights).isNotNull();
            assertThat(weights.getName()).isEqualTo("weights.safetensors");
            assertThat(weights.getMethod()).isEqualTo(ZipEntry.STORED);
            assertThat(zip.readAllBytes()).isEqualTo(safeTensors());
        }
    }

    @Test
    void aZipThatAnotherProgramPackedIsReadAndItsOwnPartsArePassedOver() throws IOException {
        byte[] packed = zip("model.json", JSON, "notes/../../x.txt", "mine", "weights.safetensors", safeTensors());
        ModelFile read = read(packed);
        assertThat(read.description().path("type").asText()).isEqualTo("toy");
        assertThat(values(read.weights(), "layer.bias")).containsExactly(0.1f);
        assertThat(read.training()).isEmpty();
    }

    @Test
    void foreignFilesAreCalledSo() throws IOException {
        String hint = "; expected a file written by a training, or a model of the zoo";
        assertRefused(new byte[0], "a.zip is not a model file: it is empty" + hint);
        assertRefused(
                "To be, or not".getBytes(StandardCharsets.UTF_8), "a.zip is not a model file: it is no zip" + hint);
        assertRefused(
                zip("META-INF/MANIFEST.MF", "", "model.json", JSON),
                "a.zip is not a model file: it is a zip that does not begin with model.json" + hint);
        assertRefused(
                zip("model.json", "{\"format\": \"other\"}"),
                "a.zip is not a model file: its model.json does not say \"format\": \"unrolled-model\"");
    }

    @Test
    void aNewerVersionAsksForAnUpdateBeforeAnythingElseIsRead() throws IOException {
        assertRefused(
                zip("model.json", JSON.replace("1,", "2,"), "weights.safetensors", "in a format of the future"),
                "a.zip was written by a newer Unrolled (version 2 of the format), this one reads up to version 1;"
                        + " update Unrolled");
    }

    @Test
    void missingDoubleAndBrokenPartsAreNamed() throws IOException {
        String copy = "; take another copy of the file";
        assertRefused(zip("model.json", JSON), "a.zip is damaged: it has no weights.safetensors" + copy);
        assertRefused(
                zip("model.json", JSON + "{}", "weights.safetensors", safeTensors()),
                "a.zip is damaged: model.json is followed by something else" + copy);
        assertRefused(
                zip("model.json", "{\"format\": \"unrolled-model\"}"),
                "a.zip is damaged: model.json has no version, which would be a whole number from 1" + copy);
        assertRefused(
                zip("model.json", JSON, "weights.safetensors", "short"),
                "a.zip (weights.safetensors) is damaged: it ends after 5 bytes, before the length of its header"
                        + copy);
        byte[] whole = zip("model.json", JSON, "weights.safetensors", safeTensors(), "weights.safetensorx", "");
        byte[] twice = new String(whole, StandardCharsets.ISO_8859_1)
                .replace("safetensorx", "safetensors")
                .getBytes(StandardCharsets.ISO_8859_1);
        assertRefused(twice, "a.zip is damaged: it has two parts weights.safetensors" + copy);
    }

    @Test
    void aChangedWeightIsNoticed() throws IOException {
        byte[] whole = written(sample(), StoredType.F32);
        int weight = indexOf(whole, new byte[] {(byte) 0xcd, (byte) 0xcc, (byte) 0xcc, 0x3d});
        whole[weight] ^= 1;
        assertThatThrownBy(() -> read(whole))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("a.zip is damaged: invalid entry CRC");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        int at = 0;
        while (!Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
            at++;
        }
        return at;
    }

    @Test
    void aTruncatedFileIsRefusedWhereverItEnds() throws IOException {
        Damage.truncatedAnywhere(written(sample(), StoredType.F32), READER);
        Damage.truncatedAnywhere(zip("model.json", JSON, "weights.safetensors", safeTensors()), READER);
    }

    @Test
    void aChangedFileIsReadOrRefused() throws IOException {
        assertThat(Damage.changedAtRandom(written(sample(), StoredType.F32), 2000, READER))
                .isBetween(1000, 1999);
        assertThat(Damage.changedAtRandom(zip("model.json", JSON, "weights.safetensors", safeTensors()), 2000, READER))
                .isBetween(1000, 1999);
    }

    @Test
    void aSmallFileThatUnpacksToALargeOneIsNotUnpacked() throws IOException {
        byte[] zeros = new byte[64 << 20];
        String sentence = " unpacks to more than 100 times its size, which no model does";
        assertThat(Damage.outcome(zip("model.json", zeros), READER)).hasMessage("a.file: model.json" + sentence);
        assertThat(Damage.outcome(zip("model.json", JSON, "other", zeros), READER))
                .hasMessage("a.file: other" + sentence);
    }

    @Test
    void whatIsNoFileIsNamed() {
        assertThatThrownBy(() -> ModelFile.read(folder.resolve("none.zip")))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(folder.resolve("none.zip").toString());
        assertThatThrownBy(() -> ModelFile.read(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageStartingWith(folder.toString());
    }

    @Test
    void aWriteThatFailsMidwayLeavesTheOldFileAlone() throws IOException {
        Path file = folder.resolve("model.zip");
        sample().write(file, StoredType.F32);
        byte[] old = Files.readAllBytes(file);
        ModelFile broken = sample();
        Tensor last = broken.weights().get("layer.bias");
        assertThat(last).isNotNull();
        last.close();
        assertThatThrownBy(() -> broken.write(file, StoredType.F32)).isInstanceOf(IllegalStateException.class);
        assertThat(file).hasBinaryContent(old);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskIsNamed() {
        assertThatThrownBy(() -> sample().write(Path.of("/dev/full"), StoredType.F32))
                .isInstanceOf(FileSystemException.class)
                .hasMessage("/dev/full: No space left on device");
    }

    @Test
    void theDescriptionLeavesFormatAndVersionToTheFile() {
        ObjectNode own = ModelFile.newDescription().put("version", 7);
        assertThatThrownBy(() -> new ModelFile(own, Map.of(), Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void weightsAreAssignedByName() {
        Parameter bias = parameter(ElementType.FLOAT32, "layer.bias", 1);
        Parameter weight = parameter(ElementType.FLOAT64, "layer.weight", 2, 1);
        sample().assignTo("a.zip", List.of(bias, weight));
        assertThat(bias.value().toFloats()).containsExactly(0.1f);
        assertThat(weight.value().toDoubles()).containsExactly(1 / 3f, -2);
    }

    @Test
    void weightsThatDoNotFitAreNamedAndNothingIsAssigned() {
        Parameter bias = parameter(ElementType.FLOAT32, "layer.bias", 1);
        Parameter turned = parameter(ElementType.FLOAT32, "layer.weight", 1, 2);
        assertNotAssigned("a.zip has the weights layer.weight as [2, 1], its architecture needs [1, 2]", bias, turned);
        assertNotAssigned("a.zip has weights layer.weight [2, 1], which its architecture has not", bias);
        assertNotAssigned(
                "a.zip has no weights layer.gain, its architecture needs [3]",
                bias,
                parameter(ElementType.FLOAT32, "layer.gain", 3));
        assertThat(bias.value().toFloats()).containsExactly(0f);
    }

    private static void assertNotAssigned(String sentence, Parameter... parameters) {
        assertThatThrownBy(() -> sample().assignTo("a.zip", List.of(parameters)))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(sentence);
    }

    private static Parameter parameter(ElementType type, String name, int... dims) {
        return new Parameter(name, Tensor.allocate(HeapMemory.allocator(type), Shape.of(dims)));
    }

    private static void assertRefused(byte[] bytes, String sentence) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(sentence);
    }
}
