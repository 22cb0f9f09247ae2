package io.github.unrolled.models.video;

import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.LabelledClip;

/**
 * What the silhouette of a body tells of a frame, whatever its size, its place and the way it goes: how it moved since the
 * frame before, its extents, and how much of each cell of a grid around it is covered. Lengths are in body heights, the
 * tallest of the clip. A body that goes to the left is seen in a mirror.
 */
public final class SilhouetteFeatures {
    private static final int ROWS = 14;
    private static final int COLUMNS = 12;
    private static final int EXTENTS = 6;

    /** Body heights that the grid is high. */
    private static final double REACH = 1.4;

    /** Motion between two frames is small beside a body. */
    private static final double SPEED = 10;

    /** Features of a frame. */
    public static final int COUNT = EXTENTS + ROWS * COLUMNS;

    private SilhouetteFeatures() {}

    /** Where a body is. */
    private record Body(double x, double y, double area, int left, int right, int top, int bottom) {
        int height() {
            return bottom - top + 1;
        }

        int width() {
            return right - left + 1;
        }
    }

    /**
     * A clip as features.
     *
     * @param clip of silhouettes, bright on dark, one channel
     */
    public static LabelledSequence of(LabelledClip clip) {
        FrameSize size = clip.frames().size();
        float[][] masks = new float[clip.length()][size.values()];
        Body[] bodies = new Body[clip.length()];
        int tallest = 1;
        double meanY = 0;
        for (int t = 0; t < masks.length; t++) {
            clip.frames().read(t, 1, masks[t], 0);
            bodies[t] = body(masks[t], size);
            tallest = Math.max(tallest, bodies[t].height());
            meanY += bodies[t].y() / masks.length;
        }
        boolean toTheLeft = bodies[bodies.length - 1].x() < bodies[0].x();
        float[][] rows = new float[masks.length][];
        for (int t = 0; t < rows.length; t++) {
            rows[t] = features(masks[t], size, bodies[Math.max(0, t - 1)], bodies[t], tallest, meanY, toTheLeft);
        }
        return new LabelledSequence(clip.name(), clip.group(), Values.of(rows), clip.labels(), clip.clipLabel());
    }

    private static Body body(float[] mask, FrameSize size) {
        double sumX = 0;
        double sumY = 0;
        double area = 0;
        int left = size.width();
        int right = -1;
        int top = size.height();
        int bottom = -1;
        for (int y = 0; y < size.height(); y++) {
            for (int x = 0; x < size.width(); x++) {
                float covered = mask[y * size.width() + x];
                if (covered > 0) {
                    sumX += covered * x;
                    sumY += covered * y;
                    area += covered;
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = Math.max(bottom, y);
                }
            }
        }
        return area == 0
                ? new Body(size.width() / 2.0, size.height() / 2.0, 0, 0, -1, 0, -1)
                : new Body(sumX / area, sumY / area, area, left, right, top, bottom);
    }

    private static float[] features(
            float[] mask, FrameSize size, Body before, Body body, int tallest, double meanY, boolean mirrored) {
        float[] row = new float[COUNT];
        double forward = (body.x() - before.x()) * (mirrored ? -1 : 1);
        row[0] = (float) (SPEED * forward / tallest);
        row[1] = (float) (SPEED * (body.y() - before.y()) / tallest);
        row[2] = (float) body.height() / tallest;
        row[3] = (float) body.width() / tallest;
        row[4] = (float) (body.area() / ((double) tallest * tallest));
        row[5] = (float) ((body.y() - meanY) / tallest);
        double cell = REACH * tallest / ROWS;
        for (int y = 0; y < size.height(); y++) {
            int gridRow = (int) Math.floor((y - meanY) / cell + ROWS / 2.0);
            if (gridRow < 0 || gridRow >= ROWS) {
                continue;
            }
            for (int x = 0; x < size.width(); x++) {
                double aside = (x - body.x()) * (mirrored ? -1 : 1);
                int column = (int) Math.floor(aside / cell + COLUMNS / 2.0);
                if (column >= 0 && column < COLUMNS) {
                    row[EXTENTS + gridRow * COLUMNS + column] += (float) (mask[y * size.width() + x] / (cell * cell));
                }
            }
        }
        return row;
    }
}
