package io.github.unrolled.models.video;

import io.github.unrolled.model.ModelFile;
import io.github.unrolled.nn.Parameters;
import io.github.unrolled.random.Seed;
import io.github.unrolled.tensor.Allocator;
import java.util.List;
import java.util.random.RandomGenerator;

/** Small networks and sequences, made from seeds. */
final class Fixtures {
    static final int HEIGHT = 7;
    static final int WIDTH = 9;
    static final int CHANNELS = 2;
    static final int CLASSES = 3;

    private Fixtures() {}

    static VideoConfig config(String recurrence, boolean bidirectional, int before, int ahead) {
        return config(recurrence, bidirectional, before, ahead, VideoConfig.FRAME, VideoConfig.MEAN);
    }

    static VideoConfig config(
            String recurrence, boolean bidirectional, int before, int ahead, String level, String pooling) {
        return new VideoConfig(
                HEIGHT,
                WIDTH,
                CHANNELS,
                before,
                ahead,
                List.of(3, 8),
                5,
                recurrence,
                4,
                2,
                bidirectional,
                level,
                pooling,
                CLASSES,
                0);
    }

    static SavedVideo saved(VideoConfig config, Allocator allocator) {
        VideoModel model = new VideoModel(config, new Parameters(allocator, new Seed(7)));
        Standardisation standardisation =
                new Standardisation(false, new float[] {0.4f, 0.6f}, new float[] {0.2f, 0.3f});
        return new SavedVideo(model, standardisation, List.of("a", "b", "c"), ModelFile.newDescription());
    }

    static LabelledSequence sequence(int frames, long seed) {
        RandomGenerator random = new Seed(seed).generator();
        float[][] rows = new float[frames][HEIGHT * WIDTH * CHANNELS];
        int[] labels = new int[frames];
        for (int t = 0; t < frames; t++) {
            for (int i = 0; i < rows[t].length; i++) {
                rows[t][i] = random.nextFloat();
            }
            labels[t] = random.nextInt(CLASSES + 1) - 1;
        }
        return new LabelledSequence("s" + seed, "g" + seed, Values.of(rows), labels, (int) (seed % CLASSES));
    }

    static ClipBatch.Window whole(List<LabelledSequence> sequences, int index) {
        return new ClipBatch.Window(index, 0, sequences.get(index).frames(), true, Augmentation.Drawn.NOTHING);
    }
}
