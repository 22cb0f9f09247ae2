package io.github.unrolled.app.train;

import static io.github.unrolled.app.OptionValues.notNegative;
import static io.github.unrolled.app.OptionValues.positive;
import static io.github.unrolled.app.OptionValues.probability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.app.BudgetOptions;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a {@link Recipe}: how to train, whatever is trained. Mixed in with picocli's {@code @Mixin}. */
public final class RecipeOptions {
    /** What may be given anew when a run is resumed. */
    private static final Set<String> CHANGEABLE =
            Set.of("--steps", "--epochs", "--minutes", "--checkpoint-every", "--half");

    @Mixin
    private final BudgetOptions length = new BudgetOptions();

    @Option(
            names = "--learning-rate",
            paramLabel = "X",
            description = "Greatest learning rate, between warm-up and cosine (default: ${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--warmup",
            paramLabel = "X",
            description = "Part of the run in which the rate grows (default: ${DEFAULT-VALUE}).")
    private double warmup;

    @Option(
            names = "--weight-decay",
            paramLabel = "X",
            description = "Decoupled weight decay (default: ${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--clip",
            paramLabel = "X",
            description = "Greatest global norm of the gradient (default: ${DEFAULT-VALUE}).")
    private double clip;

    @Option(
            names = "--average",
            paramLabel = "X",
            description = "Decay of the average of the weights that is evaluated and kept; 0 for none"
                    + " (default: ${DEFAULT-VALUE}).")
    private double average;

    @Option(
            names = "--evaluate-every",
            paramLabel = "N",
            description = "Steps between validations; 0 for one at the end (default: ${DEFAULT-VALUE}).")
    private long evaluateEvery;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Steps between checkpoints; 0 for one at the end (default: ${DEFAULT-VALUE}).")
    private long checkpointEvery;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Stop after so many validations without a new best; 0 for never (default: ${DEFAULT-VALUE}).")
    private int patience;

    @Option(
            names = "--half",
            negatable = true,
            description = "Store the best model in half precision: half the size; its loss is measured as it is stored"
                    + " (default: ${DEFAULT-VALUE}).")
    private boolean half;

    private final Budget budget;
    private final double beta2;

    /** Options that stand for this recipe where they are not given. */
    public RecipeOptions(Recipe defaults) {
        budget = defaults.budget();
        learningRate = defaults.learningRate();
        warmup = defaults.warmup();
        weightDecay = defaults.weightDecay();
        beta2 = defaults.beta2();
        clip = defaults.clip();
        average = defaults.average();
        evaluateEvery = defaults.evaluateEvery();
        checkpointEvery = defaults.checkpointEvery();
        patience = defaults.patience();
        half = defaults.half();
    }

    /**
     * The recipe.
     *
     * @throws UsageException when a value cannot be
     */
    public Recipe recipe(long seed, int workers) {
        return new Recipe(
                length.orElse(budget),
                positive("--learning-rate", learningRate),
                probability("--warmup", warmup),
                notNegative("--weight-decay", weightDecay),
                beta2,
                positive("--clip", clip),
                probability("--average", average),
                notNegative("--evaluate-every", evaluateEvery),
                notNegative("--checkpoint-every", checkpointEvery),
                notNegative("--patience", patience),
                seed,
                workers,
                half);
    }

    /**
     * The recipe of a run that goes on: the stored one, with a budget, interval of checkpoints or form of the best model that
     * was given anew; anything else would be another run.
     *
     * @param now the recipe that was asked for
     * @param given whether an option was given
     * @throws UsageException when an option was given that would make it another run
     */
    public Recipe resumed(Recipe stored, Recipe now, Predicate<String> given) {
        refuseChanges(stored.toJson(), now.toJson(), given);
        Recipe resumed = stored.withBudget(length.orElse(stored.budget()));
        if (given.test("--checkpoint-every")) {
            resumed = resumed.withIntervals(stored.evaluateEvery(), now.checkpointEvery());
        }
        return given.test("--half") ? resumed.withHalf(half) : resumed;
    }

    /**
     * Refuses an option that was given and would make the resumed run another one. An option is called as the component in
     * the JSON is: {@code --recurrent-dropout} for {@code recurrentDropout}.
     *
     * @param stored what the run has
     * @param now what was asked for
     * @param given whether an option was given
     * @throws UsageException naming the option
     */
    public static void refuseChanges(ObjectNode stored, ObjectNode now, Predicate<String> given) {
        stored.properties().forEach(entry -> {
            String name = entry.getKey();
            String option = name.equals("workers")
                    ? "--threads"
                    : "--" + name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
            JsonNode value = now.path(name);
            if (given.test(option) && !CHANGEABLE.contains(option) && !value.equals(entry.getValue())) {
                throw new UsageException(option + " is " + value.asText() + " and the run to resume has "
                        + entry.getValue().asText() + "; leave it out, or start another run");
            }
        });
    }
}
