package io.github.unrolled.imaging;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.datasets.catalogue.Catalogue;
import io.github.unrolled.datasets.catalogue.DatasetEntry;
import io.github.unrolled.datasets.image.IdxFile;
import io.github.unrolled.datasets.image.ImageFolder;
import io.github.unrolled.datasets.image.PictureSet;
import io.github.unrolled.models.imaging.AutoencoderTask;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code --data} names: data sets of the catalogue, folders of pictures, files, or the embedded pictures. */
final class Pictures {
    /** The embedded set, which needs no download. */
    static final String EMBEDDED = "dead-leaves";

    private static final int EMBEDDED_COUNT = 200;
    private static final int EMBEDDED_SIZE = 240;
    /** Always the same pictures, whatever the seed of a run is. */
    private static final Seed EMBEDDED_SEED = new Seed(2026).split(EMBEDDED);

    private Pictures() {}

    /** The sets of a list such as {@code yang91+bsd200}, one behind the other. */
    static PictureSet read(String names, DataOptions options, Console console) throws IOException {
        Optional<PictureSet> all = Optional.empty();
        for (String name : names(names)) {
            PictureSet one = one(name, options, console);
            all = Optional.of(all.map(others -> others.and(one)).orElse(one));
        }
        return all.orElseThrow(() -> unknown(names));
    }

    /** The parts of a list such as {@code set5+set14}. */
    static List<String> names(String list) {
        return List.of(list.split("\\+", -1));
    }

    private static PictureSet one(String name, DataOptions options, Console console) throws IOException {
        if (name.equals(EMBEDDED)) {
            return PictureSet.deadLeaves(EMBEDDED, EMBEDDED_COUNT, EMBEDDED_SIZE, EMBEDDED_SEED);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            return PictureSet.ofFiles(name, ImageFolder.list(path));
        }
        if (Files.exists(path)) {
            return PictureSet.ofFiles(name, List.of(path));
        }
        List<Path> files = options.fetch(name, console).orElseThrow(() -> unknown(name));
        // In the order of their names, as a folder is read.
        return PictureSet.ofFiles(name, files.stream().sorted().toList());
    }

    /**
     * Small pictures: a file in the format of MNIST, or {@code mnist} itself.
     *
     * @param test whether those to test on are wanted, where the data set has them
     */
    static AutoencoderTask.Data small(String name, boolean test, DataOptions options, Console console)
            throws IOException {
        Path file = Path.of(name);
        if (!Files.isRegularFile(file)) {
            List<Path> files = options.fetch(name, console).orElseThrow(() -> unknown(name));
            String wanted = (test ? "t10k" : "train") + "-images";
            file = files.stream()
                    .filter(each -> String.valueOf(each.getFileName()).startsWith(wanted))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--data is " + name
                            + ", which has no small pictures in the format of MNIST; use mnist or such a file"));
        }
        return new AutoencoderTask.Data(name, IdxFile.images(file), sha256(file));
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static UsageException unknown(String name) {
        List<String> known = new ArrayList<>(List.of(EMBEDDED));
        known.addAll(Catalogue.standard().entries().stream()
                .filter(entry -> entry.task().contains("super-resolution")
                        || entry.task().contains("denoising")
                        || entry.task().contains("autoencoder"))
                .map(DatasetEntry::id)
                .collect(Collectors.toList()));
        return new UsageException("--data is " + name + ", which is no file, no folder and no data set of pictures ("
                + String.join(", ", known) + ")");
    }
}
