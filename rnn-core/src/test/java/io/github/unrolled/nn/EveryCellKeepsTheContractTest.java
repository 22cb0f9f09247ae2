package io.github.unrolled.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A new cell without a subclass of {@link CellContractTest} fails here. */
final class EveryCellKeepsTheContractTest {
    @Test
    void everyCellHasItsContractTest() throws Exception {
        List<String> tests = names(CellContractTest.class).stream()
                .filter(name -> name.endsWith("Test"))
                .filter(name -> CellContractTest.class.isAssignableFrom(load(name)))
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .toList();
        List<Class<?>> cells = names(Cell.class).stream()
                .<Class<?>>map(EveryCellKeepsTheContractTest::load)
                .filter(Cell.class::isAssignableFrom)
                .filter(type -> !Modifier.isAbstract(type.getModifiers()))
                .toList();
        assertThat(cells).hasSizeGreaterThanOrEqualTo(5);
        assertThat(cells).allSatisfy(cell -> assertThat(tests).anyMatch(test -> test.startsWith(cell.getSimpleName())));
    }

    /** The classes of {@code nn} and below, of main or of test code, whichever the given class belongs to. */
    private static List<String> names(Class<?> member) throws Exception {
        Path root = Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (Stream<Path> files = Files.walk(root.resolve("io/github/unrolled/nn"))) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("package-info"))
                    .map(name -> name.substring(0, name.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
