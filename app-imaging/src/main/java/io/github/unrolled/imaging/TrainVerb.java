package io.github.unrolled.imaging;

import io.github.unrolled.app.DataOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.train.Assignment;
import io.github.unrolled.app.train.Start;
import io.github.unrolled.app.train.TrainingVerb;
import io.github.unrolled.datasets.image.PatchBatch;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.models.imaging.AutoencoderOptions;
import io.github.unrolled.models.imaging.ImagingRecipe;
import io.github.unrolled.models.imaging.RestorationOptions;
import io.github.unrolled.train.Budget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains a network on pictures, or continues a training. */
@Command(
        name = "train",
        description = "Train on pictures, or continue a training; curve and example pictures lie in the run's folder.",
        footer = {
            "  ./run imaging train --task upscale --scale 2 --data yang91+bsd200 --minutes 18",
            "  ./run imaging train --task denoise --data my-photos/ --minutes 30 --out runs/denoise",
            "  ./run imaging train --task upscale --scale 3 --init-from runs/upscale-x2 --data dead-leaves",
            "  ./run imaging train --task autoencode --kind recurrent --minutes 3",
            "  ./run imaging train --resume runs/denoise"
        })
final class TrainVerb extends TrainingVerb {
    @Mixin
    private final DataOptions data = new DataOptions();

    @Option(names = "--task", paramLabel = "TASK", description = "upscale, denoise or autoencode (default: upscale).")
    private Job job = Job.UPSCALE;

    @Mixin
    private final NetworkOptions network = new NetworkOptions();

    @Option(
            names = "--init-from",
            paramLabel = "MODEL",
            description =
                    "Begin with the weights of this model wherever they fit: a file, a run folder, or a name that the zoo verb lists.")
    private @Nullable String initFrom;

    TrainVerb() {
        super(ImagingRecipe.of(new Budget.Minutes(10), 1, 1));
    }

    @Override
    protected Path folder() {
        return Path.of("runs", "imaging-" + job.id());
    }

    @Override
    protected Assignment<PatchBatch, ?> assignment(Start start) throws IOException {
        if (start.checkpoint().isPresent()) {
            job = resumedJob(jobOf(start.file(), start.checkpoint().get()));
        }
        return job == Job.AUTOENCODE ? autoencode(start) : restore(start);
    }

    private Job resumedJob(Job stored) {
        if (given("--task") && job != stored) {
            throw new UsageException("--task is " + job.id() + ", and the run that is resumed is of " + stored.id());
        }
        if (given("--init-from")) {
            throw new UsageException("--init-from begins a run; leave it out with --resume");
        }
        return stored;
    }

    private static Job jobOf(String file, ModelFile checkpoint) {
        return checkpoint.description().path("type").asText().endsWith("autoencoder")
                ? Job.AUTOENCODE
                : Job.valueOf(RestorationOptions.of(file, checkpoint).task().toUpperCase(Locale.ROOT));
    }

    private RestorationAssignment restore(Start start) throws IOException {
        RestorationOptions options =
                start.options(network.restoration(job), RestorationOptions::of, RestorationOptions::toJson);
        String usual = job == Job.UPSCALE ? "yang91+bsd200" : options.channels() == 1 ? "train400" : "bsd200";
        return new RestorationAssignment(
                options, Pictures.read(name(start, usual), data, start.console()), Optional.ofNullable(initFrom));
    }

    private AutoencoderAssignment autoencode(Start start) throws IOException {
        AutoencoderOptions options =
                start.options(network.autoencoder(), AutoencoderOptions::of, AutoencoderOptions::toJson);
        if (initFrom != null) {
            throw new UsageException("--init-from is for upscale and denoise, not for autoencode");
        }
        return new AutoencoderAssignment(options, Pictures.small(name(start, "mnist"), false, data, start.console()));
    }

    private String name(Start start, String usual) {
        return data.data().orElseGet(() -> start.data(usual));
    }
}
