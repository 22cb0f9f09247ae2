package io.github.unrolled.video;

import io.github.unrolled.app.console.Console;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.GraphicsEnvironment;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Optional;
import javax.swing.JFrame;
import javax.swing.JPanel;
import javax.swing.WindowConstants;

/** A window that shows frames, where there is a display. */
final class Screen implements AutoCloseable {
    private final Optional<Surface> surface;
    private volatile boolean closed;

    private static final class Surface extends JPanel {
        private static final long serialVersionUID = 1L;
        private final transient JFrame frame = new JFrame("video");
        private transient BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_3BYTE_BGR);

        @Override
        protected void paintComponent(Graphics graphics) {
            graphics.drawImage(image, 0, 0, getWidth(), getHeight(), null);
        }
    }

    private Screen(Optional<Surface> surface) {
        this.surface = surface;
        surface.ifPresent(shown -> {
            shown.frame.add(shown);
            shown.frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
            shown.frame.addWindowListener(new WindowAdapter() {
                @Override
                public void windowClosed(WindowEvent event) {
                    closed = true;
                }
            });
        });
    }

    /** A window if it is wanted and there is a display; what takes frames and shows nothing otherwise. */
    static Screen open(boolean wanted, Console console) {
        if (wanted && GraphicsEnvironment.isHeadless()) {
            console.remark("There is no display to show the film on; it is written all the same.");
        }
        return new Screen(wanted && !GraphicsEnvironment.isHeadless() ? Optional.of(new Surface()) : Optional.empty());
    }

    /** Whether somebody closed the window, which ends the work. */
    boolean isClosed() {
        return closed;
    }

    /** Shows a frame: blue, green, red, rows from the top. */
    void show(byte[] bgr, int width, int height) {
        surface.ifPresent(shown -> {
            BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
            System.arraycopy(bgr, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0, bgr.length);
            shown.image = image;
            if (!shown.frame.isVisible() && !closed) {
                shown.setPreferredSize(new Dimension(width, height));
                shown.frame.pack();
                shown.frame.setVisible(true);
            }
            shown.repaint();
        });
    }

    @Override
    public void close() {
        surface.ifPresent(shown -> shown.frame.dispose());
    }
}
