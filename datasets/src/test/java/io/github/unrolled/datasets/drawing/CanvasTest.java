package io.github.unrolled.datasets.drawing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CanvasTest {
    private static final Colour WHITE = new Colour(255, 255, 255);
    private static final Colour INK = new Colour(10, 100, 200);

    private static int[] pixel(Canvas canvas, int x, int y) {
        byte[] bgr = canvas.bgr();
        int at = 3 * (y * canvas.width() + x);
        return new int[] {bgr[at + 2] & 0xff, bgr[at + 1] & 0xff, bgr[at] & 0xff};
    }

    @Test
    void drawsWhereItIsTold() {
        try (Canvas canvas = new Canvas(40, 30)) {
            canvas.fill(WHITE);
            canvas.disc(10, 10, 4, INK);
            canvas.line(20, 20, 38, 20, 4, INK);
            canvas.rectangle(0, 25, 5, 5, INK);
            assertThat(pixel(canvas, 10, 10)).containsExactly(10, 100, 200);
            assertThat(pixel(canvas, 30, 20)).containsExactly(10, 100, 200);
            assertThat(pixel(canvas, 2, 27)).containsExactly(10, 100, 200);
            assertThat(pixel(canvas, 7, 27)).containsExactly(255, 255, 255);
            assertThat(pixel(canvas, 30, 10)).containsExactly(255, 255, 255);
        }
    }

    /** What moves by a quarter of a pixel changes the picture, so slow movement is smooth. */
    @Test
    void edgesAreSoft() {
        try (Canvas canvas = new Canvas(40, 30)) {
            canvas.fill(WHITE);
            canvas.disc(10, 10, 4, INK);
            byte[] before = canvas.bgr();
            canvas.fill(WHITE);
            canvas.disc(10.25, 10, 4, INK);
            assertThat(canvas.bgr()).isNotEqualTo(before);
        }
    }

    @Test
    void labelsHaveAWidth() {
        try (Canvas canvas = new Canvas(200, 30)) {
            double one = canvas.textWidth("i", 12);
            assertThat(canvas.textWidth("prediction", 12)).isGreaterThan(5 * one);
            canvas.fill(WHITE);
            canvas.text(2, 20, 12, "prediction", INK);
            assertThat(canvas.bgr()).contains(200);
        }
    }

    @Test
    void coloursMix() {
        assertThat(WHITE.towards(new Colour(55, 155, 255), 0.5)).isEqualTo(new Colour(155, 205, 255));
        assertThatThrownBy(() -> new Colour(0, 256, 0)).hasMessageContaining("green 256");
    }
}
