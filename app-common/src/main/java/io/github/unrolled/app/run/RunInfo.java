package io.github.unrolled.app.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.unrolled.model.Version;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What was run, on what, where and when.
 *
 * @param app the application
 * @param verb its verb
 * @param version the version of the project
 * @param commandLine what was typed
 * @param settings every option with its resolved value
 * @param seed the seed
 * @param threads the threads that compute
 * @param dataHashes SHA-256 of the data by id or file
 * @param machine where
 * @param started when
 */
public record RunInfo(
        String app,
        String verb,
        String version,
        List<String> commandLine,
        Map<String, Object> settings,
        long seed,
        int threads,
        Map<String, String> dataHashes,
        Machine machine,
        Instant started) {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /** Copies lists and maps, in their order. */
    public RunInfo {
        commandLine = List.copyOf(commandLine);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        dataHashes = Collections.unmodifiableMap(new LinkedHashMap<>(dataHashes));
    }

    /** A run of this version that starts now on this machine. */
    public static RunInfo of(
            String app,
            String verb,
            List<String> commandLine,
            Map<String, Object> settings,
            long seed,
            int threads,
            Map<String, String> dataHashes) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return new RunInfo(
                app, verb, Version.current(), commandLine, settings, seed, threads, dataHashes, Machine.current(), now);
    }

    ObjectNode json() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("app", app).put("verb", verb).put("version", version).put("started", started.toString());
        root.set("commandLine", MAPPER.valueToTree(commandLine));
        ObjectNode options = root.putObject("settings");
        settings.forEach((name, value) -> options.set(name, MAPPER.valueToTree(plain(value))));
        root.put("seed", seed).put("threads", threads);
        root.set("data", MAPPER.valueToTree(dataHashes));
        ObjectNode where = root.putObject("machine");
        where.put("processors", machine.processors()).put("cpu", machine.cpu()).put("java", machine.java());
        where.put("os", machine.os()).put("arch", machine.arch()).put("maxHeapMegabytes", machine.maxHeapMegabytes());
        return root;
    }

    private static Object plain(Object value) {
        if (value instanceof Enum<?> constant) {
            return constant.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(RunInfo::plain).toList();
        }
        return value instanceof Number || value instanceof Boolean ? value : value.toString();
    }
}
