package io.github.unrolled.datasets.image;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;
import static org.bytedeco.opencv.global.opencv_core.bitwise_not;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYCOLOR;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_ANYDEPTH;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMREAD_UNCHANGED;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_WEBP_QUALITY;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imdecode;
import static org.bytedeco.opencv.global.opencv_imgcodecs.imencode;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.model.AtomicFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.opencv.opencv_core.Mat;

/**
 * Reads and writes files of pictures: PNG, JPEG, BMP, TIFF, WebP. The size that a file declares is checked before anything is
 * decoded, so that a small file cannot ask for all memory. The orientation that a camera notes in a JPEG is applied.
 */
public final class ImageFile {
    /** The largest picture that is read unless the caller allows more, in millions of pixels. */
    public static final double DEFAULT_MEGAPIXELS = 100;

    private static final long LARGEST_FILE = 1L << 30;
    private static final int JPEG_QUALITY = 95;
    /** OpenCV: above 100 is lossless. */
    private static final int WEBP_LOSSLESS = 101;

    private ImageFile() {}

    /** Reads a picture of at most {@link #DEFAULT_MEGAPIXELS}; see {@link #read(Path, double)}. */
    public static Picture read(Path file) throws IOException {
        return read(file, DEFAULT_MEGAPIXELS);
    }

    /**
     * Reads a picture.
     *
     * @param megapixels the largest that is decoded, in millions of pixels
     * @throws DataException if it is empty, no picture, damaged or too large, or OpenCV is not on the class path
     */
    public static Picture read(Path file, double megapixels) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a folder, not a picture");
        }
        if (Files.isRegularFile(file) && Files.size(file) > LARGEST_FILE) {
            throw new DataException(file + " has " + Files.size(file) + " bytes, more than the " + LARGEST_FILE
                    + " that are read; cut the picture into parts");
        }
        return decode(file.toString(), Files.readAllBytes(file), megapixels);
    }

    /**
     * Decodes the contents of a file.
     *
     * @param source its name, for messages
     * @throws DataException as for {@link #read(Path, double)}
     */
    public static Picture decode(String source, byte[] content, double megapixels) {
        ImageHeader header = ImageHeader.read(source, content);
        if (header.pixels() > megapixels * 1e6) {
            throw new DataException(String.format(
                    Locale.ROOT,
                    "%s declares %dx%d pixels, %.0f million, more than the %s million that are allowed;"
                            + " allow more if you trust the file",
                    source,
                    header.width(),
                    header.height(),
                    header.pixels() / 1e6,
                    megapixels % 1 == 0 ? String.valueOf((long) megapixels) : String.valueOf(megapixels)));
        }
        if (header.format() == ImageFormat.TIFF) {
            return decodeTiff(source, content, header);
        }
        return new Picture(decoded(source, content, header));
    }

    /** What OpenCV reads otherwise than the file says is put right, or refused. */
    private static Picture decodeTiff(String source, byte[] content, ImageHeader header) {
        TiffHeader tiff = TiffHeader.read(new Bytes(source, content));
        Mat mat = decoded(source, tiff.readable(content), header);
        boolean deep = tiff.bits() == 16;
        if ((header.alpha() && mat.channels() != 4) || (deep && mat.depth() != CV_16U)) {
            mat.close();
            throw new DataException(source + " is a TIFF of " + tiff.samples() + " samples of " + tiff.bits()
                    + " bits, a kind that would lose its "
                    + (header.alpha() ? "transparency" : "depth") + " when read; save it as PNG");
        }
        if (deep && tiff.inverted()) {
            bitwise_not(mat, mat);
        }
        return new Picture(mat);
    }

    private static Mat decoded(String source, byte[] content, ImageHeader header) {
        OpenCv.require();
        // Unchanged keeps transparency, and ignores the orientation: only files that have transparency are read so.
        int mode = header.alpha() ? IMREAD_UNCHANGED : IMREAD_ANYCOLOR | IMREAD_ANYDEPTH;
        Mat mat;
        try (BytePointer bytes = new BytePointer(content);
                Mat raw = new Mat(1, content.length, CV_8U, bytes)) {
            mat = imdecode(raw, mode);
        } catch (RuntimeException e) {
            throw new DataException(source + " is damaged: its " + header.format() + " data cannot be decoded", e);
        }
        if (mat.empty() || (mat.depth() != CV_8U && mat.depth() != CV_16U) || mat.channels() > 4) {
            mat.close();
            throw new DataException(source + " is damaged, or a " + header.format()
                    + " of a kind that cannot be read; 8 or 16 bits in 1 to 4 channels are expected");
        }
        return mat;
    }

    /**
     * Writes a picture in the format that the file's name says, whole or not at all. 16 bits are reduced to 8 where the
     * format has no more.
     *
     * @throws DataException if the format is unknown, or would lose transparency
     */
    public static void write(Path file, Picture picture) throws IOException {
        requireKept(file, picture);
        ImageFormat format = ImageFormat.ofTarget(file);
        byte[] encoded;
        if (picture.bits() == 16 && !format.keeps16Bits()) {
            try (Picture reduced = picture.reduced()) {
                encoded = encode(file, format, reduced);
            }
        } else {
            encoded = encode(file, format, picture);
        }
        AtomicFile.write(file, encoded);
    }

    /**
     * Checks, before anything is computed, that a file can hold a picture's transparency.
     *
     * @throws DataException if the format is unknown, or would lose it
     */
    public static void requireKept(Path file, Picture picture) {
        ImageFormat format = ImageFormat.ofTarget(file);
        if (picture.hasAlpha() && !format.keepsAlpha()) {
            throw new DataException(file + " would lose its transparency, which " + format
                    + " does not have; write PNG, TIFF, WebP or BMP");
        }
    }

    /**
     * Writes a matrix of OpenCV: blue, green, red, 8 bits each.
     *
     * @throws DataException if the format is unknown
     */
    public static void write(Path file, Mat bgr) throws IOException {
        try (Picture picture = new Picture(bgr.clone())) {
            write(file, picture);
        }
    }

    private static byte[] encode(Path file, ImageFormat format, Picture picture) {
        int[] options = switch (format) {
            case JPEG -> new int[] {IMWRITE_JPEG_QUALITY, JPEG_QUALITY};
            case WEBP -> new int[] {IMWRITE_WEBP_QUALITY, WEBP_LOSSLESS};
            default -> new int[] {};
        };
        try (BytePointer out = new BytePointer();
                IntPointer settings = new IntPointer(options)) {
            if (!imencode("." + format.extension(), picture.mat(), out, settings)) {
                throw new DataException(file + " cannot be written: the picture of " + picture.width() + "x"
                        + picture.height() + " pixels cannot be encoded as " + format);
            }
            byte[] encoded = new byte[Math.toIntExact(out.limit())];
            out.get(encoded);
            return encoded;
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) {
            String reason = String.valueOf(e.getMessage()).strip();
            throw new DataException(file + " cannot be written as " + format + ": " + reason, e);
        }
    }
}
