package io.github.unrolled.imaging;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.datasets.image.PictureSet;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.imaging.AutoencoderBenchmark;
import io.github.unrolled.models.imaging.Denoiser;
import io.github.unrolled.models.imaging.RestorationBenchmark;
import io.github.unrolled.models.imaging.SavedAutoencoder;
import io.github.unrolled.models.imaging.SavedRestorer;
import io.github.unrolled.models.imaging.Score;
import io.github.unrolled.models.imaging.Upscaler;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.train.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The measurements of {@link EvaluateVerb}: which models on which sets. */
final class Measurements implements AutoCloseable {
    private static final int MOST_RECURSIONS = 6;
    private static final String OURS = "ours";
    private static final List<String> KINDS = List.of("rows", "denoising", "colour", "embedded");

    private final Console console;
    private final DataOptions data;
    private final Backend backend;
    private final boolean ensemble;
    private final Workers workers;
    private final RestorationBenchmark benchmark;

    Measurements(Console console, DataOptions data, Backend backend, int threads, boolean ensemble) {
        this.console = console;
        this.data = data;
        this.backend = backend;
        this.ensemble = ensemble;
        this.workers = new Workers(backend, threads, 1);
        this.benchmark = new RestorationBenchmark(workers);
    }

    /** What a model of the zoo is called in a row: ours, and what its name says beside its task and size. */
    private static String called(String name) {
        List<String> words = List.of(name.split("-", -1));
        return Stream.concat(Stream.of(OURS), KINDS.stream().filter(words::contains))
                .collect(Collectors.joining("-"));
    }

    /** Models by what they are called: the one that was named, or those of the zoo. */
    private Map<String, SavedRestorer> restorers(ModelOption option, List<String> names) throws IOException {
        Map<String, SavedRestorer> loaded = new LinkedHashMap<>();
        if (option.model().isPresent()) {
            loaded.put(OURS, option.load("", SavedRestorer::load, backend));
        } else {
            for (String name : names) {
                loaded.put(called(name), Zoo.load(name, SavedRestorer::load, backend));
            }
        }
        return loaded;
    }

    /** @param wanted the scale that was asked for, or 0 for any */
    List<Score> upscale(ModelOption option, int wanted, List<String> names, @Nullable Path chart) throws IOException {
        Map<String, SavedRestorer> models = restorers(option, names);
        List<Score> scores = new ArrayList<>();
        try {
            if (models.isEmpty()) {
                return scores;
            }
            int scale = models.values().iterator().next().model().scale();
            if (wanted != 0 && scale != wanted) {
                throw new UsageException("--scale is " + wanted + ", and the model enlarges by " + scale);
            }
            for (String set : Pictures.names(data.data().orElse("set5+set14"))) {
                PictureSet pictures = Pictures.read(set, data, console);
                scores.addAll(benchmark.bicubic(named(set), pictures, scale));
                for (Map.Entry<String, SavedRestorer> each : models.entrySet()) {
                    if (!(each.getValue().model() instanceof Upscaler upscaler)) {
                        throw new UsageException("--model is a denoiser, and --task is upscale");
                    }
                    console.remark("measuring " + each.getKey() + " on " + set + ", x" + scale);
                    scores.addAll(benchmark.upscaler(named(set), each.getKey(), pictures, upscaler, false));
                    if (ensemble) {
                        scores.addAll(
                                benchmark.upscaler(named(set), each.getKey() + "-ensemble", pictures, upscaler, true));
                    }
                    if (chart != null && each.getKey().equals(OURS)) {
                        scores.addAll(recursions(named(set), pictures, upscaler, chart));
                    }
                }
            }
        } finally {
            models.values().forEach(SavedRestorer::close);
        }
        return scores;
    }

    private List<Score> recursions(String set, PictureSet pictures, Upscaler upscaler, Path chart) throws IOException {
        List<Score> scores = new ArrayList<>();
        Map<Integer, Double> psnr = new TreeMap<>();
        for (int r = 1; r <= Math.max(MOST_RECURSIONS, upscaler.recursions()); r++) {
            List<Score> some =
                    benchmark.upscaler(set, OURS + "-recursions-" + r, pictures, upscaler.withRecursions(r), false);
            psnr.put(r, some.get(0).value());
            scores.addAll(some);
        }
        String test = scores.get(0).test();
        RecursionChart.write(chart, test, upscaler.recursions(), psnr);
        return scores;
    }

    List<Score> denoise(ModelOption option, List<String> names) throws IOException {
        Map<String, SavedRestorer> models = restorers(option, names);
        List<Score> scores = new ArrayList<>();
        try {
            if (models.isEmpty()) {
                return scores;
            }
            for (String set : Pictures.names(data.data().orElse("set12"))) {
                PictureSet pictures = Pictures.read(set, data, console);
                for (int noise : RestorationBenchmark.NOISES) {
                    scores.addAll(benchmark.noisy(named(set), pictures, noise));
                    for (Map.Entry<String, SavedRestorer> each : models.entrySet()) {
                        if (!(each.getValue().model() instanceof Denoiser denoiser)) {
                            throw new UsageException("--model is an upscaler, and --task is denoise");
                        }
                        if (denoiser.channels() == 3
                                && pictures.pictures().stream().anyMatch(picture -> picture.channels() == 1)) {
                            continue;
                        }
                        console.remark("measuring " + each.getKey() + " on " + set + ", noise of " + noise);
                        scores.addAll(benchmark.denoiser(named(set), each.getKey(), pictures, denoiser, noise, false));
                        if (ensemble) {
                            scores.addAll(benchmark.denoiser(
                                    named(set), each.getKey() + "-ensemble", pictures, denoiser, noise, true));
                        }
                    }
                }
            }
        } finally {
            models.values().forEach(SavedRestorer::close);
        }
        return scores;
    }

    List<Score> autoencode(ModelOption option, List<String> names, @Nullable Path drawings) throws IOException {
        List<Score> scores = new ArrayList<>();
        Map<String, SavedAutoencoder> models = new LinkedHashMap<>();
        if (option.model().isPresent()) {
            models.put(OURS, option.load("", SavedAutoencoder::load, backend));
        } else {
            for (String name : names) {
                models.put(name, Zoo.load(name, SavedAutoencoder::load, backend));
            }
        }
        try {
            if (models.isEmpty()) {
                return scores;
            }
            String set = data.data().orElse("mnist");
            IdxFile training = Pictures.small(set, false, data, console).pictures();
            IdxFile test = Pictures.small(set, true, data, console).pictures();
            AutoencoderBenchmark autoencoders = new AutoencoderBenchmark(workers, named(set), training, test);
            for (Map.Entry<String, SavedAutoencoder> each : models.entrySet()) {
                String name = each.getKey().equals(OURS) ? OURS : called(each.getKey());
                console.remark("measuring " + each.getKey() + " on " + set);
                scores.addAll(autoencoders.measure(name, each.getValue()));
                if (drawings != null) {
                    String prefix = each.getKey().replaceAll(".*/", "");
                    Files.createDirectories(drawings);
                    Path sheet = drawings.resolve(prefix + "-reconstructions.png");
                    Drawings.reconstructions(sheet, autoencoders, each.getValue());
                    Drawings.codes(drawings, prefix, each.getValue().model(), test, backend);
                }
            }
        } finally {
            models.values().forEach(SavedAutoencoder::close);
        }
        return scores;
    }

    /** A folder's or file's last name; ids of data sets are what they are. */
    private static String named(String set) {
        Path name = Path.of(set).getFileName();
        return name == null ? set : name.toString();
    }

    @Override
    public void close() {
        workers.close();
    }
}
