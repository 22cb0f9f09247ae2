package io.github.unrolled.imaging;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.models.imaging.PublishedScores;
import io.github.unrolled.models.imaging.Score;
import io.github.unrolled.models.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures models beside the published tables. */
@Command(
        name = "evaluate",
        description = "Measure models on the test sets of the papers, and print their rows beside ours.",
        footer = {
            "  ./run imaging evaluate",
            "  ./run imaging evaluate --task denoise --format markdown",
            "  ./run imaging evaluate --task upscale --scale 2 --ensemble --json result.json",
            "  ./run imaging evaluate --task upscale --scale 2 --data set5 --recursions-chart recursions.png",
            "  ./run imaging evaluate --task autoencode --drawings drawings/",
            "  ./run imaging evaluate --task upscale --model runs/upscale-x2 --data my-photos/"
        })
final class EvaluateVerb extends Verb {
    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "upscale, denoise or autoencode (default: all that have a model).")
    private @Nullable Job job;

    @Option(names = "--scale", paramLabel = "N", description = "Only upscaling by 2, 3 or 4 (default: all).")
    private int scale;

    @Option(
            names = "--ensemble",
            description =
                    "A further row: the mean over the eight turned and mirrored pictures, at eight times the work.")
    private boolean ensemble;

    @Option(
            names = "--recursions-chart",
            paramLabel = "PNG",
            description = "A row for every number of recursions, drawn into this file.")
    private @Nullable Path chart;

    @Option(
            names = "--drawings",
            paramLabel = "FOLDER",
            description = "What autoencoders draw: reconstructions, ways between codes, a map of two numbers.")
    private @Nullable Path drawings;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, csv or markdown (default: ${DEFAULT-VALUE}).")
    private String format = "text";

    @Override
    protected Result run(Console console) throws Exception {
        if (!List.of("text", "csv", "markdown").contains(format)) {
            throw new UsageException("--format is " + format + ", expected text, csv or markdown");
        }
        if (model.model().isPresent() && job == null) {
            throw new UsageException("--model needs a --task: upscale, denoise or autoencode");
        }
        boolean oneScale = scale != 0 || model.model().isPresent();
        boolean oneSet =
                data.data().filter(list -> Pictures.names(list).size() == 1).isPresent();
        if (chart != null && !(job == Job.UPSCALE && oneScale && oneSet)) {
            throw new UsageException("--recursions-chart draws one set at one scale; say which, as in --task upscale"
                    + " --scale 2 --data set5");
        }
        Backend backend = Backends.best();
        List<Score> measured = new ArrayList<>();
        try (Measurements measurements = new Measurements(console, data, backend, threads(), ensemble)) {
            for (Job each : job == null ? Job.values() : new Job[] {job}) {
                measured.addAll(
                        switch (each) {
                            case UPSCALE -> upscale(measurements);
                            case DENOISE -> measurements.denoise(model, models("imaging/denoise"));
                            case AUTOENCODE -> measurements.autoencode(model, models("imaging/autoencode"), drawings);
                        });
                console.interruption().check();
            }
        }
        return Result.of(rows(measured));
    }

    private List<Score> upscale(Measurements measurements) throws Exception {
        List<Score> scores = new ArrayList<>();
        if (model.model().isPresent()) {
            scores.addAll(measurements.upscale(model, scale, List.of(), chart));
        } else {
            int from = scale == 0 ? 2 : Job.checkedScale(scale);
            int to = scale == 0 ? 4 : scale;
            for (int s = from; s <= to; s++) {
                scores.addAll(measurements.upscale(model, s, models("imaging/upscale-x" + s), chart));
            }
        }
        return scores;
    }

    /** The models of the zoo whose names begin so. */
    private static List<String> models(String prefix) {
        return Zoo.entries().stream()
                .map(entry -> entry.name())
                .filter(name -> name.startsWith(prefix))
                .toList();
    }

    /** Each test's published rows, then what was measured here. */
    private static List<ResultRow> rows(List<Score> measured) {
        Set<String> tests = new LinkedHashSet<>();
        measured.forEach(score -> tests.add(score.test()));
        List<ResultRow> rows = new ArrayList<>();
        for (String test : tests) {
            PublishedScores.of(test).forEach(score -> rows.add(row(score, "published")));
            measured.stream().filter(score -> score.test().equals(test)).forEach(score -> rows.add(row(score, "here")));
        }
        return rows;
    }

    private static ResultRow row(Score score, String measured) {
        String unit = score.metric().equals("psnr") ? "dB" : "";
        return ResultRow.of(score.test(), score.metric(), score.value(), unit)
                .with("model", score.model())
                .with("measured", measured)
                .with("protocol", score.note());
    }

    @Override
    protected void show(Result result, Console console) {
        console.out()
                .print(
                        switch (format) {
                            case "csv" -> result.table().csv();
                            case "markdown" -> result.table().markdown();
                            default -> result.table().text();
                        });
    }
}
