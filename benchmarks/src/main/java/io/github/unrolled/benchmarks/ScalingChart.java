package io.github.unrolled.benchmarks;

import io.github.unrolled.model.AtomicFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/**
 * Tokens a second against each size, and below them GFLOP a second: where that line is level, the cost grows as the work
 * does, and where it rises, more slowly.
 */
final class ScalingChart {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 300;

    private ScalingChart() {}

    static void write(List<ScalingPoint> points, Path png) throws IOException {
        List<String> axes = points.stream().map(ScalingPoint::axis).distinct().toList();
        BufferedImage image = new BufferedImage(WIDTH * axes.size(), 2 * HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < axes.size(); i++) {
            String axis = axes.get(i);
            List<ScalingPoint> own =
                    points.stream().filter(point -> point.axis().equals(axis)).toList();
            XYChart tokens = chart(axis, "thousand tokens / s", own, point -> point.tokensPerSecond() / 1000);
            XYChart work = chart(axis, "GFLOP / s", own, ScalingPoint::gigaflops);
            graphics.drawImage(BitmapEncoder.getBufferedImage(tokens), i * WIDTH, 0, null);
            graphics.drawImage(BitmapEncoder.getBufferedImage(work), i * WIDTH, HEIGHT, null);
        }
        graphics.dispose();
        AtomicFile.write(png, out -> ImageIO.write(image, "png", out));
    }

    private static XYChart chart(
            String axis, String measure, List<ScalingPoint> points, ToDoubleFunction<ScalingPoint> value) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(axis)
                .yAxisTitle(measure)
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        // The sizes are powers of two.
        chart.getStyler().setXAxisTickMarkSpacingHint(WIDTH / 8);
        chart.getStyler()
                .setXAxisTickLabelsFormattingFunction(power ->
                        power == Math.rint(power) ? String.format(Locale.ROOT, "%.0f", Math.pow(2, power)) : "");
        for (int threads :
                new TreeSet<>(points.stream().map(ScalingPoint::threads).toList())) {
            List<ScalingPoint> line =
                    points.stream().filter(point -> point.threads() == threads).toList();
            chart.addSeries(
                    threads == 1 ? "1 thread" : threads + " threads",
                    line.stream()
                            .map(point -> Math.log(point.value()) / Math.log(2))
                            .toList(),
                    line.stream().map(value::applyAsDouble).toList());
        }
        return chart;
    }
}
