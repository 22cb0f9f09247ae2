package io.github.unrolled.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The process of one peer. A line {@code TASK SECONDS} on standard input is answered with a line that begins with
 * {@link #ANSWER} or {@link #FAILURE}; in between the process is idle. Ends with its input.
 */
final class Worker {
    static final String ANSWER = "=> ";
    static final String FAILURE = "=! ";
    /** Instead of a task: how fast large matrix products are, in GFLOP a second. */
    static final String PEAK = "peak";

    private static final int LEAST_STEPS = 2;
    private static final double WARM_UP_SECONDS = 1.5;

    private final Subject.Maker maker;
    private final boolean accounts;
    private final Map<Task, Subject> subjects = new HashMap<>();

    private Worker(Subject.Maker maker, boolean accounts) {
        this.maker = maker;
        this.accounts = accounts;
    }

    /** Serves the peer named on the command line. */
    public static void main(String[] args) throws IOException {
        Peer peer = Peer.valueOf(args[0]);
        serve(peer::make, peer == Peer.OURS, System.out);
        // Threads of native libraries must not keep the process.
        System.exit(0);
    }

    static void serve(Subject.Maker maker, boolean accounts, PrintStream out) throws IOException {
        Worker worker = new Worker(maker, accounts);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            out.println(worker.answer(line));
            out.flush();
        }
    }

    private String answer(String line) {
        try {
            String[] words = line.split(" ", -1);
            if (words[0].equals(PEAK)) {
                return ANSWER + new Reading(MatrixPeak.gigaflops(), 0, 0, 0).line();
            }
            Task task = Task.parse(words[0]);
            return ANSWER + measure(task, Double.parseDouble(words[1])).line();
        } catch (RuntimeException | LinkageError e) {
            return FAILURE + String.valueOf(e).lines().findFirst().orElse("no reason given");
        }
    }

    private Reading measure(Task task, double seconds) throws LinkageError {
        Subject subject = subjects.get(task);
        if (subject == null) {
            subject = maker.make(task);
            subjects.put(task, subject);
            Statistics.timed(subject, WARM_UP_SECONDS, LEAST_STEPS);
        }
        double milliseconds = Statistics.median(Statistics.timed(subject, seconds, LEAST_STEPS));
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1e6;
        double own = accounts ? OurSubjects.nativeMegabytes() : 0;
        return new Reading(milliseconds, residentMegabytes(), own, heap);
    }

    private static double residentMegabytes() {
        Path status = Path.of("/proc/self/status");
        try {
            return !Files.exists(status)
                    ? 0
                    : Files.readAllLines(status).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / 1e6)
                            .sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
