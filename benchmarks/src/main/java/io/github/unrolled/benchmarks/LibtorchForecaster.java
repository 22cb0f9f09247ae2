package io.github.unrolled.benchmarks;

import static org.bytedeco.pytorch.global.torch.clip_grad_norm_;
import static org.bytedeco.pytorch.global.torch.manual_seed;
import static org.bytedeco.pytorch.global.torch.mse_loss;
import static org.bytedeco.pytorch.global.torch.randn;
import static org.bytedeco.pytorch.global.torch.relu;
import static org.bytedeco.pytorch.global.torch.set_num_threads;
import static org.bytedeco.pytorch.global.torch.stack;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.LSTMCellImpl;
import org.bytedeco.pytorch.LSTMImpl;
import org.bytedeco.pytorch.LSTMOptions;
import org.bytedeco.pytorch.LinearImpl;
import org.bytedeco.pytorch.Module;
import org.bytedeco.pytorch.T_TensorT_TensorTensor_T_T;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;

/**
 * The same encoder-decoder of libtorch's modules, in whichever form is the fastest here: decoding by its cell or by its layer
 * a step at a time, on one thread or on all.
 */
final class LibtorchForecaster {
    private static final double TRIAL_SECONDS = 1;
    private static final int TRIAL_STEPS = 5;

    private LibtorchForecaster() {}

    /** Sets the number of libtorch's threads in this process, too: each row has a process of its own. */
    static Subject make(ForecastTask task) {
        manual_seed(1);
        record Form(Subject subject, int threads, double milliseconds) {}
        List<Form> forms = new ArrayList<>();
        for (int threads : new int[] {1, OurSubjects.threads()}) {
            for (boolean byCell : new boolean[] {true, false}) {
                set_num_threads(threads);
                Subject subject = new Network(task, byCell);
                Statistics.timed(subject, TRIAL_SECONDS, TRIAL_STEPS);
                double median = Statistics.median(Statistics.timed(subject, TRIAL_SECONDS, TRIAL_STEPS));
                forms.add(new Form(subject, threads, median));
            }
        }
        Form fastest = forms.stream()
                .min(Comparator.comparingDouble(Form::milliseconds))
                .orElseThrow();
        set_num_threads(fastest.threads);
        return fastest.subject;
    }

    private static final class Network implements Subject {
        private final ForecastTask task;
        private final boolean byCell;
        private final TensorVector parameters = new TensorVector();
        private final LinearImpl reading;
        private final LinearImpl writing;
        private final LSTMImpl encoder;
        private final LSTMImpl decoder;
        private final LSTMCellImpl cell;
        private final LinearImpl output;
        private final Adam optimizer;
        private final Tensor seen;
        private final Tensor truth;

        Network(ForecastTask task, boolean byCell) {
            this.task = task;
            this.byCell = byCell;
            reading = added(new LinearImpl(ForecastTask.PLACE, task.embedding()));
            writing = added(new LinearImpl(ForecastTask.PLACE, task.embedding()));
            encoder = added(new LSTMImpl(new LSTMOptions(task.embedding(), task.hidden())));
            decoder = new LSTMImpl(new LSTMOptions(task.embedding(), task.hidden()));
            cell = new LSTMCellImpl(task.embedding(), task.hidden());
            added(byCell ? cell : decoder);
            output = added(new LinearImpl(task.hidden(), ForecastTask.PLACE));
            optimizer = new Adam(parameters, new AdamOptions(Task.LEARNING_RATE));
            seen = randn(task.observed(), task.batch(), ForecastTask.PLACE);
            truth = randn(task.predicted(), task.batch(), ForecastTask.PLACE);
        }

        private <M extends Module> M added(M module) {
            TensorVector own = module.parameters();
            for (long i = 0; i < own.size(); i++) {
                parameters.push_back(own.get(i));
            }
            return module;
        }

        @Override
        @SuppressWarnings("try") // Scope works by being open.
        public void step() {
            try (PointerScope scope = new PointerScope()) {
                optimizer.zero_grad();
                Tensor read = relu(reading.forward(seen));
                T_TensorT_TensorTensor_T_T encoded = encoder.forward(read);
                Tensor last = seen.select(0, task.observed() - 1);
                TensorVector written = byCell ? byCell(encoded.get1(), last) : byLayer(encoded.get1(), last);
                Tensor loss = mse_loss(stack(written), truth);
                loss.backward();
                clip_grad_norm_(parameters, 1);
                optimizer.step();
            }
        }

        private TensorVector byCell(T_TensorTensor_T encoded, Tensor last) {
            T_TensorTensor_T state = new T_TensorTensor_T(
                    encoded.get0().squeeze(0), encoded.get1().squeeze(0));
            TensorVector written = new TensorVector();
            Tensor displacement = last;
            for (int t = 0; t < task.predicted(); t++) {
                state = cell.forward(relu(writing.forward(displacement)), state);
                displacement = output.forward(state.get0());
                written.push_back(displacement);
            }
            return written;
        }

        private TensorVector byLayer(T_TensorTensor_T encoded, Tensor last) {
            T_TensorTensor_T state = encoded;
            TensorVector written = new TensorVector();
            Tensor displacement = last;
            for (int t = 0; t < task.predicted(); t++) {
                Tensor read = relu(writing.forward(displacement)).unsqueeze(0);
                T_TensorT_TensorTensor_T_T run = decoder.forward(read, state);
                state = run.get1();
                displacement = output.forward(run.get0().squeeze(0));
                written.push_back(displacement);
            }
            return written;
        }
    }
}
