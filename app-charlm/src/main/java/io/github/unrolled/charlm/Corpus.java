package io.github.unrolled.charlm;

import io.github.unrolled.datasets.grammar.GrammarCorpus;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.random.Seed;

/** The embedded corpus: a text of a small made-up language whose entropy rate is known. */
final class Corpus {
    /** What {@code --data} calls it. */
    static final String NAME = "grammar";

    private static final int CHARACTERS = 600_000;
    /** Always the same text, whatever the seed of a run is. */
    private static final Seed TEXT_SEED = new Seed(2026).split("grammar");

    private Corpus() {}

    static Text text() {
        return Text.ofCodePoints(NAME, GrammarCorpus.standard().generate(TEXT_SEED, CHARACTERS));
    }

    /** Nats per character that no model can go below on average. */
    static double entropyRate() {
        return GrammarCorpus.standard().entropyRate();
    }
}
