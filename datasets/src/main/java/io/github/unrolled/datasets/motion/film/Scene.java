package io.github.unrolled.datasets.motion.film;

import io.github.unrolled.datasets.drawing.Canvas;
import io.github.unrolled.datasets.drawing.Colour;
import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.Motion;
import io.github.unrolled.datasets.motion.skeleton.Pose;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A take as pictures: panels, floor, figures, labels and the line of time. */
final class Scene {
    private static final double ELEVATION = 0.2;
    /** From three quarters ahead: both arms and both legs are seen, and how far they swing. */
    private static final double BESIDE = 1.0;

    private static final double BODY_SHARE = 0.56;
    private static final int FLOOR_TILES = 7;
    /** Of the body's height. */
    private static final double TILE_SHARE = 0.2;

    private static final double MARGIN = 28;

    private final Take take;
    private final double slowness;
    private final int width;
    private final int height;
    private final Motion truth;
    private final Motion predicted;
    private final double ground;
    private final double body;
    private final Figure figure;
    private final boolean comparing;
    private final List<Vector3> path;

    Scene(Take take, double slowness, int width, int height) {
        this.take = take;
        this.slowness = slowness;
        this.width = width;
        this.height = height;
        this.comparing = !take.truth().isEmpty();
        this.predicted = whole(take.predicted());
        this.truth = comparing ? whole(take.truth()) : predicted;
        Skeleton skeleton = take.skeleton();
        double low = Double.POSITIVE_INFINITY;
        double tall = 0;
        for (Pose pose : truth.poses()) {
            List<Vector3> points = skeleton.positions(pose);
            double foot = points.stream().mapToDouble(Vector3::y).min().orElseThrow();
            double top = points.stream().mapToDouble(Vector3::y).max().orElseThrow();
            low = Math.min(low, foot);
            tall = Math.max(tall, top - foot);
        }
        this.ground = low;
        this.body = Math.max(tall, 1e-6);
        this.figure = new Figure(skeleton, body);
        this.path = smoothed(truth);
    }

    private Motion whole(List<Pose> continuation) {
        List<Pose> poses = new ArrayList<>(take.seen());
        poses.addAll(continuation);
        return new Motion(take.skeleton(), take.frameSeconds(), poses);
    }

    /** The root's way over the ground without its sway, for the camera to follow. */
    private List<Vector3> smoothed(Motion motion) {
        int reach = Math.max(1, (int) Math.round(0.4 / motion.frameSeconds()));
        List<Vector3> smooth = new ArrayList<>();
        for (int f = 0; f < motion.poses().size(); f++) {
            Vector3 sum = Vector3.ZERO;
            int from = Math.max(0, f - reach);
            int to = Math.min(motion.poses().size() - 1, f + reach);
            // As far back as ahead: near the ends the camera then keeps to the body.
            int even = Math.min(f - from, to - f);
            for (int g = f - even; g <= f + even; g++) {
                sum = sum.plus(motion.poses().get(g).rootPosition());
            }
            smooth.add(sum.times(1.0 / (2 * even + 1)).with(Axis.Y, ground));
        }
        return smooth;
    }

    double seconds() {
        return truth.seconds();
    }

    private double seenSeconds() {
        return (take.seen().size() - 1) * take.frameSeconds();
    }

    private Vector3 followed(double seconds) {
        double position = Math.min(path.size() - 1.0, seconds / take.frameSeconds());
        int before = (int) position;
        int after = Math.min(path.size() - 1, before + 1);
        return path.get(before).plus(path.get(after).minus(path.get(before)).times(position - before));
    }

    void draw(Canvas canvas, double seconds) {
        canvas.fill(Palette.BACKGROUND);
        boolean isPredicted = seconds > seenSeconds() + 1e-9;
        if (comparing) {
            panel(canvas, camera(width * 0.25), seconds, truth, false);
            panel(canvas, camera(width * 0.75), seconds, predicted, isPredicted);
            canvas.line(width / 2.0, 64, width / 2.0, height - 84, 1, Palette.GRID);
            label(canvas, width * 0.25, "truth", Palette.TEXT);
            label(
                    canvas,
                    width * 0.75,
                    isPredicted ? "prediction" : "seen",
                    isPredicted ? Palette.PREDICTED : Palette.TEXT);
        } else {
            panel(canvas, camera(width * 0.5), seconds, predicted, false);
            label(
                    canvas,
                    width * 0.5,
                    isPredicted ? "prediction" : "seen",
                    isPredicted ? Palette.PREDICTED : Palette.TEXT);
        }
        canvas.text(MARGIN, 40, 13, take.title(), Palette.TEXT);
        String speed = slowness == 1 ? "" : speed(slowness);
        canvas.text(width - MARGIN - canvas.textWidth(speed, 10), 40, 10, speed, Palette.FAINT_TEXT);
        timeLine(canvas, seconds);
    }

    private static String speed(double slowness) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(slowness)
                + "x slower than life";
    }

    private Camera camera(double centreX) {
        Vector3 ahead =
                take.seen().get(take.seen().size() - 1).rotations().get(0).apply(new Vector3(0, 0, 1));
        double heading = Math.atan2(ahead.x(), ahead.z());
        double pixelsPerUnit = BODY_SHARE * height / body;
        return new Camera(Camera.from(heading + BESIDE, ELEVATION), pixelsPerUnit, centreX, height * 0.76);
    }

    private static void label(Canvas canvas, double centreX, String label, Colour colour) {
        canvas.text(centreX - canvas.textWidth(label, 13) / 2, 78, 13, label, colour);
    }

    private void panel(Canvas canvas, Camera camera, double seconds, Motion motion, boolean withGhost) {
        Vector3 followed = followed(seconds);
        floor(canvas, camera, followed);
        if (withGhost) {
            figure.drawGhost(canvas, camera, points(camera, truth.at(seconds), followed));
        }
        figure.draw(canvas, camera, points(camera, motion.at(seconds), followed));
    }

    private List<Vector3> points(Camera camera, Pose pose, Vector3 followed) {
        return take.skeleton().positions(pose).stream()
                .map(point -> camera.project(point, followed))
                .toList();
    }

    /** How far the floor is seen: not into the panel beside. */
    private double reach(Camera camera) {
        double panel = comparing ? width / 4.0 : width / 2.0;
        return Math.min(FLOOR_TILES * TILE_SHARE * body, panel / camera.pixelsPerUnit());
    }

    /** Lines of the ground that stay where they are while the camera moves, fading out with the distance. */
    private void floor(Canvas canvas, Camera camera, Vector3 followed) {
        double tile = TILE_SHARE * body;
        double firstX = Math.floor(followed.x() / tile) * tile;
        double firstZ = Math.floor(followed.z() / tile) * tile;
        for (int i = -FLOOR_TILES; i <= FLOOR_TILES + 1; i++) {
            for (int k = -FLOOR_TILES; k <= FLOOR_TILES; k++) {
                floorLine(canvas, camera, followed, firstX + i * tile, firstZ + k * tile, 0, tile);
                floorLine(canvas, camera, followed, firstX + k * tile, firstZ + i * tile, tile, 0);
            }
        }
    }

    private void floorLine(
            Canvas canvas, Camera camera, Vector3 followed, double x, double z, double alongX, double alongZ) {
        Vector3 from = new Vector3(x, ground, z);
        Vector3 to = new Vector3(x + alongX, ground, z + alongZ);
        double far = from.plus(to).times(0.5).minus(followed).length() / reach(camera);
        if (far < 1) {
            Vector3 a = camera.project(from, followed);
            Vector3 b = camera.project(to, followed);
            canvas.line(a.x(), a.y(), b.x(), b.y(), 1, Palette.GRID.towards(Palette.BACKGROUND, far * far));
        }
    }

    private void timeLine(Canvas canvas, double seconds) {
        double y = height - 48;
        double from = MARGIN;
        double to = width - MARGIN;
        double border = from + (to - from) * seenSeconds() / seconds();
        double now = from + (to - from) * seconds / seconds();
        canvas.line(from, y, to, y, 3, Palette.GRID);
        canvas.line(from, y, Math.min(now, border), y, 3, Palette.FAINT_TEXT);
        if (now > border) {
            canvas.line(border, y, now, y, 3, Palette.PREDICTED);
        }
        canvas.line(border, y - 8, border, y + 8, 2, Palette.TEXT);
        canvas.disc(now, y, 6, now > border ? Palette.PREDICTED : Palette.FAINT_TEXT);
        String since = String.format(Locale.ROOT, "%+.2f s", seconds - seenSeconds());
        canvas.text(from, y + 28, 10, "seen", Palette.FAINT_TEXT);
        canvas.text(border + 6, y + 28, 10, "predicted", Palette.FAINT_TEXT);
        canvas.text(to - canvas.textWidth(since, 11), y + 28, 11, since, Palette.TEXT);
    }
}
