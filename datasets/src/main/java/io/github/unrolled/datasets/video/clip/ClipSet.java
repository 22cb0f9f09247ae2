package io.github.unrolled.datasets.video.clip;

import io.github.unrolled.datasets.DataException;
import io.github.unrolled.datasets.video.FrameSize;
import io.github.unrolled.datasets.video.clip.ClipSplit.Part;
import io.github.unrolled.random.Seed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Labelled clips of one size and one list of classes. Immutable.
 *
 * @param name what it is
 * @param classes the names of the labels, from 0
 * @param level what has a label of its own
 * @param clips with unique names
 * @param problems a sentence for each clip that could not be taken, or taken only in part
 */
public record ClipSet(
        String name, List<String> classes, LabelLevel level, List<LabelledClip> clips, List<String> problems) {
    private static final double PERCENT = 100;

    /**
     * Checks and copies the lists.
     *
     * @throws IllegalArgumentException if a label is not among the classes, a name comes twice, or clips differ in size
     */
    public ClipSet {
        classes = List.copyOf(classes);
        clips = List.copyOf(clips);
        problems = List.copyOf(problems);
        Set<String> names = new HashSet<>();
        for (LabelledClip clip : clips) {
            if (!names.add(clip.name())) {
                throw new IllegalArgumentException("two clips of " + name + " are called " + clip.name());
            }
            FrameSize size = clip.frames().size();
            if (!size.equals(clips.get(0).frames().size())) {
                throw new IllegalArgumentException("the clip " + clip.name() + " has frames of " + size + ", others of "
                        + clips.get(0).frames().size());
            }
            for (int i = 0; i < clip.length(); i++) {
                if (clip.label(i) >= classes.size()) {
                    throw new IllegalArgumentException("the clip " + clip.name() + " has the label " + clip.label(i)
                            + " where " + classes.size() + " classes are known");
                }
            }
        }
    }

    /**
     * The size of the frames.
     *
     * @throws DataException if there is no clip
     */
    public FrameSize size() {
        if (clips.isEmpty()) {
            throw new DataException("the set " + name + " has no clips");
        }
        return clips.get(0).frames().size();
    }

    /** All frames. */
    public long frames() {
        return clips.stream().mapToLong(LabelledClip::length).sum();
    }

    /** How many frames, or clips where these have the labels, each class has: {@code [classes]}. */
    public long[] counts() {
        long[] counts = new long[classes.size()];
        for (LabelledClip clip : clips) {
            if (level == LabelLevel.CLIP) {
                count(clip.clipLabel(), counts);
            } else {
                for (int i = 0; i < clip.length(); i++) {
                    count(clip.label(i), counts);
                }
            }
        }
        return counts;
    }

    private static void count(int label, long[] counts) {
        if (label != LabelledClip.NONE) {
            counts[label]++;
        }
    }

    /**
     * What the classes' numbers ask attention for: classes without an example, and classes that have less than a share of
     * what an even division would give them. A sentence each; none if all is well.
     *
     * @param fewest the share of the even number below which a class is named, such as 0.2
     */
    public List<String> imbalance(double fewest) {
        long[] counts = counts();
        long all = 0;
        for (long count : counts) {
            all += count;
        }
        String what = level == LabelLevel.CLIP ? "clips" : "labelled frames";
        List<String> found = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] == 0) {
                found.add("the class " + classes.get(i) + " has no " + what + " in " + name);
            } else if (counts[i] * (double) counts.length < fewest * all) {
                found.add(String.format(
                        java.util.Locale.ROOT,
                        "the class %s has only %d of %d %s in %s (%.1f %%)",
                        classes.get(i),
                        counts[i],
                        all,
                        what,
                        name,
                        PERCENT * counts[i] / all));
            }
        }
        return found;
    }

    /** The groups, sorted. */
    public List<String> groups() {
        return List.copyOf(new TreeSet<>(clips.stream().map(LabelledClip::group).toList()));
    }

    /** Those clips, with the name, the classes and no problems. */
    public ClipSet withClips(String part, List<LabelledClip> chosen) {
        return new ClipSet(part, classes, level, chosen, List.of());
    }

    /**
     * Divides the groups by chance, so that clips of one group are on one side. Validation and test get the number of groups
     * nearest to their share, at least one if the share is above 0.
     *
     * @param valid share of the groups for validation
     * @param test share of the groups for test
     * @param seed of the chance
     * @throws DataException if there are too few groups
     * @throws IllegalArgumentException if a share is negative or they leave nothing to train on
     */
    public ClipSplit split(double valid, double test, Seed seed) {
        if (!(valid >= 0) || !(test >= 0) || !(valid + test < 1)) {
            throw new IllegalArgumentException("a share of " + valid + " for validation and " + test
                    + " for test; neither is negative and together they are below 1");
        }
        List<String> order = new ArrayList<>(groups());
        Collections.shuffle(order, new Random(seed.split("split").value()));
        int forValid = share(valid, order.size());
        int forTest = share(test, order.size());
        if (order.isEmpty() || forValid + forTest >= order.size()) {
            throw new DataException(
                    "the set " + name + " has " + order.size() + " groups, too few for training, " + forValid
                            + " for validation and " + forTest + " for test; give more sources or an explicit split");
        }
        Map<String, Part> parts = new HashMap<>();
        for (int i = 0; i < order.size(); i++) {
            parts.put(order.get(i), i < forTest ? Part.TEST : i < forTest + forValid ? Part.VALID : Part.TRAIN);
        }
        return split(clip -> parts.getOrDefault(clip.group(), Part.TRAIN));
    }

    private static int share(double share, int groups) {
        return share == 0 ? 0 : Math.max(1, (int) Math.round(share * groups));
    }

    /**
     * Divides by a list.
     *
     * @param parts for each clip's name its part
     * @throws DataException if a clip is not in the list, or a group is in more than one part
     */
    public ClipSplit split(Map<String, Part> parts) {
        return split(clip -> {
            Part part = parts.get(clip.name());
            if (part == null) {
                throw new DataException(
                        "the split of " + name + " does not say where the clip " + clip.name() + " belongs");
            }
            return part;
        });
    }

    /**
     * Tests on one group, trains on the others; nothing is held out for validation.
     *
     * @throws DataException if there is no such group, or no other
     */
    public ClipSplit leaveOut(String group) {
        List<String> known = groups();
        if (!known.contains(group) || known.size() < 2) {
            throw new DataException(
                    "the set " + name + " cannot be tested on " + group + " alone; its groups are " + known);
        }
        return split(clip -> clip.group().equals(group) ? Part.TEST : Part.TRAIN);
    }

    private ClipSplit split(Function<LabelledClip, Part> rule) {
        Map<String, Part> ofGroup = new HashMap<>();
        Map<Part, List<LabelledClip>> chosen = new HashMap<>();
        for (LabelledClip clip : clips) {
            Part part = rule.apply(clip);
            Part earlier = ofGroup.putIfAbsent(clip.group(), part);
            if (earlier != null && earlier != part) {
                throw new DataException("the split of " + name + " divides the group " + clip.group() + ": the clip "
                        + clip.name() + " is in " + part + ", another of it in " + earlier);
            }
            chosen.computeIfAbsent(part, key -> new ArrayList<>()).add(clip);
        }
        return new ClipSplit(
                withClips(name + " train", chosen.getOrDefault(Part.TRAIN, List.of())),
                withClips(name + " valid", chosen.getOrDefault(Part.VALID, List.of())),
                withClips(name + " test", chosen.getOrDefault(Part.TEST, List.of())));
    }
}
