package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.OptionValues;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.motion.track.EthUcy;
import io.github.unrolled.datasets.motion.track.Scene;
import io.github.unrolled.datasets.motion.track.TrackReader;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.models.motion.pedestrian.PedestrianData;
import io.github.unrolled.models.motion.pedestrian.SavedPedestrian;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --data} and what else says which windows: the published folds, the simulator, files of one's own. */
public final class WalkerData {
    /** All scenes, none of them tested. */
    static final String ALL = "all";

    static final String SIMULATOR = "simulator";
    private static final TrackWindow.Rule RULE = TrackWindow.Rule.SOCIAL_GAN;

    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(
            names = "--step-seconds",
            paramLabel = "X",
            description = "Time between consecutive positions in files of one's own (default: ${DEFAULT-VALUE}).")
    private double stepSeconds = TrackReader.ETH_UCY_STEP_SECONDS;

    /** Nothing given. */
    public WalkerData() {}

    /** What was given, or the published scenes. */
    String name() {
        return data.data().orElse(EthUcy.ID);
    }

    /** Whether the published scenes are meant. */
    boolean isPublished() {
        return name().equals(EthUcy.ID);
    }

    /** A reader for files with these steps. */
    TrackReader reader() {
        return new TrackReader(OptionValues.positive("--step-seconds", stepSeconds));
    }

    double stepSeconds() {
        return stepSeconds;
    }

    /** The folder of the published scenes, downloaded if need be. */
    Path published(Console console) throws IOException {
        return data.fetch(EthUcy.ID, console)
                .map(EthUcy::folder)
                .orElseThrow(() -> new IllegalStateException("the catalogue has no " + EthUcy.ID));
    }

    /** A published fold, its test included. */
    PedestrianData fold(EthUcy.Fold fold, Console console) throws IOException {
        return PedestrianData.fold(published(console), fold, RULE);
    }

    /**
     * Windows by the name of data: {@code eth-ucy/zara1}, {@code eth-ucy/all}, {@code simulator}, a file or a folder.
     *
     * @throws UsageException if there is no such thing
     */
    PedestrianData read(String named, Console console) throws IOException {
        if (named.equals(SIMULATOR)) {
            return PedestrianData.simulator(RULE);
        }
        if (named.startsWith(EthUcy.ID + "/")) {
            String part = named.substring(EthUcy.ID.length() + 1);
            return part.equals(ALL) ? PedestrianData.allScenes(published(console), RULE) : fold(foldOf(part), console);
        }
        return PedestrianData.scenes(named, scenes(Path.of(named)), RULE);
    }

    /** All windows of files of one's own, single walkers included. */
    List<TrackWindow> windows(Path path) throws IOException {
        List<TrackWindow> windows = new ArrayList<>();
        for (Scene scene : scenes(path)) {
            windows.addAll(TrackWindow.cut(scene, new TrackWindow.Rule(RULE.observed(), RULE.predicted(), 1)));
        }
        return windows;
    }

    private List<Scene> scenes(Path path) throws IOException {
        List<Path> files;
        if (Files.isDirectory(path)) {
            try (Stream<Path> found = Files.list(path)) {
                files = found.filter(file -> file.toString().matches(".*\\.(txt|csv|tsv)"))
                        .sorted()
                        .toList();
            }
            if (files.isEmpty()) {
                throw new UsageException("--data is " + path + ", a folder without .txt, .csv or .tsv files");
            }
        } else if (Files.exists(path)) {
            files = List.of(path);
        } else {
            throw new UsageException("--data is " + path + ", which is no file, no folder and neither " + EthUcy.ID
                    + " nor " + SIMULATOR);
        }
        List<Scene> scenes = new ArrayList<>();
        for (Path file : files) {
            scenes.add(reader().read(file));
        }
        return scenes;
    }

    /**
     * Says that a model cannot be used with tracks of these steps.
     *
     * @throws UsageException if it was trained with another step
     */
    static void checkStep(SavedPedestrian saved, double stepSeconds) {
        if (Math.abs(saved.stepSeconds() - stepSeconds) > 0.01 * stepSeconds) {
            throw new UsageException("--step-seconds is " + stepSeconds + ", and the model was trained with steps of "
                    + saved.stepSeconds() + " seconds; give it positions at that rate, or train one on yours");
        }
    }

    /**
     * The fold of that name.
     *
     * @throws UsageException if there is none
     */
    static EthUcy.Fold foldOf(String name) {
        try {
            return EthUcy.Fold.of(name);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--fold is " + name + ": " + e.getMessage());
        }
    }
}
