package io.github.unrolled.benchmarks;

import static org.bytedeco.pytorch.global.torch.conv2d;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.zeros;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.MemoryFormat;

/** The same network of libtorch's functions, in whichever of its two layouts is faster here. */
final class LibtorchConvolution {
    private static final double TRIAL_SECONDS = 1;
    private static final int TRIAL_STEPS = 2;

    private LibtorchConvolution() {}

    static Subject make(ImageTask task) {
        manual_seed(1);
        Subject usual = new Network(task, MemoryFormat.Contiguous);
        Subject channelsLast = new Network(task, MemoryFormat.ChannelsLast);
        return trial(usual) <= trial(channelsLast) ? usual : channelsLast;
    }

    private static double trial(Subject subject) {
        Statistics.timed(subject, TRIAL_SECONDS, TRIAL_STEPS);
        return Statistics.median(Statistics.timed(subject, TRIAL_SECONDS, TRIAL_STEPS));
    }

    private static final class Network implements Subject {
        private static final long[] ONE = {1, 1};
        private static final long[] PADDING = {ImageTask.SIZE / 2, ImageTask.SIZE / 2};

        private final ImageTask task;
        private final List<Tensor> weights = new ArrayList<>();
        private final List<Tensor> biases = new ArrayList<>();
        private final Adam optimizer;
        private final Tensor images;
        private final Tensor targets;

        Network(ImageTask task, MemoryFormat format) {
            this.task = task;
            TensorVector parameters = new TensorVector();
            for (int i = 0; i < ImageTask.LAYERS; i++) {
                long in = ImageTask.in(i);
                double deviation = Math.sqrt(2.0 / (ImageTask.SIZE * ImageTask.SIZE * in));
                Tensor weight = randn(ImageTask.out(i), in, ImageTask.SIZE, ImageTask.SIZE)
                        .mul(new org.bytedeco.pytorch.Scalar(deviation))
                        .contiguous(format)
                        .detach();
                Tensor bias = zeros(ImageTask.out(i));
                weight.set_requires_grad(task.training());
                bias.set_requires_grad(task.training());
                weights.add(weight);
                biases.add(bias);
                parameters.push_back(weight);
                parameters.push_back(bias);
            }
            optimizer = new Adam(parameters, new AdamOptions(Task.LEARNING_RATE));
            images = randn(task.batch(), 1, task.side(), task.side()).contiguous(format);
            targets = randn(task.batch(), 1, task.side(), task.side()).contiguous(format);
        }

        private Tensor forward() {
            Tensor y = images;
            for (int i = 0; i < ImageTask.LAYERS; i++) {
                Tensor convolved = conv2d(y, weights.get(i), new TensorOptional(biases.get(i)), ONE, PADDING, ONE, 1);
                Tensor next = i == ImageTask.LAYERS - 1 ? convolved : activated(convolved);
                if (!task.training() && i > 0) {
                    // Libtorch's own callers free what they no longer need; a scope would keep it to the end.
                    y.close();
                }
                y = next;
            }
            return y;
        }

        private Tensor activated(Tensor convolved) {
            return task.training() ? relu(convolved) : convolved.relu_();
        }

        @Override
        @SuppressWarnings("try") // Guard and scope work by being open.
        public void step() {
            if (!task.training()) {
                try (NoGradGuard off = new NoGradGuard();
                        PointerScope scope = new PointerScope()) {
                    forward();
                }
                return;
            }
            try (PointerScope scope = new PointerScope()) {
                optimizer.zero_grad();
                Tensor loss = mse_loss(forward(), targets);
                loss.backward();
                optimizer.step();
            }
        }
    }
}
