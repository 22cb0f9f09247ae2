package io.github.unrolled.charlm;

import io.github.unrolled.app.ModelOption;
import io.github.unrolled.app.UsageException;
import io.github.unrolled.engine.Backend;
import io.github.unrolled.models.charlm.SavedCharLm;
import io.github.unrolled.models.zoo.Zoo;
import io.github.unrolled.models.zoo.ZooEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What {@code --model} names: a file, a run folder, or a model of the zoo. */
final class Models {
    static final String DEFAULT = "charlm/shakespeare";

    private Models() {}

    static SavedCharLm load(ModelOption option, Backend backend) throws IOException {
        String name = option.model().orElse(DEFAULT);
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            Path best = path.resolve("best.zip");
            if (!Files.exists(best)) {
                throw new UsageException(
                        "--model is " + name + ", a folder without best.zip; expected a run folder of a"
                                + " training that has validated at least once");
            }
            return SavedCharLm.load(best, backend);
        }
        if (Files.exists(path)) {
            return SavedCharLm.load(path, backend);
        }
        if (Zoo.find(name).isEmpty()) {
            throw new UsageException("--model is " + name
                    + ", which is no file, no run folder and no model of the zoo ("
                    + String.join(
                            ", ", Zoo.entries().stream().map(ZooEntry::name).toList()) + ")");
        }
        return Zoo.load(name, backend);
    }
}
