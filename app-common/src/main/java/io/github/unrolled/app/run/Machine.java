package io.github.unrolled.app.run;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a run took place; results are bit-identical only on the same processor with the same threads.
 *
 * @param processors processors that Java may use
 * @param cpu the name of the processor, or its architecture where the name is not known
 * @param java version and vendor of Java
 * @param os name and version of the operating system
 * @param arch architecture, such as amd64
 * @param maxHeapMegabytes limit of Java's heap
 */
public record Machine(int processors, String cpu, String java, String os, String arch, long maxHeapMegabytes) {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    /** This machine. */
    public static Machine current() {
        String arch = System.getProperty("os.arch", "unknown");
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                cpuName(arch),
                System.getProperty("java.version", "unknown") + " (" + System.getProperty("java.vendor", "unknown")
                        + ")",
                System.getProperty("os.name", "unknown") + " " + System.getProperty("os.version", ""),
                arch,
                Runtime.getRuntime().maxMemory() >> 20);
    }

    /** Java and platform in a line. */
    public String platform() {
        return "Java " + java + ", " + os + " " + arch;
    }

    /** Processors and threads in a line, for the start of a run. */
    public String computing(int threads) {
        return threads + (threads == 1 ? " thread" : " threads") + " on " + processors + " processors, " + cpu;
    }

    private static String cpuName(String otherwise) {
        if (!Files.isReadable(CPU_INFO)) {
            return otherwise;
        }
        try (Stream<String> lines = Files.lines(CPU_INFO, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(otherwise);
        } catch (IOException | java.io.UncheckedIOException e) {
            return otherwise;
        }
    }
}
