package io.github.unrolled.benchmarks;

import static org.bytedeco.pytorch.global.torch.clip_grad_norm_;
import static org.bytedeco.pytorch.global.torch.cross_entropy;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.randint;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.EmbeddingImpl;
import org.bytedeco.pytorch.GRUImpl;
import org.bytedeco.pytorch.GRUOptions;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.RNNImpl;
import org.bytedeco.pytorch.RNNOptions;
import org.bytedeco.pytorch.T_TensorT_TensorTensor_T_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The same networks of libtorch's own modules. */
final class LibtorchSubjects {
    private LibtorchSubjects() {}

    static Subject make(SequenceTask task) {
        manual_seed(1);
        return task.sampling() ? new Sampling(task) : new Training(task);
    }

    private static Tensor symbols(long... shape) {
        return randint(SequenceTask.VOCABULARY, shape, new TensorOptions(ScalarType.Long));
    }

    /** Outputs of the layers for {@code [time, batch, features]}. */
    private interface Recurrent {
        Tensor forward(Tensor x);
    }

    private static final class Training implements Subject {
        private final SequenceTask task;
        private final EmbeddingImpl embedding;
        private final Recurrent layers;
        private final LinearImpl output;
        private final TensorVector parameters = new TensorVector();
        private final Adam optimizer;
        private final Tensor inputs;
        private final Tensor targets;

        Training(SequenceTask task) {
            this.task = task;
            int hidden = task.hidden();
            embedding = added(new EmbeddingImpl(SequenceTask.VOCABULARY, hidden));
            layers = switch (task.cell()) {
                case LSTM -> {
                    LSTMOptions options = new LSTMOptions(hidden, hidden);
                    options.num_layers().put(SequenceTask.LAYERS);
                    LSTMImpl lstm = added(new LSTMImpl(options));
                    yield x -> lstm.forward(x).get0();
                }
                case GRU -> {
                    GRUOptions options = new GRUOptions(hidden, hidden);
                    options.num_layers().put(SequenceTask.LAYERS);
                    GRUImpl gru = added(new GRUImpl(options));
                    yield x -> gru.forward(x).get0();
                }
                case RNN -> {
                    RNNOptions options = new RNNOptions(hidden, hidden);
                    options.num_layers().put(SequenceTask.LAYERS);
                    RNNImpl rnn = added(new RNNImpl(options));
                    yield x -> rnn.forward(x).get0();
                }
            };
            output = added(new LinearImpl(hidden, SequenceTask.VOCABULARY));
            optimizer = new Adam(parameters, new AdamOptions(Task.LEARNING_RATE));
            inputs = symbols(task.window(), task.batch());
            targets = symbols((long) task.window() * task.batch());
        }

        private <M extends Module> M added(M module) {
            TensorVector own = module.parameters();
            for (long i = 0; i < own.size(); i++) {
                parameters.push_back(own.get(i));
            }
            return module;
        }

        @Override
        @SuppressWarnings("try") // Guard and scope work by being open.
        public void step() {
            try (PointerScope scope = new PointerScope()) {
                optimizer.zero_grad();
                Tensor logits = output.forward(layers.forward(embedding.forward(inputs)));
                Tensor loss = cross_entropy(
                        logits.view((long) task.window() * task.batch(), SequenceTask.VOCABULARY), targets);
                loss.backward();
                clip_grad_norm_(parameters, 1);
                optimizer.step();
            }
        }
    }

    /** Greedy, the state carried from character to character. */
    private static final class Sampling implements Subject {
        private final EmbeddingImpl embedding;
        private final LSTMImpl lstm;
        private final LinearImpl output;
        private Tensor symbol = symbols(1, 1);
        private Tensor h;
        private Tensor c;

        Sampling(SequenceTask task) {
            embedding = new EmbeddingImpl(SequenceTask.VOCABULARY, task.hidden());
            LSTMOptions options = new LSTMOptions(task.hidden(), task.hidden());
            options.num_layers().put(SequenceTask.LAYERS);
            lstm = new LSTMImpl(options);
            output = new LinearImpl(task.hidden(), SequenceTask.VOCABULARY);
            lstm.eval();
            h = zeros(SequenceTask.LAYERS, 1, task.hidden());
            c = zeros(SequenceTask.LAYERS, 1, task.hidden());
        }

        @Override
        @SuppressWarnings("try") // Guard and scope work by being open.
        public void step() {
            try (NoGradGuard off = new NoGradGuard();
                    PointerScope scope = new PointerScope()) {
                T_TensorT_TensorTensor_T_T run = lstm.forward(embedding.forward(symbol), new T_TensorTensor_T(h, c));
                Tensor next = output.forward(run.get0()).argmax().view(1, 1);
                // The tuple's own tensors end with it; copies of the handles share the memory.
                T_TensorTensor_T state = run.get1();
                Tensor nextH = new Tensor(state.get0());
                Tensor nextC = new Tensor(state.get1());
                next.retainReference();
                nextH.retainReference();
                nextC.retainReference();
                symbol.close();
                h.close();
                c.close();
                symbol = next;
                h = nextH;
                c = nextC;
                if (symbol.item_long() < 0) {
                    throw new IllegalStateException("no symbol");
                }
            }
        }
    }
}
