package io.github.unrolled.imaging;

import static io.github.unrolled.app.OptionValues.notNegative;
import static io.github.unrolled.app.OptionValues.positive;

import io.github.unrolled.app.UsageException;
import io.github.unrolled.models.imaging.AutoencoderOptions;
import io.github.unrolled.models.imaging.RestorationOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that describe a network; those that are not given are as shipped for the task. */
final class NetworkOptions {
    private static final int NOT_GIVEN = -1;

    @Option(names = "--scale", paramLabel = "N", description = "Upscaling by 2, 3 or 4 (default: ${DEFAULT-VALUE}).")
    private int scale = 2;

    @Option(names = "--colour", description = "Denoising of three channels at once.")
    private boolean colour;

    @Option(
            names = "--features",
            paramLabel = "N",
            description = "Features of a place inside the network (default: 32; autoencode 16).")
    private int features = NOT_GIVEN;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description =
                    "Convolutions of the recursive trunk (default: 3), or residual blocks of the denoiser's inside"
                            + " (default: 4).")
    private int depth = NOT_GIVEN;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Recursions (default: 4), or residual blocks of the denoiser's outside (default: 1).")
    private int repeats = NOT_GIVEN;

    @Option(names = "--patch", paramLabel = "N", description = "Rows and columns of an input patch (default: by task).")
    private int patch = NOT_GIVEN;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Patches of a step (default: upscale 4, denoise 8, autoencode 128).")
    private int batch = NOT_GIVEN;

    @Option(
            names = "--held-out",
            paramLabel = "N",
            description = "About how many pictures validate (default: 10; autoencode 10000).")
    private int heldOut = NOT_GIVEN;

    @Option(names = "--kind", paramLabel = "KIND", description = "Autoencoder: conv or recurrent (default: conv).")
    private String kind = AutoencoderOptions.CONV;

    @Option(names = "--code", paramLabel = "N", description = "Numbers of a code (default: ${DEFAULT-VALUE}).")
    private int code = 32;

    @Option(names = "--hidden", paramLabel = "N", description = "Hidden units of an autoencoder (default: by kind).")
    private int hidden = NOT_GIVEN;

    @Option(
            names = "--noise",
            paramLabel = "X",
            description = "Deviation of the noise on an autoencoder's inputs, 0 to 1: a denoising autoencoder.")
    private double noise;

    NetworkOptions() {}

    int scale() {
        return Job.checkedScale(scale);
    }

    RestorationOptions restoration(Job job) {
        RestorationOptions usual =
                job == Job.UPSCALE ? RestorationOptions.upscale(scale()) : RestorationOptions.denoise(colour ? 3 : 1);
        return checked(() -> new RestorationOptions(
                usual.task(),
                usual.scale(),
                usual.channels(),
                or("--features", features, usual.features()),
                or("--depth", depth, usual.depth()),
                repeats == NOT_GIVEN ? usual.repeats() : notNegative("--repeats", repeats),
                or("--patch", patch, usual.patch()),
                or("--batch", batch, usual.batch()),
                or("--held-out", heldOut, usual.heldOut())));
    }

    AutoencoderOptions autoencoder() {
        if (!List.of(AutoencoderOptions.CONV, AutoencoderOptions.RECURRENT).contains(kind)) {
            throw new UsageException("--kind is " + kind + ", expected conv or recurrent");
        }
        positive("--code", code);
        AutoencoderOptions usual = kind.equals(AutoencoderOptions.CONV)
                ? AutoencoderOptions.conv(code)
                : AutoencoderOptions.recurrent(code);
        return checked(() -> new AutoencoderOptions(
                kind,
                code,
                or("--features", features, usual.features()),
                or("--hidden", hidden, usual.hidden()),
                noise,
                or("--batch", batch, usual.batch()),
                or("--held-out", heldOut, usual.heldOut())));
    }

    private static int or(String option, int value, int usual) {
        return value == NOT_GIVEN ? usual : positive(option, value);
    }

    /** Makes options; the architecture's own limits are a matter of the command line here. */
    private static <T> T checked(java.util.function.Supplier<T> options) {
        try {
            return options.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException("--" + e.getMessage());
        }
    }
}
