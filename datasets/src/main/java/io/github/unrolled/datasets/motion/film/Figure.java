package io.github.unrolled.datasets.motion.film;

import io.github.unrolled.datasets.drawing.Canvas;
import io.github.unrolled.datasets.drawing.Colour;
import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Draws a skeleton: left and right limbs in colours of their own, what is far paler and behind what is near. */
final class Figure {
    private static final double BONE = 5;
    private static final double GHOST_BONE = 4;
    /** How pale the farthest bone is. */
    private static final double FAR = 0.45;

    private static final double HEAD_RADIUS = 0.065;

    private final Skeleton skeleton;
    private final double height;
    private final int head;

    /** @param height of the body, in units of the skeleton */
    Figure(Skeleton skeleton, double height) {
        this.skeleton = skeleton;
        this.height = height;
        this.head = head(skeleton);
    }

    /** The last joint whose name speaks of a head; -1 if there is none. */
    private static int head(Skeleton skeleton) {
        int found = -1;
        for (int j = 0; j < skeleton.size(); j++) {
            if (skeleton.joints().get(j).name().toLowerCase(Locale.ROOT).contains("head")) {
                found = j;
            }
        }
        return found;
    }

    /** @param points of all joints, as the camera sees them */
    void draw(Canvas canvas, Camera camera, List<Vector3> points) {
        double reach = height * 0.5;
        List<Integer> bones = bones(points);
        for (int j : bones) {
            Joint joint = skeleton.joints().get(j);
            Vector3 from = points.get(joint.parent());
            Vector3 to = points.get(j);
            double depth = (from.z() + to.z()) / 2;
            double pale = FAR * Math.max(0, Math.min(1, 0.5 - depth / reach));
            bone(canvas, from, to, BONE, colour(joint).towards(Palette.BACKGROUND, pale));
            if (j == head) {
                canvas.disc(to.x(), to.y(), HEAD_RADIUS * height * camera.pixelsPerUnit(), Palette.TRUNK);
            }
        }
    }

    /** The same figure in one pale colour, to lie behind another one. */
    void drawGhost(Canvas canvas, Camera camera, List<Vector3> points) {
        for (int j : bones(points)) {
            Joint joint = skeleton.joints().get(j);
            bone(canvas, points.get(joint.parent()), points.get(j), GHOST_BONE, Palette.GHOST);
            if (j == head) {
                Vector3 at = points.get(j);
                canvas.disc(at.x(), at.y(), HEAD_RADIUS * height * camera.pixelsPerUnit(), Palette.GHOST);
            }
        }
    }

    /** The joints that end a bone, far ones first. */
    private List<Integer> bones(List<Vector3> points) {
        List<Integer> bones = new ArrayList<>();
        for (int j = 1; j < skeleton.size(); j++) {
            bones.add(j);
        }
        bones.sort(Comparator.comparingDouble(j -> points.get(j).z()
                + points.get(skeleton.joints().get(j).parent()).z()));
        return bones;
    }

    private static void bone(Canvas canvas, Vector3 from, Vector3 to, double thickness, Colour colour) {
        canvas.line(from.x(), from.y(), to.x(), to.y(), thickness, colour);
        canvas.disc(to.x(), to.y(), thickness * 0.6, colour);
    }

    /** A limb's side is in the name of its joints, as {@code LeftArm} or {@code LThumb}; an end has that of its limb. */
    private static Colour colour(Joint joint) {
        String name = joint.name();
        if (name.matches(
                "(?i).*left.*|[lL]_?[A-Z].*|l(femur|tibia|foot|toes|hipjoint|clavicle|humerus|radius|wrist|hand|"
                        + "fingers|thumb).*")) {
            return Palette.LEFT;
        }
        if (name.matches(
                "(?i).*right.*|[rR]_?[A-Z].*|r(femur|tibia|foot|toes|hipjoint|clavicle|humerus|radius|wrist|hand|"
                        + "fingers|thumb).*")) {
            return Palette.RIGHT;
        }
        return Palette.TRUNK;
    }
}
