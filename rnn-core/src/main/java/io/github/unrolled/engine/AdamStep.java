package io.github.unrolled.engine;

/**
 * The numbers of one step of AdamW (Loshchilov and Hutter 2019): m = β₁ m + (1 - β₁) g, v = β₂ v + (1 - β₂) g², then
 * p = p (1 - rate · weightDecay) - rate · (m / correction1) / (√(v / correction2) + ε), where g is the gradient times
 * {@code gradientScale}.
 *
 * @param rate learning rate of this step
 * @param beta1 decay of the first moment
 * @param beta2 decay of the second moment
 * @param epsilon ε, added to the root
 * @param weightDecay decoupled weight decay, multiplied by the rate
 * @param correction1 1 - β₁ᵗ at step t (counted from 1)
 * @param correction2 1 - β₂ᵗ
 * @param gradientScale factor on the gradient, such as that of clipping
 */
public record AdamStep(
        double rate,
        double beta1,
        double beta2,
        double epsilon,
        double weightDecay,
        double correction1,
        double correction2,
        double gradientScale) {}
