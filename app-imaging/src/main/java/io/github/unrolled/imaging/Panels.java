package io.github.unrolled.imaging;

import io.github.unrolled.datasets.image.Planes;
import io.github.unrolled.model.AtomicFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/** Pictures side by side in one PNG, each with a caption below it. */
final class Panels {
    private static final int GAP = 8;
    private static final int CAPTION = 22;
    private static final Color PAPER = Color.WHITE;
    private static final Color INK = new Color(0x222222);

    private final List<BufferedImage> pictures = new ArrayList<>();
    private final List<String> captions = new ArrayList<>();

    /** Adds a picture at the right; grey or colour, values outside of [0, 1] are clipped. Returns these panels. */
    Panels add(Planes picture, String caption) {
        return add(picture, caption, 1);
    }

    /** As {@link #add(Planes, String)}, with every pixel drawn as a square of {@code zoom} pixels. */
    Panels add(Planes picture, String caption, int zoom) {
        BufferedImage image =
                new BufferedImage(picture.width() * zoom, picture.height() * zoom, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = 0;
                for (int c = 0; c < 3; c++) {
                    float value = picture.at(Math.min(c, picture.channels() - 1), y / zoom, x / zoom);
                    rgb = rgb << 8 | Math.round(Math.min(1f, Math.max(0f, value)) * 255f);
                }
                image.setRGB(x, y, rgb);
            }
        }
        pictures.add(image);
        captions.add(caption);
        return this;
    }

    /** Writes the sheet, whole or not at all. */
    void write(Path png) throws IOException {
        int width = GAP;
        int height = 0;
        for (BufferedImage picture : pictures) {
            width += picture.getWidth() + GAP;
            height = Math.max(height, picture.getHeight());
        }
        BufferedImage sheet = new BufferedImage(width, height + 2 * GAP + CAPTION, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = sheet.createGraphics();
        try {
            pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            pen.setColor(PAPER);
            pen.fillRect(0, 0, sheet.getWidth(), sheet.getHeight());
            pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
            int x = GAP;
            for (int i = 0; i < pictures.size(); i++) {
                pen.drawImage(pictures.get(i), x, GAP, null);
                pen.setColor(INK);
                pen.drawString(captions.get(i), x, height + GAP + 16);
                x += pictures.get(i).getWidth() + GAP;
            }
        } finally {
            pen.dispose();
        }
        AtomicFile.write(png, out -> ImageIO.write(sheet, "png", out));
    }
}
