package io.github.unrolled.datasets.motion.cmu;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.catalogue.Catalogue;
import io.github.unrolled.datasets.catalogue.DatasetEntry;
import io.github.unrolled.datasets.catalogue.DatasetStore;
import io.github.unrolled.datasets.catalogue.DownloadListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The files of the five complete actions, below one folder: {@code train/walking/walking_1.txt} and so on.
 *
 * @param folder that holds {@code train} and {@code test}
 */
public record CmuMocap(Path folder) {
    /** The name of the data set in the catalogue. */
    public static final String ID = "cmu-mocap-expmap";

    /** From a file up to the folder: action, part, data set. */
    private static final int LEVELS = 3;

    /**
     * One file.
     *
     * @param action what is done in it
     * @param name of the file
     * @param rows all of them, 120 per second: root position and exponential maps of {@link CmuSkeleton}
     */
    public record Trial(String action, String name, List<float[]> rows) {
        /** Copies the list, not the rows. */
        public Trial {
            rows = List.copyOf(rows);
        }
    }

    /** The data set of the catalogue, fetched if it is not there. */
    public static CmuMocap fetch(DatasetStore store, DownloadListener listener) throws IOException {
        DatasetEntry entry = Catalogue.standard()
                .find(ID)
                .orElseThrow(() -> new IllegalStateException("the catalogue has no " + ID));
        return of(store.fetch(entry, listener));
    }

    /**
     * The data set that some of its files belong to.
     *
     * @param files at least one, each below {@code train} or {@code test} and its action's folder
     */
    public static CmuMocap of(List<Path> files) {
        Path folder = files.get(0).toAbsolutePath();
        for (int i = 0; i < LEVELS; i++) {
            folder = Objects.requireNonNull(folder.getParent(), "folder");
        }
        return new CmuMocap(folder);
    }

    /** The training files of an action, in the order of their names. */
    public List<Trial> train(String action) throws IOException {
        return trials("train", action);
    }

    /** The only test file of an action. */
    public Trial test(String action) throws IOException {
        List<Trial> trials = trials("test", action);
        if (trials.size() != 1) {
            throw new DataException(folder.resolve("test").resolve(action) + " has " + trials.size()
                    + " files, the protocol expects one");
        }
        return trials.get(0);
    }

    private List<Trial> trials(String part, String action) throws IOException {
        Path own = folder.resolve(part).resolve(action);
        if (!Files.isDirectory(own)) {
            throw new DataException("there is no folder " + own + "; expected one that holds " + action
                    + "_1.txt and so on, as the data set " + ID + " has");
        }
        List<Path> files;
        try (Stream<Path> found = Files.list(own)) {
            files = found.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
        List<Trial> trials = new ArrayList<>(files.size());
        for (Path file : files) {
            trials.add(new Trial(
                    action, String.valueOf(file.getFileName()), ExpmapReader.read(file, CmuSkeleton.columns())));
        }
        return trials;
    }
}
