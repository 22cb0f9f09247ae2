package io.github.unrolled.models.imaging;

import io.github.unrolled.train.Budget;
import io.github.unrolled.train.Recipe;

/** The recipe that all networks of this package are shipped with. */
public final class ImagingRecipe {
    private ImagingRecipe() {}

    /** AdamW at 0.002 with warm-up and cosine, gradients clipped at 0.1, averaged weights, stored in half precision. */
    public static Recipe of(Budget budget, long seed, int workers) {
        return new Recipe(budget, 0.002, 0.05, 0, 0.999, 0.1, 0.999, 500, 500, 0, seed, workers, true);
    }
}
