package io.github.unrolled.datasets.image;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Pictures that belong together, without transparency.
 *
 * @param name where they came from
 * @param pictures grey or colour, in a fixed order
 * @param sha256 of what they were made from
 */
public record PictureSet(String name, List<Planes> pictures, String sha256) {
    /** Copies the list. */
    public PictureSet {
        pictures = List.copyOf(pictures);
    }

    /** Reads files in the order they are given. */
    public static PictureSet ofFiles(String name, List<Path> files) throws IOException {
        MessageDigest digest = newDigest();
        List<Planes> pictures = new ArrayList<>();
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            digest.update(content);
            try (Picture picture = ImageFile.decode(file.toString(), content, ImageFile.DEFAULT_MEGAPIXELS)) {
                pictures.add(picture.planes().channels(0, picture.colours()));
            }
        }
        return new PictureSet(name, pictures, HexFormat.of().formatHex(digest.digest()));
    }

    /** Made pictures: {@link DeadLeaves}, each of its own seed. */
    public static PictureSet deadLeaves(String name, int count, int size, Seed seed) {
        List<Planes> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pictures.add(DeadLeaves.generate(size, size, seed.split(i)));
        }
        ByteBuffer made = ByteBuffer.allocate(16).putInt(count).putInt(size).putLong(seed.value());
        MessageDigest digest = newDigest();
        digest.update(made.array());
        return new PictureSet(name, pictures, HexFormat.of().formatHex(digest.digest()));
    }

    /** These pictures and others behind them. */
    public PictureSet and(PictureSet others) {
        List<Planes> all = new ArrayList<>(pictures);
        all.addAll(others.pictures);
        MessageDigest digest = newDigest();
        digest.update(HexFormat.of().parseHex(sha256));
        digest.update(HexFormat.of().parseHex(others.sha256));
        return new PictureSet(name + "+" + others.name, all, HexFormat.of().formatHex(digest.digest()));
    }

    /**
     * Every n-th picture, to validate on: about {@code wanted} of them, and fewer than half.
     *
     * @throws DataException if there are fewer than 2 pictures
     */
    public List<Planes> heldOut(int wanted) {
        return part(wanted, true);
    }

    /** The pictures that {@link #heldOut} leaves. */
    public List<Planes> training(int wanted) {
        return part(wanted, false);
    }

    private List<Planes> part(int wanted, boolean out) {
        if (pictures.size() < 2) {
            throw new DataException(name + " has " + pictures.size()
                    + " pictures; at least 2 are needed, one to train and one to validate on");
        }
        int every = Math.max(2, pictures.size() / wanted);
        List<Planes> part = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            if ((i % every == every - 1) == out) {
                part.add(pictures.get(i));
            }
        }
        return part;
    }

    private static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
