package io.github.unrolled.datasets.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFileTest {
    @TempDir
    Path folder;

    private static Planes leaves(int channels) {
        Planes rgb = DeadLeaves.generate(20, 31, new Seed(11));
        Planes other = DeadLeaves.generate(20, 31, new Seed(12));
        return channels <= 3 ? rgb.channels(0, channels) : Planes.join(rgb, other.channel(0));
    }

    @ParameterizedTest
    @CsvSource({
        "png, 1, 8",
        "png, 3, 8",
        "png, 4, 8",
        "png, 1, 16",
        "png, 3, 16",
        "png, 4, 16",
        "tif, 1, 8",
        "tif, 3, 8",
        "tif, 4, 8",
        "tif, 3, 16",
        "tif, 4, 16",
        "bmp, 1, 8",
        "bmp, 3, 8",
        "bmp, 4, 8",
        "webp, 3, 8",
        "webp, 4, 8"
    })
    void losslessFormatsGiveBackEveryValue(String ending, int channels, int bits) throws IOException {
        Path file = folder.resolve("picture." + ending);
        Planes planes = leaves(channels);
        try (Picture picture = Picture.allocate(20, 31, channels, bits)) {
            picture.put(0, 0, planes);
            ImageFile.write(file, picture);
        }
        try (Picture read = ImageFile.read(file)) {
            assertThat(read.channels()).isEqualTo(channels);
            assertThat(read.bits()).isEqualTo(bits);
            assertThat(read.hasAlpha()).isEqualTo(channels == 4);
            assertThat(read.planes().values())
                    .usingComparatorWithPrecision(1e-6f)
                    .containsExactly(planes.values());
        }
    }

    @Test
    void sixteenBitsAreKept() throws IOException {
        Path file = folder.resolve("deep.png");
        try (Picture picture = Picture.allocate(1, 3, 1, 16)) {
            picture.put(0, 0, new Planes(1, 1, 3, new float[] {1 / 65535f, 40000 / 65535f, 1}));
            ImageFile.write(file, picture);
            ImageFile.write(folder.resolve("deep.jpg"), picture);
        }
        try (Picture read = ImageFile.read(file);
                Picture reduced = ImageFile.read(folder.resolve("deep.jpg"))) {
            assertThat(read.planes().at(0, 0, 0) * 65535).isEqualTo(1f);
            assertThat(Math.round(read.planes().at(0, 0, 1) * 65535)).isEqualTo(40000);
            // Reduced by 257, not cut off at 255.
            assertThat(Math.round(reduced.planes().at(0, 0, 1) * 255)).isBetween(150, 162);
        }
    }

    @Test
    void jpegIsNearAndRefusesTransparency() throws IOException {
        Path file = folder.resolve("picture.jpeg");
        try (Picture picture = Picture.of(leaves(3))) {
            ImageFile.write(file, picture);
            try (Picture read = ImageFile.read(file)) {
                assertThat(ImageQuality.psnr(read.planes(), picture.planes(), 0))
                        .isGreaterThan(22);
            }
        }
        try (Picture clear = Picture.of(leaves(4))) {
            assertThatThrownBy(() -> ImageFile.write(file, clear))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("transparency");
            assertThatThrownBy(() -> ImageFile.write(folder.resolve("picture.gif"), clear))
                    .hasMessageContaining(".png");
        }
    }

    @Test
    void theOrientationOfACameraIsApplied() throws IOException {
        Path file = folder.resolve("camera.jpg");
        try (Picture picture = Picture.of(leaves(3))) {
            ImageFile.write(file, picture);
        }
        byte[] plain = Files.readAllBytes(file);
        // An APP1 segment with one entry, orientation 6: the picture is to be turned by a quarter.
        ByteBuffer exif = ByteBuffer.allocate(36).order(ByteOrder.BIG_ENDIAN);
        exif.putShort((short) 0xffe1)
                .putShort((short) 34)
                .put("Exif\0\0MM\0*".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
        exif.putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1);
        exif.putShort((short) 6).putShort((short) 0).putInt(0);
        byte[] turned = new byte[plain.length + 36];
        System.arraycopy(plain, 0, turned, 0, 2);
        System.arraycopy(exif.array(), 0, turned, 2, 36);
        System.arraycopy(plain, 2, turned, 38, plain.length - 2);
        try (Picture before = ImageFile.decode("plain", plain, 1);
                Picture after = ImageFile.decode("turned", turned, 1)) {
            assertThat(after.height()).isEqualTo(31);
            assertThat(after.width()).isEqualTo(20);
            // A quarter to the right: exchange rows and columns, then mirror left and right.
            assertThat(after.planes().values())
                    .containsExactly(before.planes().turned(4).turned(1).values());
        }
    }

    @Test
    void partsAreReadAndWritten() {
        try (Picture picture = Picture.of(leaves(3))) {
            Planes whole = picture.planes();
            assertThat(picture.planes(3, 5, 7, 9).values())
                    .containsExactly(whole.crop(3, 5, 7, 9).values());
            picture.put(1, 2, whole.crop(10, 11, 4, 5));
            assertThat(picture.planes(1, 2, 4, 5).values())
                    .containsExactly(whole.crop(10, 11, 4, 5).values());
            assertThat(picture.planes(0, 0, 1, 31).values())
                    .containsExactly(whole.crop(0, 0, 1, 31).values());
        }
    }

    @Test
    void whatIsNoPictureIsSaid() throws IOException {
        assertThatThrownBy(() -> ImageFile.read(folder.resolve("absent.png"))).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> ImageFile.read(folder)).hasMessageContaining("is a folder");
        Path file = folder.resolve("wrong.png");
        Files.write(file, new byte[0]);
        assertThatThrownBy(() -> ImageFile.read(file)).hasMessageContaining("is empty");
        Files.writeString(file, "no picture at all, only text");
        assertThatThrownBy(() -> ImageFile.read(file))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not a picture");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "bmp", "tif", "webp"})
    void aFileThatIsCutOffAnywhereIsSaidToBeDamaged(String ending) throws IOException {
        Path file = folder.resolve("picture." + ending);
        try (Picture picture = Picture.of(leaves(3))) {
            ImageFile.write(file, picture);
        }
        byte[] whole = Files.readAllBytes(file);
        for (int part = 0; part < 10; part++) {
            byte[] cut = Arrays.copyOf(whole, Math.max(12, whole.length * part / 10));
            assertThatThrownBy(() -> ImageFile.decode("cut", cut, 100))
                    .as(ending + " cut to " + cut.length + " of " + whole.length)
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("cut is ");
        }
    }

    @Test
    void aChangedByteOfAPngIsNoticed() throws IOException {
        Path file = folder.resolve("picture.png");
        try (Picture picture = Picture.of(leaves(3))) {
            ImageFile.write(file, picture);
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        assertThatThrownBy(() -> ImageFile.decode("changed", bytes, 100)).hasMessageContaining("checksum");
    }

    /** A few bytes that declare 60,000 x 60,000 pixels are refused by their header, before anything is decoded. */
    @Test
    void aBombIsRefusedByItsHeader() {
        ByteBuffer png = ByteBuffer.allocate(45);
        png.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        png.putInt(13).put(new byte[] {'I', 'H', 'D', 'R'}).putInt(60_000).putInt(60_000);
        png.put(new byte[] {8, 2, 0, 0, 0});
        CRC32 crc = new CRC32();
        crc.update(png.array(), 12, 17);
        png.putInt((int) crc.getValue());
        png.putInt(0).put(new byte[] {'I', 'E', 'N', 'D'});
        crc.reset();
        crc.update(png.array(), 37, 4);
        png.putInt((int) crc.getValue());
        assertThatThrownBy(() -> ImageFile.decode("bomb.png", png.array(), 100))
                .hasMessage(
                        "bomb.png declares 60000x60000 pixels, 3600 million, more than the 100 million that are allowed;"
                                + " allow more if you trust the file");
        byte[] jpeg = {
            (byte) 0xff,
            (byte) 0xd8,
            (byte) 0xff,
            (byte) 0xc0,
            0,
            11,
            8,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            (byte) 0xff,
            1,
            1,
            17,
            0,
            (byte) 0xff,
            (byte) 0xd9
        };
        assertThatThrownBy(() -> ImageFile.decode("bomb.jpg", jpeg, 100)).hasMessageContaining("65535x65535");
        ByteBuffer webp = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
        webp.put("RIFF".getBytes(java.nio.charset.StandardCharsets.US_ASCII)).putInt(22);
        webp.put("WEBPVP8X".getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .putInt(10)
                .putInt(0);
        webp.put(new byte[] {0x1f, 0x4e, 0, 0x1f, 0x4e, 0});
        assertThatThrownBy(() -> ImageFile.decode("bomb.webp", webp.array(), 100))
                .hasMessageContaining("20000x20000");
        ByteBuffer tiff = ByteBuffer.allocate(38).order(ByteOrder.LITTLE_ENDIAN);
        tiff.put(new byte[] {'I', 'I', 42, 0}).putInt(8).putShort((short) 2);
        tiff.putShort((short) 256).putShort((short) 4).putInt(1).putInt(1 << 20);
        tiff.putShort((short) 257).putShort((short) 4).putInt(1).putInt(1 << 20);
        assertThatThrownBy(() -> ImageFile.decode("bomb.tif", tiff.array(), 100))
                .hasMessageContaining("1048576x1048576");
        ByteBuffer bmp = ByteBuffer.allocate(54).order(ByteOrder.LITTLE_ENDIAN);
        bmp.put(new byte[] {'B', 'M'}).position(14);
        bmp.putInt(40)
                .putInt(50_000)
                .putInt(-50_000)
                .putShort((short) 1)
                .putShort((short) 8)
                .putInt(1);
        assertThatThrownBy(() -> ImageFile.decode("bomb.bmp", bmp.array(), 100)).hasMessageContaining("50000x50000");
    }

    @Test
    void foldersListPicturesOnly() throws IOException {
        assertThatThrownBy(() -> ImageFolder.list(folder)).hasMessageContaining("has no pictures");
        Files.createDirectories(folder.resolve("b"));
        for (String name : new String[] {"z.PNG", "b/a.jpg", ".hidden.png", "notes.txt"}) {
            Files.write(folder.resolve(name), new byte[] {1});
        }
        assertThat(ImageFolder.list(folder)).containsExactly(folder.resolve("b/a.jpg"), folder.resolve("z.PNG"));
    }

    /** A TIFF of one strip: two pixels side by side. */
    private static byte[] tiff(ByteOrder order, int photometric, int bits, int extra, int... samples) {
        int perPixel = samples.length / 2;
        int[][] entries = {
            {256, 2},
            {257, 1},
            {258, bits},
            {259, 1},
            {262, photometric},
            {273, 200},
            {277, perPixel},
            {278, 1},
            {279, samples.length * bits / 8},
            {338, extra}
        };
        int count = extra < 0 ? entries.length - 1 : entries.length;
        ByteBuffer file = ByteBuffer.allocate(200 + samples.length * bits / 8).order(order);
        file.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        file.putShort((short) 42).putInt(8).putShort((short) count);
        for (int i = 0; i < count; i++) {
            boolean bitsOfEach = entries[i][0] == 258 && perPixel > 2;
            file.putShort((short) entries[i][0]).putShort((short) 3).putInt(bitsOfEach ? perPixel : 1);
            if (bitsOfEach) {
                file.putInt(180);
            } else {
                file.putShort((short) entries[i][1]).putShort((short) 0);
            }
        }
        file.putInt(0);
        for (int i = 0; i < perPixel; i++) {
            file.putShort(180 + 2 * i, (short) bits);
        }
        for (int i = 0; i < samples.length; i++) {
            if (bits == 16) {
                file.putShort(200 + 2 * i, (short) samples[i]);
            } else {
                file.put(200 + i, (byte) samples[i]);
            }
        }
        return file.array();
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void coloursOfATransparentTiffStayWhatTheyAre(String name) {
        ByteOrder order = name.startsWith("L") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        byte[] unassociated = tiff(order, 2, 8, 2, 80, 160, 240, 100, 1, 2, 3, 255);
        byte[] before = unassociated.clone();
        try (Picture read = ImageFile.decode("clear.tif", unassociated, 1)) {
            assertThat(read.hasAlpha()).isTrue();
            assertThat(levels(read, 255)).containsExactly(80, 1, 160, 2, 240, 3, 100, 255);
        }
        assertThat(unassociated).isEqualTo(before);
        byte[] deep = tiff(order, 2, 16, 2, 8000, 16000, 24000, 100, 1, 2, 3, 65535);
        try (Picture read = ImageFile.decode("deep.tif", deep, 1)) {
            assertThat(levels(read, 65535)).containsExactly(8000, 1, 16000, 2, 24000, 3, 100, 65535);
        }
    }

    private static int[] levels(Picture picture, int peak) {
        float[] values = picture.planes().values();
        int[] levels = new int[values.length];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = Math.round(values[i] * peak);
        }
        return levels;
    }

    @Test
    void whiteIsZeroIsTurnedRoundAtEveryDepth() {
        try (Picture shallow = ImageFile.decode("w8.tif", tiff(ByteOrder.LITTLE_ENDIAN, 0, 8, -1, 0, 100), 1);
                Picture deep = ImageFile.decode("w16.tif", tiff(ByteOrder.LITTLE_ENDIAN, 0, 16, -1, 0, 100), 1);
                Picture usual = ImageFile.decode("b16.tif", tiff(ByteOrder.BIG_ENDIAN, 1, 16, -1, 0, 100), 1)) {
            assertThat(levels(shallow, 255)).containsExactly(255, 155);
            assertThat(levels(deep, 65535)).containsExactly(65535, 65435);
            assertThat(levels(usual, 65535)).containsExactly(0, 100);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16})
    void aTiffThatWouldLoseItsTransparencyIsRefused(int bits) {
        byte[] greyAndClear = tiff(ByteOrder.LITTLE_ENDIAN, 1, bits, 2, 7, 100, 8, 200);
        assertThatThrownBy(() -> ImageFile.decode("grey.tif", greyAndClear, 1))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("grey.tif")
                .hasMessageContaining("transparency")
                .hasMessageContaining("save it as PNG");
    }
}
