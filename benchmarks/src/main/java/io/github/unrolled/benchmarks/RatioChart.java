package io.github.unrolled.benchmarks;

import io.github.unrolled.model.AtomicFile;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.style.Styler;

/** How many times faster, a bar a row. */
final class RatioChart {
    private RatioChart() {}

    static void write(List<Row> rows, Path png) throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(1100)
                .height(520)
                .title("Times faster than the peer, whole step, two cores (logarithmic)")
                .yAxisTitle("peer's time / ours")
                .build();
        chart.getStyler().setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.OutsideS);
        chart.getStyler().setLegendLayout(Styler.LegendLayout.Horizontal);
        chart.getStyler().setYAxisLogarithmic(true);
        // A bar begins at 1, where both are as fast; where the peer is faster, all bars begin below.
        boolean slower = rows.stream().anyMatch(row -> row.ratio() < 1);
        chart.getStyler().setYAxisMin(slower ? 0.1 : 1.0);
        chart.getStyler().setXAxisLabelRotation(45);
        chart.getStyler().setXAxisTickMarkSpacingHint(1);
        chart.getStyler().setAvailableSpaceFill(0.9);
        chart.getStyler().setOverlapped(false);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setLabelsPosition(1);
        chart.getStyler().setLabelsFontColorAutomaticEnabled(false);
        chart.getStyler().setLabelsFontColor(Color.BLACK);
        chart.getStyler().setDecimalPattern("0.##");
        List<String> names =
                rows.stream().map(row -> row.task().name()).distinct().toList();
        Map<String, List<Row>> byPeer = new LinkedHashMap<>();
        rows.forEach(row ->
                byPeer.computeIfAbsent(row.peer(), peer -> new ArrayList<>()).add(row));
        byPeer.forEach((peer, own) -> {
            List<Double> values = new ArrayList<>();
            for (String name : names) {
                values.add(own.stream()
                        .filter(row -> row.task().name().equals(name))
                        .map(row -> Math.round(row.ratio() * 100) / 100.0)
                        .findFirst()
                        .orElse(Double.NaN));
            }
            chart.addSeries(peer, names, values);
        });
        BufferedImage image = BitmapEncoder.getBufferedImage(chart);
        AtomicFile.write(png, out -> ImageIO.write(image, "png", out));
    }
}
