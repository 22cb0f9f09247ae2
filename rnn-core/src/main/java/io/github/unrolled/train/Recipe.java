package io.github.unrolled.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;

/**
 * How a model is trained, whatever it is: the part of a run's options that all tasks share. AdamW (Loshchilov and Hutter
 * 2019) with its first moment decaying by 0.9, a rate that grows linearly and falls as a cosine, gradients clipped by
 * their global norm.
 *
 * @param budget how long
 * @param learningRate greatest learning rate, after warm-up and before the cosine
 * @param warmup part of the run in which the rate grows
 * @param weightDecay decoupled weight decay
 * @param beta2 decay of the optimiser's second moment
 * @param clip greatest global norm of the gradient
 * @param average decay of the average of the weights that is evaluated and kept, or 0
 * @param evaluateEvery steps between validations, or 0 for one at the end
 * @param checkpointEvery steps between checkpoints, or 0 for one at the end
 * @param patience validations without a new best after which training stops, or 0
 * @param seed of everything random
 * @param workers threads that share a batch
 * @param half whether the best model is stored in half precision, and measured as it is stored
 */
public record Recipe(
        Budget budget,
        double learningRate,
        double warmup,
        double weightDecay,
        double beta2,
        double clip,
        double average,
        long evaluateEvery,
        long checkpointEvery,
        int patience,
        long seed,
        int workers,
        boolean half) {

    /** Checks the ranges: what a checkpoint says arrives here as well. */
    public Recipe {
        require(learningRate > 0 && Double.isFinite(learningRate), "learningRate", learningRate, "more than 0");
        require(warmup >= 0 && warmup < 1, "warmup", warmup, "at least 0 and less than 1");
        require(weightDecay >= 0 && Double.isFinite(weightDecay), "weightDecay", weightDecay, "0 or more");
        require(beta2 > 0 && beta2 < 1, "beta2", beta2, "more than 0 and less than 1");
        require(clip > 0 && Double.isFinite(clip), "clip", clip, "more than 0");
        require(average >= 0 && average < 1, "average", average, "at least 0 and less than 1");
        require(evaluateEvery >= 0, "evaluateEvery", evaluateEvery, "0 or more");
        require(checkpointEvery >= 0, "checkpointEvery", checkpointEvery, "0 or more");
        require(patience >= 0, "patience", patience, "0 or more");
        require(workers >= 1, "workers", workers, "1 or more");
    }

    private static void require(boolean right, String name, Number value, String expected) {
        if (!right) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }

    /** A recipe to start from: AdamW at this rate for so long, everything else at its usual value, seed 1. */
    public static Recipe of(Budget budget, double learningRate, int workers) {
        return new Recipe(budget, learningRate, 0.02, 0, 0.99, 1, 0, 500, 500, 0, 1, workers, false);
    }

    /** The same for another length. */
    public Recipe withBudget(Budget other) {
        return new Recipe(
                other,
                learningRate,
                warmup,
                weightDecay,
                beta2,
                clip,
                average,
                evaluateEvery,
                checkpointEvery,
                patience,
                seed,
                workers,
                half);
    }

    /** The same with other intervals. */
    public Recipe withIntervals(long evaluate, long checkpoint) {
        return new Recipe(
                budget,
                learningRate,
                warmup,
                weightDecay,
                beta2,
                clip,
                average,
                evaluate,
                checkpoint,
                patience,
                seed,
                workers,
                half);
    }

    /** The same with another form of the best model. */
    public Recipe withHalf(boolean other) {
        return new Recipe(
                budget,
                learningRate,
                warmup,
                weightDecay,
                beta2,
                clip,
                average,
                evaluateEvery,
                checkpointEvery,
                patience,
                seed,
                workers,
                other);
    }

    /** This recipe as JSON, by the names of the components. */
    public ObjectNode toJson() {
        ObjectNode json = ModelFile.newDescription();
        budget.describe(json);
        return json.put("learningRate", learningRate)
                .put("warmup", warmup)
                .put("weightDecay", weightDecay)
                .put("beta2", beta2)
                .put("clip", clip)
                .put("average", average)
                .put("evaluateEvery", evaluateEvery)
                .put("checkpointEvery", checkpointEvery)
                .put("patience", patience)
                .put("seed", seed)
                .put("workers", workers)
                .put("half", half);
    }

    /**
     * A recipe that was stored as JSON.
     *
     * @throws IllegalArgumentException naming what is missing, of the wrong type or out of range
     */
    public static Recipe ofJson(JsonNode json) {
        return new Recipe(
                Budget.described(json),
                number(json, "learningRate").doubleValue(),
                number(json, "warmup").doubleValue(),
                number(json, "weightDecay").doubleValue(),
                number(json, "beta2").doubleValue(),
                number(json, "clip").doubleValue(),
                number(json, "average").doubleValue(),
                whole(json, "evaluateEvery"),
                whole(json, "checkpointEvery"),
                (int) whole(json, "patience"),
                whole(json, "seed"),
                (int) whole(json, "workers"),
                json.path("half").asBoolean());
    }

    private static JsonNode number(JsonNode json, String name) {
        JsonNode value = json.path(name);
        if (!value.isNumber()) {
            throw new IllegalArgumentException(
                    name + " is " + (value.isMissingNode() ? "missing" : value) + ", expected a number");
        }
        return value;
    }

    private static long whole(JsonNode json, String name) {
        JsonNode value = number(json, name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(name + " is " + value + ", expected a whole number");
        }
        return value.longValue();
    }
}
