package io.github.unrolled.datasets.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.unrolled.datasets.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {
    /** Made from public files by this project, which users can do as well. */
    private static final Set<String> DERIVED = Set.of("grid-s1-mouth");

    @Test
    void everyEntryIsComplete() {
        Set<String> ids = new HashSet<>();
        assertThat(Catalogue.standard().entries()).isNotEmpty();
        for (DatasetEntry entry : Catalogue.standard().entries()) {
            assertThat(entry.id())
                    .matches("[a-z0-9-]+")
                    .satisfies(id -> assertThat(ids.add(id)).isTrue());
            assertThat(List.of(entry.title(), entry.task(), entry.licence(), entry.citation()))
                    .as(entry.id())
                    .noneMatch(String::isBlank);
            assertThat(entry.files()).as(entry.id()).isNotEmpty();
            for (DatasetEntry.RemoteFile file : entry.files()) {
                assertThat(file.bytes()).as(file.path()).isPositive();
                assertThat(file.sha256()).as(file.path()).matches("[0-9a-f]{64}");
                if (!DERIVED.contains(entry.id())) {
                    assertThat(file.url().getScheme()).as(file.path()).isEqualTo("https");
                }
            }
        }
    }

    @Test
    void findsById() {
        DatasetEntry entry = Catalogue.standard().find("tinyshakespeare").orElseThrow();
        assertThat(entry.bytes()).isEqualTo(1_115_394);
        assertThat(Catalogue.standard().find("tinyshakespear")).isEmpty();
    }

    @Test
    void everyDataSetFromAMirror(@TempDir Path cache) throws IOException {
        Assumptions.assumeTrue(
                DatasetStore.defaultMirror().isPresent(),
                "skipped: the property unrolled.mirror names no mirror of the data sets");
        DatasetStore store = new DatasetStore(cache, DatasetStore.defaultMirror());
        DatasetEntry entry = Catalogue.standard().find("tinyshakespeare").orElseThrow();
        Text text = Text.ofFile(store.fetch(entry, DownloadListener.none()).get(0));
        assertThat(text.codePoints()).hasSize(1_115_394);
        assertThat(text.codePoints().length - Text.trainingLength(text.codePoints().length, 0.9))
                .isEqualTo(111_540);
        for (DatasetEntry other : Catalogue.standard().entries()) {
            assertThat(store.fetch(other, DownloadListener.none()))
                    .as(other.id())
                    .hasSameSizeAs(other.files())
                    .allMatch(Files::exists);
        }
    }
}
