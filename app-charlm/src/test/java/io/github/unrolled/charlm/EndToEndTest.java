package io.github.unrolled.charlm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a text to what the trained model writes. */
final class EndToEndTest {
    @TempDir
    Path folder;

    private Path json(String name) {
        return folder.resolve(name + ".json");
    }

    private static Map<String, Double> rows(Path file, String verb) throws IOException {
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.path("app").asText()).isEqualTo("charlm");
        assertThat(json.path("verb").asText()).isEqualTo(verb);
        assertThat(json.path("seconds").asDouble()).isPositive();
        Map<String, Double> values = new HashMap<>();
        for (JsonNode row : json.path("results")) {
            assertThat(row.path("metric").asText()).isEqualTo("nats/char");
            assertThat(row.path("unit").asText()).isEqualTo("nats/char");
            values.put(row.path("name").asText(), row.path("value").asDouble());
        }
        return values;
    }

    @Test
    void trainsMeasuresAndWrites() throws IOException {
        Path text = Charlm.text(folder.resolve("text.txt"), 1500);
        Path run = folder.resolve("run");
        Charlm trained = Charlm.train(text, run, 150, "--json", json("train").toString());
        assertThat(trained.out()).contains("validation");
        assertThat(trained.err()).contains("different", "the best model is " + run.resolve("best.zip"));

        List<String> metrics = Files.readAllLines(run.resolve("metrics.csv"));
        assertThat(metrics.get(0)).startsWith("step,loss,");
        assertThat(metrics).hasSize(151);
        BufferedImage curve = ImageIO.read(run.resolve("curve.png").toFile());
        assertThat(curve.getWidth()).isGreaterThan(300);
        assertThat(new ObjectMapper().readTree(run.resolve("run.json").toFile()).path("data"))
                .hasSize(1);

        double validation = rows(json("train"), "train").get("validation");
        Charlm evaluated = Charlm.run(
                "evaluate",
                "--model",
                run.toString(),
                "--data",
                text.toString(),
                "--json",
                json("evaluate").toString());
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        Map<String, Double> measured = rows(json("evaluate"), "evaluate");
        assertThat(measured).containsOnlyKeys("model", "model-windowed", "unigram", "5-gram");
        assertThat(measured.get("model")).isCloseTo(validation, within(1e-6)).isLessThan(measured.get("unigram"));
        assertThat(measured.get("5-gram")).isLessThan(measured.get("unigram"));

        // What people read says the same, to the digits that it shows.
        String shown = String.format(Locale.ROOT, "%.4f", validation);
        assertThat(trained.out()).contains(shown);
        assertThat(evaluated.out()).contains(shown, "unigram", "5-gram");

        String model = run.toString();
        String first = sample(model, "--length", "80", "--seed", "4");
        assertThat(sample(model, "--length", "80", "--seed", "4"))
                .isEqualTo(first)
                .hasSizeGreaterThan(80);
        assertThat(sample(model, "--length", "80", "--seed", "5")).isNotEqualTo(first);
        assertThat(sample(model, "--length", "30", "--greedy", "--seed", "1"))
                .isEqualTo(sample(model, "--length", "30", "--greedy", "--seed", "2"));
        assertThat(sample(model, "--length", "500", "--stop", " ").strip()).doesNotContain(" ");
        String prime = Files.readString(text).substring(0, 1000);
        assertThat(sample(model, "--prime", prime, "--length", "3"))
                .startsWith(prime)
                .hasSize(1000 + 3 + 1);
        assertThat(sample(model, "--trace", "--length", "4").lines().filter(line -> line.contains("<-")))
                .hasSize(4);
    }

    private static String sample(String model, String... options) {
        String[] line = Stream.concat(Stream.of("sample", "--model", model), Arrays.stream(options))
                .toArray(String[]::new);
        Charlm called = Charlm.run(line);
        assertThat(called.code()).as(called.err()).isZero();
        return called.out().replace(System.lineSeparator(), "\n");
    }

    /** The grammar is the one text whose entropy rate is known: no model that is measured rightly goes below it. */
    @Test
    void theEmbeddedCorpusHasItsFloor() throws IOException {
        Path run = folder.resolve("run");
        Charlm.train(Path.of("grammar"), run, 20, "--split", "0.99");
        Charlm evaluated = Charlm.run(
                "evaluate",
                "--model",
                run.toString(),
                "--split",
                "0.99",
                "--json",
                json("grammar").toString());
        assertThat(evaluated.code()).as(evaluated.err()).isZero();
        Map<String, Double> measured = rows(json("grammar"), "evaluate");
        assertThat(measured).containsOnlyKeys("model", "model-windowed", "unigram", "5-gram", "entropy-rate");
        assertThat(measured.get("entropy-rate"))
                .isPositive()
                .isLessThan(measured.get("5-gram"))
                .isLessThan(measured.get("model"));
    }

    @Test
    void worksWithTheShippedModel() throws IOException {
        Path json = json("sample");
        Charlm sampled = Charlm.run("sample", "--prime", "ROMEO:", "--length", "20", "--json", json.toString());
        assertThat(sampled.code()).as(sampled.err()).isZero();
        assertThat(sampled.out().strip()).startsWith("ROMEO:").hasSizeGreaterThan(10);
        JsonNode row = new ObjectMapper().readTree(json.toFile()).at("/results/0");
        assertThat(sampled.out()).isEqualTo("ROMEO:" + row.path("text").asText() + System.lineSeparator());
        assertThat(Charlm.run("zoo").out()).contains("charlm/shakespeare", "sha-256", "nats/char");
    }
}
