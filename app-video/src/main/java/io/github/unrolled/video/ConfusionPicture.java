package io.github.unrolled.video;

import io.github.unrolled.datasets.drawing.Canvas;
import io.github.unrolled.datasets.drawing.Colour;
import io.github.unrolled.models.video.ConfusionMatrix;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A confusion matrix as a picture: a row for each true class, the darker a cell the larger its share of the row. */
final class ConfusionPicture {
    private static final int FEW = 16;
    private static final int LARGE_CELL = 44;
    private static final int SMALL_CELL = 17;
    private static final int MARGIN = 16;
    private static final int HEADER = 74;
    private static final double SMALLEST_SHOWN = 0.005;

    private ConfusionPicture() {}

    /** Writes the picture; classes that never were and were never predicted are left out. */
    static void write(Path png, String title, List<String> classes, ConfusionMatrix matrix) throws IOException {
        List<Integer> shown = java.util.stream.IntStream.range(0, classes.size())
                .filter(k -> matrix.score(k).frames() > 0 || predicted(matrix, k) > 0)
                .boxed()
                .toList();
        int cell = shown.size() <= FEW ? LARGE_CELL : SMALL_CELL;
        double letters = shown.size() <= FEW ? 9 : 7;
        int names = 150;
        int width = Math.max(420, names + shown.size() * cell + 2 * MARGIN);
        int height = HEADER + shown.size() * cell + MARGIN + 24;
        try (Canvas canvas = new Canvas(width, height)) {
            canvas.fill(Paint.BACKGROUND);
            canvas.text(MARGIN, 30, 12, title, Paint.TEXT);
            canvas.text(MARGIN, 50, 8, "rows: true class; columns: predicted, in the same order", Paint.FAINT);
            for (int i = 0; i < shown.size(); i++) {
                row(canvas, classes, matrix, shown, i, cell, letters, names);
            }
            canvas.write(png);
        }
    }

    private static void row(
            Canvas canvas,
            List<String> classes,
            ConfusionMatrix matrix,
            List<Integer> shown,
            int index,
            int cell,
            double letters,
            int names) {
        int truth = shown.get(index);
        double y = HEADER + (double) index * cell;
        String number = Integer.toString(index + 1);
        String name = number + "  " + Paint.shortened(classes.get(truth), 14);
        canvas.text(MARGIN, y + cell / 2.0 + letters / 2, letters, name, Paint.TEXT);
        double left = MARGIN + names;
        String head = cell == LARGE_CELL || (index + 1) % 5 == 0 || index == 0 ? number : "";
        canvas.text(left + index * cell + (cell - canvas.textWidth(head, 7)) / 2, HEADER - 5, 7, head, Paint.FAINT);
        long frames = matrix.score(truth).frames();
        for (int j = 0; j < shown.size(); j++) {
            double share = frames == 0 ? 0 : (double) matrix.count(truth, shown.get(j)) / frames;
            Colour full = j == index ? Paint.RIGHT : Paint.WRONG;
            // Small shares are seen too.
            Colour colour = Paint.CELL.towards(full, Math.sqrt(share));
            canvas.rectangle(left + j * cell, y, cell - 1.0, cell - 1.0, colour);
            if (cell == LARGE_CELL && share >= SMALLEST_SHOWN) {
                String text = String.format(Locale.ROOT, "%.0f", 100 * share);
                Colour ink = share > 0.3 ? Paint.BACKGROUND : Paint.TEXT;
                double x = left + j * cell + (cell - canvas.textWidth(text, 9)) / 2;
                canvas.text(x, y + cell / 2.0 + 5, 9, text, ink);
            }
        }
    }

    private static long predicted(ConfusionMatrix matrix, int label) {
        long sum = 0;
        for (int truth = 0; truth < matrix.classes(); truth++) {
            sum += matrix.count(truth, label);
        }
        return sum;
    }
}
