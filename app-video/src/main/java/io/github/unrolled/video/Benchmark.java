package io.github.unrolled.video;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.datasets.video.actions.WeizmannMasks;
import io.github.unrolled.datasets.video.gesture.GesturePhase;
import io.github.unrolled.datasets.video.grid.GridMouth;
import io.github.unrolled.models.zoo.Zoo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code evaluate} measures: parts of data, each tested by the model that has not seen it, which make one row of
 * results.
 *
 * @param kind which models are meant: the data's name, with a colon where a part is left out
 * @param parts names of data as {@code --data} takes them
 */
record Benchmark(String kind, List<String> parts) {
    /** In place of what is left out, in the name of a model. */
    static final String PART = "{part}";

    /** Ours, as rows call it. */
    static final String OURS = "ours";

    /** The same network without recurrence, as rows call it. */
    static final String MEMORYLESS = "ours without recurrence";

    private static final String USERS = GesturePhase.ID + ":";

    private static final String PERSONS = WeizmannMasks.ID + ":";

    private static final Map<String, List<String>> MODELS = Map.of(
            Shapes.FRAMES,
            List.of("video/shapes", "video/shapes-none"),
            Shapes.CLIPS,
            List.of("video/shapes-clip"),
            GesturePhase.ID,
            List.of("video/gesture-published"),
            USERS,
            List.of("video/gesture-user-{part}"),
            GridMouth.ID,
            List.of("video/grid-s1", "video/grid-s1-none"),
            PERSONS,
            List.of("video/weizmann-{part}"));

    Benchmark {
        parts = List.copyOf(parts);
    }

    /**
     * What a value of {@code --data} stands for; the embedded sets where none is given.
     *
     * @param model that was named, which measures on what it was not trained on; empty for those that come along
     */
    static List<Benchmark> of(String name, String model) {
        if (name.isEmpty()) {
            return List.of(
                    new Benchmark(Shapes.FRAMES, List.of(Shapes.FRAMES)),
                    new Benchmark(Shapes.CLIPS, List.of(Shapes.CLIPS)));
        }
        if (!model.isEmpty() && !model.contains(PART)) {
            return List.of(new Benchmark(name, List.of(name)));
        }
        if (name.equals(GesturePhase.ID)) {
            List<Benchmark> all = new ArrayList<>(List.of(new Benchmark(name, List.of(name))));
            Gestures.USERS.forEach(user -> all.add(new Benchmark(USERS, List.of(USERS + user))));
            return all;
        }
        if (name.equals(WeizmannMasks.ID)) {
            return List.of(new Benchmark(
                    PERSONS, Actions.PERSONS.stream().map(PERSONS::concat).toList()));
        }
        return List.of(
                new Benchmark(DataSource.leftOut(name).isEmpty() ? name : DataSource.set(name) + ":", List.of(name)));
    }

    /** The shipped models by what rows call them; a name may have {@link #PART} in it. */
    List<Map.Entry<String, String>> models() {
        List<Map.Entry<String, String>> models = new ArrayList<>();
        List<String> names = MODELS.getOrDefault(kind, List.of());
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).contains(PART) && Zoo.find(names.get(i)).isEmpty()) {
                continue;
            }
            models.add(Map.entry(i == 0 ? OURS : MEMORYLESS, names.get(i)));
        }
        if (models.isEmpty()) {
            throw new UsageException("no shipped model knows " + parts.get(0) + "; name one with --model");
        }
        return models;
    }

    /** What is left out in a part: {@code daria} of {@code weizmann-masks:daria}, the whole name where nothing is. */
    static String leftOut(String part) {
        return part.substring(part.indexOf(':') + 1);
    }
}
