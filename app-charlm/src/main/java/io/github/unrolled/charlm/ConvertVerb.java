package io.github.unrolled.charlm;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.app.Verb;
import io.github.unrolled.app.console.Console;
import io.github.unrolled.app.result.Result;
import io.github.unrolled.app.result.ResultRow;
import io.github.unrolled.datasets.text.Text;
import io.github.unrolled.engine.Backends;
import io.github.unrolled.model.AtomicFile;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.SafeTensors;
import io.github.unrolled.model.StockNetworkFile;
import io.github.unrolled.model.StoredType;
import io.github.unrolled.models.charlm.SavedCharLm;
import io.github.unrolled.models.charlm.StockCharLm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Takes over a network of Deeplearning4j's. */
@Command(
        name = "convert",
        description = "Convert a network file of Deeplearning4j (LSTM or SimpleRnn layers and a softmax output).",
        footer = {
            "  ./run charlm convert --from network.zip --characters characters.txt --to model.zip",
            "  ./run charlm sample --model model.zip",
            "  ./run charlm convert --from network.zip --to weights.safetensors"
        })
final class ConvertVerb extends Verb {
    private static final String WEIGHTS = ".safetensors";

    @Option(
            names = "--from",
            paramLabel = "FILE",
            required = true,
            description = "The network, as ModelSerializer wrote it.")
    private Path from = Path.of("");

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description = "A character model, or with the ending .safetensors the weights under PyTorch's names.")
    private Path to = Path.of("");

    @Option(
            names = "--characters",
            paramLabel = "FILE",
            description = "A text of the characters that the network knows, each once, in the order of its inputs;"
                    + " needed for a character model.")
    private String characters = "";

    @Override
    protected Result run(Console console) throws Exception {
        if (!Files.isRegularFile(from)) {
            throw new UsageException(
                    "--from is " + from + ", which is no file; expected a network of Deeplearning4j's");
        }
        boolean weightsOnly = to.toString().endsWith(WEIGHTS);
        if (!weightsOnly && characters.isEmpty()) {
            throw new UsageException(
                    "a character model needs --characters, a text with the network's characters in their"
                            + " order; without it only weights can be written, --to FILE" + WEIGHTS);
        }
        StockNetworkFile file = StockNetworkFile.read(from);
        if (weightsOnly) {
            AtomicFile.write(to, out -> SafeTensors.write(out, file.tensors(), Map.of(), StoredType.F32));
        } else {
            int[] known = Text.ofFile(Path.of(characters)).codePoints();
            try (SavedCharLm saved = StockCharLm.convert(from.toString(), file, known, Backends.best())) {
                ObjectNode description = SavedCharLm.describe(saved.model().config(), saved.vocabulary());
                description.set("provenance", saved.provenance());
                new ModelFile(description, ModelFile.values(saved.model().parameters()), Map.of())
                        .write(to, StoredType.F32);
            }
        }
        long parameters = file.tensors().values().stream()
                .mapToLong(tensor -> tensor.elements())
                .sum();
        return Result.of(
                List.of(ResultRow.of(to.toString(), "layers", file.layers().size(), "layers")
                        .with("parameters", parameters)));
    }

    @Override
    protected void show(Result result, Console console) {
        console.out().println(to + " is written");
    }
}
