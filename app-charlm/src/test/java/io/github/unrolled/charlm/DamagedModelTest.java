package io.github.unrolled.charlm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model file that cannot be right is refused by every verb in a sentence that names it, and stays as it was. */
final class DamagedModelTest {
    private static final String DESCRIPTION = "model.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path run = Path.of("");

    @BeforeEach
    void train() throws IOException {
        run = folder.resolve("run");
        Charlm.train(Charlm.text(folder.resolve("text.txt"), 300), run, 10);
    }

    private Charlm resume() {
        return Charlm.run("train", "--resume", run.toString(), "--steps", "20");
    }

    private Charlm sample() {
        return Charlm.run("sample", "--model", run.toString(), "--length", "1", "--quiet");
    }

    private Charlm evaluate() {
        return Charlm.run("evaluate", "--model", run.toString());
    }

    private Map<String, String> files() throws IOException {
        Map<String, String> contents = new HashMap<>();
        try (Stream<Path> files = Files.list(run)) {
            for (Path file : files.toList()) {
                String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                contents.put(file.getFileName().toString(), bytes);
            }
        }
        return contents;
    }

    /** Writes the zip anew with this merged into its description: a well-formed zip that says something else. */
    private static void describe(Path file, String changes) throws IOException {
        Map<String, byte[]> parts = new java.util.LinkedHashMap<>();
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : zip.stream().toList()) {
                parts.put(entry.getName(), zip.getInputStream(entry).readAllBytes());
            }
        }
        ObjectNode description = (ObjectNode) JSON.readTree(parts.get(DESCRIPTION));
        merge(description, (ObjectNode) JSON.readTree(changes));
        parts.put(DESCRIPTION, JSON.writeValueAsBytes(description));
        zip(file, parts);
    }

    private static void merge(ObjectNode into, ObjectNode changes) {
        changes.properties().forEach(change -> {
            if (into.get(change.getKey()) instanceof ObjectNode old && change.getValue() instanceof ObjectNode inner) {
                merge(old, inner);
            } else {
                into.set(change.getKey(), change.getValue());
            }
        });
    }

    private static void zip(Path file, Map<String, byte[]> parts) throws IOException {
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
    }

    private void refusedByAll(Path file, String part) throws IOException {
        Map<String, String> before = files();
        for (Charlm called : new Charlm[] {sample(), evaluate()}) {
            assertThat(called.refused(1)).contains(file.toString(), part);
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void writingAnewChangesNothing() throws IOException {
        describe(run.resolve("best.zip"), "{}");
        describe(run.resolve("last.zip"), "{}");
        assertThat(sample().code()).isZero();
        Charlm resumed = resume();
        assertThat(resumed.code()).as(resumed.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"version": 99}                                | newer Unrolled (version 99
        {"version": "one"}                             | version
        {"format": "another"}                          | not a model file
        {"type": "painter"}                            | no character model but 'painter'
        {"vocabulary": []}                             |
        {"vocabulary": [98, 97]}                       | code points
        {"vocabulary": [97, 98]}                       | weights
        {"vocabulary": "abc"}                          |
        {"architecture": {"hidden": 9}}                | weights
        {"architecture": {"hidden": -1}}               | hidden
        {"architecture": {"hidden": 2147483647}}       | hidden
        {"architecture": {"layers": 1000000000}}       | layers
        {"architecture": {"layers": 2}}                | weights
        {"architecture": {"cell": "transformer"}}      | transformer
        {"architecture": {"dropout": 3}}               | dropout
        {"architecture": null}                         |
        """)
    void aModelThatSaysWhatCannotBeIsRefused(String changes, String part) throws IOException {
        Path best = run.resolve("best.zip");
        describe(best, changes);
        refusedByAll(best, part == null ? "" : part);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"version": 99}                                                         | newer Unrolled (version 99
        {"provenance": null}                                                    | how it was trained
        {"provenance": {"configuration": []}}                                   | how it was trained
        {"provenance": {"configuration": {"hidden": "many"}}}                   | training options
        {"provenance": {"configuration": {"invented": 1}}}                      | training options
        {"provenance": {"configuration": {"hidden": 0}}}                        | hidden
        {"provenance": {"configuration": {"hidden": 16}}}                       |
        {"provenance": {"configuration": {"hidden": 2000000000}}}               | layers of 8
        {"provenance": {"configuration": {"layers": 2000000000}}}               | layers
        {"provenance": {"configuration": {"batch": 0}}}                         | batch
        {"provenance": {"configuration": {"window": -4}}}                       | window
        {"provenance": {"configuration": {"training": {"workers": 0}}}}         | workers
        {"provenance": {"configuration": {"cell": "transformer"}}}              | transformer
        {"provenance": {"configuration": {"split": 2}}}                         | split
        {"provenance": {"configuration": {"training": {"clip": -1}}}}           | clip
        {"provenance": {"configuration": {"training": {"learningRate": "NaN"}}}} | learningRate
        {"provenance": {"configuration": {"training": {"epochs": 1}}}}          | budget
        {"provenance": {"configuration": {"training": {"steps": -3}}}}          | steps
        """)
    void aCheckpointThatSaysWhatCannotBeIsRefused(String changes, String part) throws IOException {
        Path last = run.resolve("last.zip");
        describe(last, changes);
        Map<String, String> before = files();
        assertThat(resume().refused(1)).contains(last.toString(), part == null ? "" : part);
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void aZipOfSomethingElseIsRefused() throws IOException {
        for (String name : new String[] {"best.zip", "last.zip"}) {
            zip(run.resolve(name), Map.of("holiday.txt", "sun".getBytes(StandardCharsets.UTF_8)));
        }
        refusedByAll(run.resolve("best.zip"), "not a model file");
        assertThat(resume().refused(1)).contains(run.resolve("last.zip").toString(), "not a model file");
    }

    @Test
    void aFileWithoutItsEndIsRefused() throws IOException {
        Path best = run.resolve("best.zip");
        byte[] whole = Files.readAllBytes(best);
        RandomGenerator random = new Seed(11).generator();
        for (int i = 0; i < 40; i++) {
            Files.write(best, Arrays.copyOf(whole, random.nextInt(whole.length)));
            assertThat(sample().refused(1)).contains(best.toString());
        }
    }

    /** Checksums cover what the parts hold; a date in the zip may change, and then nothing else has. */
    @Test
    void aChangedByteIsRefusedOrHarmless() throws IOException {
        Path best = run.resolve("best.zip");
        byte[] whole = Files.readAllBytes(best);
        String written = sample().out();
        RandomGenerator random = new Seed(12).generator();
        int refused = 0;
        for (int i = 0; i < 60; i++) {
            byte[] changed = whole.clone();
            changed[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(best, changed);
            Charlm called = sample();
            if (called.code() == 0) {
                assertThat(called.out()).isEqualTo(written);
            } else {
                assertThat(called.refused(1)).contains(best.toString());
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(40);
    }
}
