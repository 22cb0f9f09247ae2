package io.github.unrolled.video;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.OutOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.console.Progress;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.app.result.Table;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.engine.Engine;
import io.github.unrolled.model.AtomicFile;
import io.github.unrolled.models.video.ConfusionMatrix;
import io.github.unrolled.models.video.SavedVideo;
import io.github.unrolled.models.video.VideoConfig;
import io.github.unrolled.models.video.VideoData;
import io.github.unrolled.models.video.VideoEvaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures networks for video beside baselines and published figures. */
@Command(
        name = "evaluate",
        description = "Measure a network on clips it has not seen, beside baselines and published figures.",
        footer = {
            "  ./run video evaluate",
            "  ./run video evaluate --data grid-s1-mouth --format markdown --json result.json",
            "  ./run video evaluate --data weizmann-masks --model 'runs/without-{part}'",
            "  ./run video evaluate --data clips/ --model runs/mine --out runs/measured"
        })
final class EvaluateVerb extends Verb {
    /** How the table is printed. */
    enum Format {
        /** For the eye. */
        TEXT,
        /** One line for each figure. */
        CSV,
        /** For a document. */
        MARKDOWN
    }

    @Mixin
    private final ModelOption model = new ModelOption();

    @Mixin
    private final DataSource data = new DataSource();

    @Mixin
    private final OutOption out = new OutOption();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "text, csv or markdown (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    private final List<String> details = new ArrayList<>();

    @Override
    protected Result run(Console console) throws Exception {
        List<Benchmark> benchmarks = Benchmark.of(data.name(""), model.model().orElse(""));
        if (data.name("").isEmpty() && model.model().isPresent()) {
            throw new UsageException(
                    "--model measures on one set of data; name it with --data, such as --data " + Shapes.FRAMES);
        }
        Path folder = Files.createDirectories(out.orElse(Path.of("runs", "video-evaluate")));
        Backend backend = Backends.best();
        List<ResultRow> rows = new ArrayList<>();
        try (Engine engine = backend.newEngine(threads())) {
            for (Benchmark benchmark : benchmarks) {
                rows.addAll(measure(benchmark, backend, engine, folder, console));
            }
        }
        console.remark("Confusion matrices and tables of the classes are in " + folder + ".");
        return Result.of(rows);
    }

    @Override
    protected void show(Result result, Console console) {
        switch (format) {
            case TEXT -> {
                console.out().print(table(result).text());
                details.forEach(console.out()::print);
            }
            case MARKDOWN -> {
                console.out().print(table(result).markdown());
                details.forEach(console.out()::print);
            }
            case CSV -> console.out().print(result.table().csv());
        }
    }

    /** The protocol is long and the same in all rows of a set: it is said once. */
    private static Table table(Result result) {
        Table table = new Table("set", "metric", "value", "model", "protocol or source");
        String before = "";
        for (ResultRow row : result.rows()) {
            String protocol = String.valueOf(row.extra().getOrDefault("protocol", ""));
            String source = String.valueOf(row.extra().getOrDefault("source", ""));
            String said = source.isEmpty() ? (protocol.equals(before) ? "" : protocol) : source;
            table.row(row.name(), row.metric(), row.value(), row.extra().getOrDefault("model", ""), said);
            before = source.isEmpty() ? protocol : before;
        }
        return table;
    }

    private List<ResultRow> measure(Benchmark benchmark, Backend backend, Engine engine, Path folder, Console console)
            throws IOException {
        List<VideoSet> sets = new ArrayList<>();
        for (String part : benchmark.parts()) {
            VideoSet set = data.read(part, console);
            set.remarks().forEach(console::remark);
            if (set.test().isEmpty()) {
                throw new UsageException("--data " + part + " has nothing to test on");
            }
            sets.add(set);
        }
        VideoSet first = sets.get(0);
        List<ResultRow> rows = new ArrayList<>(Baseline.rows(first));
        if (benchmark.kind().equals(Shapes.FRAMES)) {
            rows.add(Score.row(first, "best without memory", "frame-accuracy", 100 * Shapes.memoryless()));
        }
        List<Map.Entry<String, String>> models = model.model().isPresent()
                ? List.of(Map.entry(Benchmark.OURS, model.model().get()))
                : benchmark.models();
        for (Map.Entry<String, String> named : models) {
            VideoEvaluation found = new VideoEvaluation(first.data().classes().size(), first.silences());
            try (Progress progress = Progress.start(console, "measuring " + first.row())) {
                for (int i = 0; i < sets.size(); i++) {
                    add(found, sets.get(i), benchmark.parts().get(i), named.getValue(), backend, engine, console);
                    progress.update((i + 1.0) / sets.size(), () -> named.getValue());
                }
            }
            if (console.interruption().requested()) {
                return rows;
            }
            rows.addAll(Score.rows(first, named.getKey(), found));
            boolean ours = named.getKey().equals(Benchmark.OURS);
            describe(folder, first.row() + (ours ? "" : "-without-recurrence"), first.data(), found, ours);
        }
        return rows;
    }

    private static void add(
            VideoEvaluation found,
            VideoSet set,
            String part,
            String pattern,
            Backend backend,
            Engine engine,
            Console console)
            throws IOException {
        String name = pattern.replace(Benchmark.PART, Benchmark.leftOut(part));
        try (SavedVideo saved = ModelOption.named(name, SavedVideo::load, backend)) {
            checkFits(name, saved, set.data());
            found.add(saved, engine, set.test(), console.interruption()::requested);
        }
    }

    private static void checkFits(String name, SavedVideo saved, VideoData data) {
        VideoConfig config = saved.model().config();
        String trained = saved.trainedOn();
        if (DataSource.isDivided(trained)
                && DataSource.set(trained).equals(DataSource.set(data.name()))
                && !trained.equals(data.name())) {
            throw new UsageException("--model " + name + " was trained on " + trained + ", with what " + data.name()
                    + " tests on; measure it with --data " + trained);
        }
        if (!saved.classes().equals(data.classes())) {
            throw new UsageException("--model " + name + " knows the classes " + some(saved.classes())
                    + ", and the data has " + some(data.classes()) + "; measure it on clips of its own kind");
        }
        if (config.height() != data.height()
                || config.width() != data.width()
                || config.channels() != data.channels()
                || config.labelsClips() != data.clipLevel()) {
            throw new UsageException("--model " + name + " labels " + config.level() + "s of " + config.width() + "x"
                    + config.height() + "x" + config.channels() + ", and the data has "
                    + (data.clipLevel() ? "clips" : "frames") + " of " + data.width() + "x" + data.height() + "x"
                    + data.channels());
        }
    }

    private static String some(List<String> names) {
        return names.size() <= 6 ? names.toString() : names.subList(0, 6) + " and " + (names.size() - 6) + " more";
    }

    private void describe(Path folder, String name, VideoData data, VideoEvaluation found, boolean shown)
            throws IOException {
        ConfusionMatrix matrix = found.confusion();
        ConfusionPicture.write(folder.resolve(name + "-confusion.png"), name, data.classes(), matrix);
        Table table = new Table("class", data.clipLevel() ? "clips" : "frames", "precision", "recall", "F1");
        for (int k = 0; k < data.classes().size(); k++) {
            ConfusionMatrix.ClassScore score = matrix.score(k);
            table.row(
                    data.classes().get(k),
                    score.frames(),
                    percent(score.precision()),
                    percent(score.recall()),
                    percent(score.f1()));
        }
        AtomicFile.write(folder.resolve(name + "-classes.csv"), table.csv());
        if (shown) {
            details.add("\n" + name + ", by class, in percent:\n\n"
                    + (format == Format.MARKDOWN ? table.markdown() : table.text()));
        }
    }

    private static Object percent(double part) {
        return Double.isNaN(part) ? "" : Math.round(part * 10000) / 100.0;
    }
}
