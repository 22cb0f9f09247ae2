package io.github.unrolled.datasets.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.unrolled.datasets.catalogue.DatasetEntry.RemoteFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The data sets that the project knows, from {@code catalogue.json}. */
public final class Catalogue {
    private final Map<String, DatasetEntry> entries = new LinkedHashMap<>();

    private Catalogue(JsonNode root) {
        for (JsonNode entry : root.path("datasets")) {
            List<RemoteFile> files = new ArrayList<>();
            for (JsonNode file : entry.path("files")) {
                files.add(new RemoteFile(
                        file.path("path").asText(),
                        file.path("bytes").asLong(),
                        file.path("sha256").asText(),
                        URI.create(file.path("url").asText())));
            }
            String id = entry.path("id").asText();
            entries.put(
                    id,
                    new DatasetEntry(
                            id,
                            entry.path("title").asText(),
                            entry.path("task").asText(),
                            entry.path("licence").asText(),
                            entry.path("citation").asText(),
                            files));
        }
    }

    /** The catalogue that comes with the library. */
    public static Catalogue standard() {
        try (InputStream in = Objects.requireNonNull(Catalogue.class.getResourceAsStream("catalogue.json"))) {
            return of(in);
        } catch (IOException e) {
            throw new UncheckedIOException("the library's catalogue cannot be read", e);
        }
    }

    /** A catalogue from JSON of the same form. */
    static Catalogue of(InputStream in) throws IOException {
        return new Catalogue(new ObjectMapper().readTree(in));
    }

    /** The data set of that id, if there is one. */
    public Optional<DatasetEntry> find(String id) {
        return Optional.ofNullable(entries.get(id));
    }

    /** All data sets. */
    public List<DatasetEntry> entries() {
        return List.copyOf(entries.values());
    }
}
