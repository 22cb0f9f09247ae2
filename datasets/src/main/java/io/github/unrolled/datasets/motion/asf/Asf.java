package io.github.unrolled.datasets.motion.asf;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.motion.skeleton.Axis;
import io.github.unrolled.datasets.motion.skeleton.EulerOrder;
import io.github.unrolled.datasets.motion.skeleton.Joint;
import io.github.unrolled.datasets.motion.skeleton.Rotation;
import io.github.unrolled.datasets.motion.skeleton.Skeleton;
import io.github.unrolled.datasets.motion.skeleton.Vector3;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A skeleton in the ASF format. A bone turns itself and all that hangs on it, so it becomes a joint where it begins; where
 * a bone ends without another one, an end marks the place.
 *
 * <p>Read are files in degrees whose root is ordered TX TY TZ RX RY RZ and whose bones turn about x, y, z in that order,
 * which all published trials of CMU are.
 */
public final class Asf {
    private static final int MOST_BONES = 4096;

    private final Map<String, Bone> bones = new LinkedHashMap<>();
    private final List<Bone> ofJoint = new ArrayList<>();
    private final Map<String, Integer> ends = new LinkedHashMap<>();
    private final Skeleton skeleton;

    private Asf(String name, Lines lines) {
        Map<String, String> parents = new LinkedHashMap<>();
        while (lines.hasNext()) {
            Line line = lines.read();
            switch (line.key().toLowerCase(Locale.ROOT)) {
                case ":units" -> units(lines);
                case ":root" -> root(lines);
                case ":bonedata" -> bones(lines);
                case ":hierarchy" -> hierarchy(lines, parents);
                default -> {
                    // Version, name and documentation say nothing about the motion.
                }
            }
        }
        if (bones.isEmpty() || parents.isEmpty()) {
            throw new DataException(name + " has no " + (bones.isEmpty() ? ":bonedata" : ":hierarchy")
                    + "; is it an ASF file, and whole?");
        }
        this.skeleton = build(name, parents);
    }

    /**
     * Reads a file.
     *
     * @throws DataException if it is damaged, with the line
     */
    public static Asf read(Path file) throws IOException {
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        return of(file.toString(), text);
    }

    /** Reads the text of a file. */
    static Asf of(String name, String text) {
        return new Asf(name, new Lines(name, text));
    }

    private static void units(Lines lines) {
        while (lines.hasNextOfSection()) {
            Line line = lines.read();
            if (line.key().equals("angle") && !line.words().equals(List.of("angle", "deg"))) {
                throw line.fault("the unit of angles is '" + line + "', expected 'angle deg'");
            }
        }
    }

    private static void root(Lines lines) {
        while (lines.hasNextOfSection()) {
            Line line = lines.read();
            String rest = String.join(" ", line.rest()).toUpperCase(Locale.ROOT);
            boolean known = switch (line.key()) {
                case "order" -> rest.equals("TX TY TZ RX RY RZ");
                case "axis" -> rest.equals("XYZ");
                default -> isZero(line);
            };
            if (!known) {
                throw line.fault("the root's " + line.key() + " is '" + rest
                        + "'; read are order TX TY TZ RX RY RZ, axis XYZ, position and orientation 0");
            }
        }
    }

    private static boolean isZero(Line line) {
        for (int i = 1; i < line.words().size(); i++) {
            if (line.decimal(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private void bones(Lines lines) {
        while (lines.hasNext() && lines.peek().key().equals("begin")) {
            lines.read();
            String name = "";
            Vector3 direction = Vector3.ZERO;
            double length = Double.NaN;
            Rotation frame = Rotation.IDENTITY;
            List<Axis> freedoms = new ArrayList<>();
            Line line = lines.read();
            while (!line.key().equals("end")) {
                switch (line.key()) {
                    case "name" -> name = line.words().size() > 1 ? line.words().get(1) : "";
                    case "direction" -> direction = vector(line);
                    case "length" -> length = line.decimal(1);
                    case "axis" -> frame = frame(line);
                    case "dof" -> freedoms = freedoms(line);
                    default -> {
                        // Number, limits and body mass do not move anything.
                    }
                }
                line = lines.read();
            }
            if (name.isEmpty() || Double.isNaN(length)) {
                throw line.fault("the bone '" + name + "' that ends here lacks its name or length");
            }
            if (bones.put(name, new Bone(name, direction.times(length), frame, List.copyOf(freedoms))) != null) {
                throw line.fault("there are two bones called " + name);
            }
            if (bones.size() > MOST_BONES) {
                throw line.fault("there are more than " + MOST_BONES + " bones, which no skeleton has");
            }
        }
    }

    private static Vector3 vector(Line line) {
        return new Vector3(line.decimal(1), line.decimal(2), line.decimal(3));
    }

    private static Rotation frame(Line line) {
        Vector3 degrees = vector(line);
        if (line.words().size() > 4 && !line.words().get(4).equalsIgnoreCase("XYZ")) {
            throw line.fault("the bone's axis is in order " + line.words().get(4) + ", expected XYZ");
        }
        return ofDegrees(degrees);
    }

    /** Rz Ry Rx of angles about x, y, z in degrees. */
    static Rotation ofDegrees(Vector3 degrees) {
        return Rotation.ofEuler(
                EulerOrder.ZYX,
                new Vector3(Math.toRadians(degrees.z()), Math.toRadians(degrees.y()), Math.toRadians(degrees.x())));
    }

    private static List<Axis> freedoms(Line line) {
        List<Axis> axes = new ArrayList<>();
        for (String word : line.rest()) {
            Axis axis = switch (word.toLowerCase(Locale.ROOT)) {
                case "rx" -> Axis.X;
                case "ry" -> Axis.Y;
                case "rz" -> Axis.Z;
                default -> throw line.fault("the freedom '" + word + "' is not one of rx, ry, rz");
            };
            if (!axes.isEmpty() && axis.compareTo(axes.get(axes.size() - 1)) <= 0) {
                throw line.fault("the freedoms are not in the order rx ry rz");
            }
            axes.add(axis);
        }
        return axes;
    }

    private void hierarchy(Lines lines, Map<String, String> parents) {
        while (lines.hasNextOfSection()) {
            Line line = lines.read();
            if (line.key().equals("begin") || line.key().equals("end")) {
                continue;
            }
            for (String child : line.rest()) {
                if (!bones.containsKey(child) || !(line.key().equals("root") || bones.containsKey(line.key()))) {
                    throw line.fault("'" + line + "' names a bone that :bonedata lacks");
                }
                if (parents.put(child, line.key()) != null) {
                    throw line.fault("the bone " + child + " hangs on two others");
                }
            }
        }
    }

    private Skeleton build(String name, Map<String, String> parents) {
        List<Joint> joints = new ArrayList<>(List.of(new Joint("root", -1, Vector3.ZERO, false)));
        ofJoint.add(new Bone("root", Vector3.ZERO, Rotation.IDENTITY, List.of()));
        ends.put("root", 0);
        grow("root", 0, parents, joints);
        if (ends.size() != bones.size() + 1) {
            throw new DataException(name + ": the hierarchy reaches " + (ends.size() - 1) + " of " + bones.size()
                    + " bones from the root; the others hang on nothing or on each other");
        }
        return new Skeleton(joints);
    }

    /** Adds the bones that hang on one, limb by limb. */
    private void grow(String parent, int parentJoint, Map<String, String> parents, List<Joint> joints) {
        Vector3 offset = ofJoint.get(parentJoint).segment();
        boolean isLeaf = true;
        for (Map.Entry<String, String> link : parents.entrySet()) {
            if (link.getValue().equals(parent)) {
                isLeaf = false;
                int joint = joints.size();
                joints.add(new Joint(link.getKey(), parentJoint, offset, false));
                ofJoint.add(bone(link.getKey()));
                ends.putIfAbsent(parent, joint);
                grow(link.getKey(), joint, parents, joints);
            }
        }
        if (isLeaf) {
            ends.put(parent, joints.size());
            joints.add(new Joint(parent + " end", parentJoint, offset, true));
            ofJoint.add(new Bone(parent + " end", Vector3.ZERO, Rotation.IDENTITY, List.of()));
        }
    }

    private Bone bone(String name) {
        return Objects.requireNonNull(bones.get(name), name);
    }

    /** The joints: the root, every bone where it begins, and an end for every bone on which none hangs. */
    public Skeleton skeleton() {
        return skeleton;
    }

    /**
     * The joint that lies where a bone ends.
     *
     * @throws IllegalArgumentException if there is no such bone
     */
    public int endOf(String bone) {
        Integer joint = ends.get(bone);
        if (joint == null) {
            throw new IllegalArgumentException("no bone is called " + bone + "; there are " + bones.keySet());
        }
        return joint;
    }

    /** The bone that a joint begins. */
    Bone boneOf(int joint) {
        return ofJoint.get(joint);
    }
}
