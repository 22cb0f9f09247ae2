package io.github.unrolled.motion.pedestrian;

import io.github.unrolled.datasets.motion.track.Scene;
import io.github.unrolled.datasets.motion.track.Track;
import io.github.unrolled.datasets.motion.track.TrackWindow;
import io.github.unrolled.model.AtomicFile;
import io.github.unrolled.models.motion.pedestrian.Forecast;
import io.github.unrolled.models.motion.pedestrian.WalkerStream;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A place from above: where walkers were, where they went, the single prediction and the fan of all samples. */
final class TrackPlot {
    private static final int WIDTH = 1100;
    private static final int HEIGHT = 860;
    private static final int MARGIN = 60;
    private static final int LEGEND = 84;
    private static final int LABEL = 12;
    private static final Color OBSERVED = new Color(0x1f3b57);
    private static final Color TRUE = new Color(0x2b8a3e);
    private static final Color PREDICTED = new Color(0xd9480f);
    private static final Color SAMPLE = new Color(0xf0a36b);
    private static final Color GRID = new Color(0xe6e6e6);
    private static final Color TEXT = new Color(0x333333);

    private final String title;
    private final List<Line> lines = new ArrayList<>();
    private final List<double[]> ends = new ArrayList<>();
    private double left = Double.POSITIVE_INFINITY;
    private double right = Double.NEGATIVE_INFINITY;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;

    /** A line in metres; of faint ones many lie on top of each other. */
    private record Line(double[] x, double[] y, Kind kind, double probability) {}

    private enum Kind {
        SAMPLE,
        TRUE,
        OBSERVED,
        PREDICTED
    }

    private TrackPlot(String title) {
        this.title = title;
    }

    /** A window whose end is known, and a forecast of it. */
    static TrackPlot of(String title, TrackWindow window, Forecast forecast) {
        TrackPlot plot = new TrackPlot(title);
        for (int walker = 0; walker < window.walkers(); walker++) {
            plot.observed(
                    column(window, walker, 0, window.observed(), true),
                    column(window, walker, 0, window.observed(), false));
            plot.add(
                    column(window, walker, window.observed() - 1, window.length(), true),
                    column(window, walker, window.observed() - 1, window.length(), false),
                    Kind.TRUE,
                    1);
            int last = window.observed() - 1;
            plot.futures(forecast, walker, window.x(last, walker), window.y(last, walker));
        }
        return plot;
    }

    /** The futures of a scene after one of its frames. */
    static TrackPlot of(String title, Scene scene, int last, WalkerStream.Prediction prediction) {
        TrackPlot plot = new TrackPlot(title);
        for (int walker = 0; walker < prediction.ids().size(); walker++) {
            String id = prediction.ids().get(walker);
            for (Track track : scene.tracks()) {
                if (track.id().equals(id)) {
                    int end = last - track.first();
                    int begin = Math.max(0, end - 7);
                    plot.observed(
                            java.util.Arrays.copyOfRange(track.x(), begin, end + 1),
                            java.util.Arrays.copyOfRange(track.y(), begin, end + 1));
                    plot.futures(prediction.forecast(), walker, track.x()[end], track.y()[end]);
                }
            }
        }
        return plot;
    }

    private static double[] column(TrackWindow window, int walker, int from, int to, boolean x) {
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            values[i] = x ? window.x(from + i, walker) : window.y(from + i, walker);
        }
        return values;
    }

    private void observed(double[] x, double[] y) {
        add(x, y, Kind.OBSERVED, 1);
        ends.add(new double[] {x[x.length - 1], y[y.length - 1]});
    }

    private void futures(Forecast forecast, int walker, double fromX, double fromY) {
        for (int sample = 0; sample < forecast.samples(); sample++) {
            double[] x = new double[forecast.steps() + 1];
            double[] y = new double[forecast.steps() + 1];
            x[0] = fromX;
            y[0] = fromY;
            for (int t = 0; t < forecast.steps(); t++) {
                x[t + 1] = forecast.x(sample, t, walker);
                y[t + 1] = forecast.y(sample, t, walker);
            }
            add(x, y, sample == 0 ? Kind.PREDICTED : Kind.SAMPLE, forecast.probability(walker, sample));
        }
    }

    private void add(double[] x, double[] y, Kind kind, double probability) {
        lines.add(new Line(x, y, kind, probability));
        for (int i = 0; i < x.length; i++) {
            left = Math.min(left, x[i]);
            right = Math.max(right, x[i]);
            low = Math.min(low, y[i]);
            high = Math.max(high, y[i]);
        }
    }

    /**
     * Writes the picture as PNG.
     *
     * @throws IOException when the file cannot be written, or Java has no fonts to draw with
     */
    void write(Path png) throws IOException {
        BufferedImage image;
        try {
            image = drawn();
        } catch (LinkageError | InternalError | NullPointerException e) {
            // What a slim Java without font libraries throws, by version.
            throw new IOException("the plot cannot be drawn, because Java finds no fonts here; install fontconfig", e);
        }
        AtomicFile.write(png, out -> ImageIO.write(image, "png", out));
    }

    private BufferedImage drawn() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, HEIGHT);
        double scale = Math.min(
                (WIDTH - 2.0 * MARGIN) / Math.max(1, right - left),
                (HEIGHT - LEGEND - 2.0 * MARGIN) / Math.max(1, high - low));
        grid(g, scale);
        for (Kind kind : Kind.values()) {
            lines.stream().filter(line -> line.kind() == kind).forEach(line -> draw(g, line, scale));
        }
        g.setColor(OBSERVED);
        for (double[] end : ends) {
            g.fill(new Ellipse2D.Double(px(end[0], scale) - 4.5, py(end[1], scale) - 4.5, 9, 9));
        }
        legend(g);
        g.dispose();
        return image;
    }

    private double px(double x, double scale) {
        return WIDTH / 2.0 + scale * (x - (left + right) / 2);
    }

    private double py(double y, double scale) {
        return LEGEND + (HEIGHT - LEGEND) / 2.0 - scale * (y - (low + high) / 2);
    }

    /** A line every metre, or every five where metres would be narrow. */
    private void grid(Graphics2D g, double scale) {
        int every = scale < 25 ? 5 : scale < 60 ? 2 : 1;
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, LABEL));
        g.setStroke(new BasicStroke(1));
        int halfWide = (int) (WIDTH / 2.0 / scale) + every;
        int halfHigh = (int) (HEIGHT / 2.0 / scale) + every;
        int middleX = (int) Math.round((left + right) / 2);
        int middleY = (int) Math.round((low + high) / 2);
        for (int x = middleX - halfWide; x <= middleX + halfWide; x++) {
            int at = (int) px(x, scale);
            if (Math.floorMod(x, every) == 0 && at > 0) {
                g.setColor(GRID);
                g.drawLine(at, LEGEND, at, HEIGHT);
                g.setColor(Color.GRAY);
                g.drawString(x + " m", at + 3, HEIGHT - 6);
            }
        }
        for (int y = middleY - halfHigh; y <= middleY + halfHigh; y++) {
            int at = (int) py(y, scale);
            if (Math.floorMod(y, every) == 0 && at > LEGEND && at < HEIGHT - 20) {
                g.setColor(GRID);
                g.drawLine(0, at, WIDTH, at);
                if (at > LEGEND + LABEL) {
                    g.setColor(Color.GRAY);
                    g.drawString(y + " m", 4, at - 3);
                }
            }
        }
    }

    private void draw(Graphics2D g, Line line, double scale) {
        Path2D.Double path = new Path2D.Double();
        for (int i = 0; i < line.x().length; i++) {
            if (i == 0) {
                path.moveTo(px(line.x()[i], scale), py(line.y()[i], scale));
            } else {
                path.lineTo(px(line.x()[i], scale), py(line.y()[i], scale));
            }
        }
        pen(g, line.kind(), line.probability());
        g.draw(path);
    }

    private static void pen(Graphics2D g, Kind kind, double probability) {
        int round = BasicStroke.JOIN_ROUND;
        switch (kind) {
            case SAMPLE -> {
                // The probable ones are darker; none vanishes.
                int alpha = (int) Math.min(230, 70 + 900 * probability);
                g.setColor(new Color(SAMPLE.getRed(), SAMPLE.getGreen(), SAMPLE.getBlue(), alpha));
                g.setStroke(new BasicStroke(1.3f, BasicStroke.CAP_ROUND, round));
            }
            case TRUE -> {
                g.setColor(TRUE);
                g.setStroke(new BasicStroke(2.6f, BasicStroke.CAP_BUTT, round, 1, new float[] {7, 5}, 0));
            }
            case OBSERVED -> {
                g.setColor(OBSERVED);
                g.setStroke(new BasicStroke(3, BasicStroke.CAP_ROUND, round));
            }
            case PREDICTED -> {
                g.setColor(PREDICTED);
                g.setStroke(new BasicStroke(2.4f, BasicStroke.CAP_ROUND, round));
            }
        }
    }

    private void legend(Graphics2D g) {
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, WIDTH, LEGEND);
        g.setColor(TEXT);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
        g.drawString(title, 24, 32);
        g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        int x = 24;
        for (Kind kind : List.of(Kind.OBSERVED, Kind.TRUE, Kind.PREDICTED, Kind.SAMPLE)) {
            if (lines.stream().anyMatch(line -> line.kind() == kind)) {
                pen(g, kind, 1);
                g.drawLine(x, 58, x + 42, 58);
                g.setColor(TEXT);
                String label = kind.name().toLowerCase(Locale.ROOT) + (kind == Kind.SAMPLE ? "s" : "");
                g.drawString(label, x + 50, 63);
                x += 70 + g.getFontMetrics().stringWidth(label) + 20;
            }
        }
    }
}
