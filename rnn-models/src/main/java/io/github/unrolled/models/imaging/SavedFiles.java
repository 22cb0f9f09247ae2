package io.github.unrolled.models.imaging;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.ModelFile;
import io.github.unrolled.model.ModelFileException;
import io.github.unrolled.nn.Module;

/** What reading any model of this package has in common. */
final class SavedFiles {
    private SavedFiles() {}

    /** Gives a model the weights of its file, or closes it; returns the file's provenance. */
    static ObjectNode assign(String source, ModelFile file, Module model) {
        try {
            file.assignTo(source, model.parameters());
        } catch (ModelFileException e) {
            model.close();
            throw e;
        }
        return file.description().path("provenance") instanceof ObjectNode object ? object : ModelFile.newDescription();
    }
}
