package io.github.unrolled.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A peer's process, started and asked; idle between two questions. */
final class PeerProcess implements AutoCloseable {
    private final String label;
    private final Process process;
    private final Path log;
    private final BufferedReader answers;
    private final PrintWriter questions;

    PeerProcess(String label, List<String> command, Map<String, String> environment) throws IOException {
        this.label = label;
        this.log = Files.createTempFile("unrolled-benchmark-" + label, ".log");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putAll(environment);
        this.process = builder.start();
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** Starts a peer with the Java and the class path of this process. */
    static PeerProcess start(Peer peer) throws IOException {
        return start(peer, Runtime.getRuntime().availableProcessors());
    }

    /** Starts a peer that, if it is this library, computes with so many threads. */
    static PeerProcess start(Peer peer, int threads) throws IOException {
        return new PeerProcess(
                peer.label(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-D" + OurSubjects.THREADS + "=" + threads,
                        "-cp",
                        classPath(),
                        Worker.class.getName(),
                        peer.name()),
                peer.environment());
    }

    private static String classPath() {
        String path = System.getProperty("java.class.path");
        // Maven runs a program in its own process, behind a class loader.
        if (PeerProcess.class.getClassLoader() instanceof URLClassLoader loader) {
            path = Arrays.stream(loader.getURLs())
                    .map(url -> Path.of(URI.create(url.toString())).toString())
                    .collect(Collectors.joining(File.pathSeparator));
        }
        return path;
    }

    /**
     * Measures a task.
     *
     * @throws PeerException if the peer cannot do it, or has died
     */
    Reading measure(Task task, double seconds) throws IOException {
        return ask(String.format(Locale.ROOT, "%s %.3f", task.name(), seconds));
    }

    /** The machine's matrix products, in GFLOP a second. */
    double peak() throws IOException {
        return ask(Worker.PEAK).milliseconds();
    }

    private Reading ask(String question) throws IOException {
        questions.println(question);
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            if (line.startsWith(Worker.ANSWER)) {
                return Reading.ofLine(line.substring(Worker.ANSWER.length()));
            }
            if (line.startsWith(Worker.FAILURE)) {
                throw new PeerException(
                        label + " cannot do '" + question + "': " + line.substring(Worker.FAILURE.length()));
            }
            // Native libraries print what they like.
        }
        List<String> said = Files.readAllLines(log);
        throw new PeerException(label + " ended at '" + question + "'"
                + (said.isEmpty() ? "" : "; its last words: " + said.get(said.size() - 1)));
    }

    @Override
    public void close() throws IOException {
        questions.close();
        process.destroyForcibly();
        Files.deleteIfExists(log);
    }
}
