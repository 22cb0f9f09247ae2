package io.github.unrolled.random;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A source of random generators that depends on nothing but its value. Splitting by a purpose or an index gives an
 * independent seed; the same path of splits gives the same seed again. A consumer that draws fresh numbers for every
 * step takes {@code seed.split("dropout").split(step).generator()}: the step number is then the whole state of the
 * random stream, and a continued run repeats it exactly without having saved any generator.
 *
 * @param value the 64 bits that everything derived from this seed is a function of
 */
public record Seed(long value) {

    /** The seed for one named purpose, such as {@code "init"}, {@code "shuffle"} or {@code "dropout"}. */
    public Seed split(String purpose) {
        long hash = value;
        for (int i = 0; i < purpose.length(); i++) {
            hash = mix(hash ^ purpose.charAt(i));
        }
        return new Seed(mix(hash ^ 0x5bd1e995L));
    }

    /** The seed for one step, epoch, worker or item. */
    public Seed split(long index) {
        return new Seed(mix(mix(value) ^ mix(index + 0x9e3779b97f4a7c15L)));
    }

    /** A new generator; two calls give generators that produce the same numbers. */
    public RandomGenerator generator() {
        return new SplittableRandom(value);
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014), applied to the next value of its sequence. */
    private static long mix(long z) {
        z += 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
