package io.github.unrolled.app.run;

import io.github.unrolled.model.AtomicFile;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * The chart of a run: training loss (light), the same smoothed, validation points, and horizontal lines to compare with,
 * such as baselines.
 */
public final class Curve {
    private static final int MOST_POINTS = 1200;
    private static final Color LIGHT = new Color(0xafc8e2);
    private static final Color SMOOTH = new Color(0x1f5f99);
    private static final Color VALIDATION = new Color(0xd9480f);
    private static final Color[] REFERENCES = {
        new Color(0x5c7f2b), new Color(0x7b4ea3), new Color(0x8a6d3b), new Color(0x555555)
    };

    private final String title;
    private final String unit;
    private double[][] training = {{}, {}};
    private double[][] validation = {{}, {}};
    private final Map<String, Double> references = new LinkedHashMap<>();

    /**
     * An empty chart.
     *
     * @param title its heading
     * @param unit of the vertical axis, such as {@code nats per character}
     */
    public Curve(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    /** The chart of a metrics file, with the column that holds validation (an absent one is left out). */
    public static Curve of(Path metrics, String title, String unit, String validationColumn) throws IOException {
        Curve curve = new Curve(title, unit);
        curve.training = MetricsFile.read(metrics, "loss");
        curve.validation = MetricsFile.read(metrics, validationColumn);
        return curve;
    }

    /** The training loss at these steps. */
    public Curve training(double[] steps, double[] losses) {
        this.training = new double[][] {steps.clone(), losses.clone()};
        return this;
    }

    /** The validation loss at these steps. */
    public Curve validation(double[] steps, double[] losses) {
        this.validation = new double[][] {steps.clone(), losses.clone()};
        return this;
    }

    /** A horizontal line with a label. */
    public Curve reference(String label, double value) {
        references.put(label, value);
        return this;
    }

    /**
     * Writes the chart as PNG.
     *
     * @throws IOException when the file cannot be written, or Java has no fonts to draw with
     */
    public void write(Path png) throws IOException {
        BufferedImage image;
        try {
            image = BitmapEncoder.getBufferedImage(chart());
        } catch (LinkageError | InternalError | NullPointerException e) {
            // What a slim Java without font libraries throws, by version.
            throw new IOException("the chart cannot be drawn, because Java finds no fonts here; install fontconfig", e);
        }
        AtomicFile.write(png, out -> ImageIO.write(image, "png", out));
    }

    private XYChart chart() {
        XYChart chart = new XYChartBuilder()
                .width(1000)
                .height(600)
                .title(title)
                .xAxisTitle("step")
                .yAxisTitle(unit)
                .build();
        style(chart);
        double[][] thinned = thinned(training);
        if (thinned[0].length > 0) {
            line(chart, "training", thinned[0], thinned[1], LIGHT, 1.2f);
            double[] smooth = smoothed(thinned[1]);
            String label = "training, smoothed" + value(smooth[smooth.length - 1]);
            line(chart, label, thinned[0], smooth, SMOOTH, 2.4f);
        }
        if (validation[0].length > 0) {
            double best = Arrays.stream(validation[1]).min().orElse(Double.NaN);
            XYSeries series =
                    line(chart, "validation, best" + value(best), validation[0], validation[1], VALIDATION, 1.6f);
            series.setMarker(SeriesMarkers.CIRCLE).setMarkerColor(VALIDATION);
        }
        addReferences(chart);
        return chart;
    }

    private void addReferences(XYChart chart) {
        double from = Math.min(first(training[0]), first(validation[0]));
        double to = Math.max(last(training[0]), last(validation[0]));
        if (!(from < to)) {
            from = Double.isFinite(from) ? from : 0;
            to = from + 1;
        }
        int index = 0;
        for (Map.Entry<String, Double> reference : references.entrySet()) {
            double y = reference.getValue();
            Color colour = REFERENCES[index++ % REFERENCES.length];
            String label = reference.getKey() + value(y);
            XYSeries series = line(chart, label, new double[] {from, to}, new double[] {y, y}, colour, 1.6f);
            series.setLineStyle(
                    new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {7, 5}, 0));
        }
    }

    private static XYSeries line(XYChart chart, String label, double[] x, double[] y, Color colour, float width) {
        XYSeries series = chart.addSeries(label, x, y);
        series.setMarker(SeriesMarkers.NONE).setLineColor(colour).setLineWidth(width);
        return series;
    }

    private static void style(XYChart chart) {
        chart.getStyler()
                .setLegendPosition(LegendPosition.OutsideE)
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setLegendBorderColor(new Color(0xcccccc))
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 18))
                .setChartTitleBoxVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBackgroundColor(Color.WHITE);
        chart.getStyler().setPlotGridLinesColor(new Color(0xe3e3e3)).setPlotBorderColor(new Color(0x999999));
        chart.getStyler()
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14));
        chart.getStyler().setXAxisDecimalPattern("#,###").setYAxisDecimalPattern("0.0##");
        chart.getStyler().setXAxisMin(0.0).setLocale(Locale.ROOT);
    }

    private static String value(double value) {
        return String.format(Locale.ROOT, " %.4g", value);
    }

    private static double first(double[] values) {
        return values.length == 0 ? Double.POSITIVE_INFINITY : values[0];
    }

    private static double last(double[] values) {
        return values.length == 0 ? Double.NEGATIVE_INFINITY : values[values.length - 1];
    }

    /** Means of neighbouring points, so that a long run is drawn as fast as a short one. */
    private static double[][] thinned(double[][] points) {
        int length = points[0].length;
        int count = Math.min(length, MOST_POINTS);
        double[][] thinned = new double[2][count];
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) i * length / count);
            int to = (int) ((i + 1L) * length / count);
            for (int axis = 0; axis < 2; axis++) {
                thinned[axis][i] =
                        Arrays.stream(points[axis], from, to).average().orElseThrow();
            }
        }
        return thinned;
    }

    /** A centred mean over about a fortieth of the points, over fewer at the start, where the loss falls fast. */
    private static double[] smoothed(double[] values) {
        double[] sums = new double[values.length + 1];
        for (int i = 0; i < values.length; i++) {
            sums[i + 1] = sums[i] + values[i];
        }
        double[] smooth = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            int back = Math.min(values.length / 80, i);
            int ahead = Math.min(back, values.length - 1 - i);
            smooth[i] = (sums[i + ahead + 1] - sums[i - back]) / (back + 1 + ahead);
        }
        return smooth;
    }
}
