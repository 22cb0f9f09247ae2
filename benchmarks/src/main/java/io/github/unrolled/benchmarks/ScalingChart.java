package io.github.unrolled.benchmarks;

import io.github.unrolled.model.AtomicFile;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** GFLOP a second against each size: a level line means that the cost grows as the work does. */
final class ScalingChart {
    private static final int WIDTH = 420;
    private static final int HEIGHT = 360;

    private ScalingChart() {}

    static void write(List<ScalingPoint> points, Path png) throws IOException {
        List<String> axes = points.stream().map(ScalingPoint::axis).distinct().toList();
        BufferedImage image = new BufferedImage(WIDTH * axes.size(), HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < axes.size(); i++) {
            graphics.drawImage(BitmapEncoder.getBufferedImage(chart(axes.get(i), points)), i * WIDTH, 0, null);
        }
        graphics.dispose();
        AtomicFile.write(png, out -> ImageIO.write(image, "png", out));
    }

    private static XYChart chart(String axis, List<ScalingPoint> points) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(axis)
                .yAxisTitle("GFLOP/s of a training step")
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.0);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        List<ScalingPoint> own =
                points.stream().filter(point -> point.axis().equals(axis)).toList();
        for (int threads : new TreeSet<>(own.stream().map(ScalingPoint::threads).toList())) {
            List<ScalingPoint> line =
                    own.stream().filter(point -> point.threads() == threads).toList();
            chart.addSeries(
                    threads == 1 ? "1 thread" : threads + " threads",
                    line.stream().map(ScalingPoint::value).toList(),
                    line.stream().map(ScalingPoint::gigaflops).toList());
        }
        return chart;
    }
}
