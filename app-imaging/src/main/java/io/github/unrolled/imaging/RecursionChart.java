package io.github.unrolled.imaging;

import io.github.unrolled.model.AtomicFile;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler;

/** How good a recursive network is after every recursion. */
final class RecursionChart {
    private RecursionChart() {}

    /**
     * Draws the line.
     *
     * @param trained how many recursions the network was trained with
     * @param psnr by number of recursions
     */
    static void write(Path png, String test, int trained, Map<Integer, Double> psnr) throws IOException {
        XYChart chart = new XYChartBuilder()
                .width(700)
                .height(420)
                .title("The same weights, applied more often (" + test + ", trained with " + trained + ")")
                .xAxisTitle("recursions")
                .yAxisTitle("PSNR in dB")
                .build();
        chart.getStyler()
                .setLegendVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setChartTitleBoxVisible(false);
        chart.getStyler().setAxisTicksMarksVisible(true).setYAxisDecimalPattern("0.00");
        chart.getStyler().setXAxisDecimalPattern("0").setXAxisTickMarkSpacingHint(80);
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideSE);
        List<Double> x = new ArrayList<>();
        psnr.keySet().forEach(each -> x.add((double) each));
        chart.addSeries(test, x, new ArrayList<>(psnr.values())).setLineColor(new Color(0x1f6fb4));
        AtomicFile.write(png, out -> ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", out));
    }
}
