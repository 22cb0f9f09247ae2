package io.github.unrolled.charlm;

import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.models.charlm.NGramModel;
import java.util.List;

/** What a model has to beat: counting, without a network. */
final class Baselines {
    static final String METRIC = "nats/char";
    private static final int ORDER = 5;

    private Baselines() {}

    /** Unigram and 5-gram, trained on the same text and measured on the same held-out part. */
    static List<ResultRow> rows(int[] training, int[] validation, int vocabulary) {
        double unigram = NGramModel.train(training, vocabulary, 1).crossEntropy(validation);
        double longer = NGramModel.train(training, vocabulary, ORDER).crossEntropy(validation);
        return List.of(row("unigram", unigram), row("5-gram", longer));
    }

    /** A row with the loss in nats, bits and as perplexity. */
    static ResultRow row(String name, double nats) {
        return ResultRow.of(name, METRIC, nats, "nats/char")
                .with("bits/char", nats / Math.log(2))
                .with("perplexity", Math.exp(nats));
    }
}
