package io.github.unrolled.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The file of {@code --config}: option names without dashes, each with a value, in YAML or JSON. */
final class ConfigFile implements IDefaultValueProvider {
    /** A value and the line it stands in. */
    private record Entry(String value, int line) {}

    private final Path file;
    private final Map<OptionSpec, Entry> entries;

    private ConfigFile(Path file, Map<OptionSpec, Entry> entries) {
        this.file = file;
        this.entries = entries;
    }

    /**
     * Reads the file against the options of a verb.
     *
     * @throws UsageException naming file, line and key, when the file cannot be read or holds something else
     */
    static ConfigFile read(Path file, CommandSpec verb) {
        boolean json = file.toString().toLowerCase(Locale.ROOT).endsWith(".json");
        JsonFactory factory = json ? new JsonFactory() : new YAMLFactory();
        factory.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        try (InputStream in = Files.newInputStream(file);
                JsonParser parser = factory.createParser(in)) {
            return new ConfigFile(file, entries(file, parser, verb));
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            String reason = e.getOriginalMessage().lines().findFirst().orElse("cannot be read");
            throw new UsageException(where(file, line) + reason);
        } catch (IOException e) {
            throw new UsageException("--config: " + Failure.sentence(e));
        }
    }

    @Override
    public @Nullable String defaultValue(ArgSpec argument) {
        Entry entry = argument instanceof OptionSpec option ? entries.get(option) : null;
        return entry == null ? null : entry.value();
    }

    /** The names of the options that the file sets. */
    List<String> given() {
        return entries.keySet().stream().map(OptionSpec::longestName).collect(Collectors.toList());
    }

    /** Where this value of this option stands in the file, when it does; to be put before a sentence about it. */
    String where(ArgSpec argument, @Nullable String value) {
        Entry entry = argument instanceof OptionSpec option ? entries.get(option) : null;
        return entry != null && (value == null || value.equals(entry.value())) ? where(file, entry.line()) : "";
    }

    private static Map<OptionSpec, Entry> entries(Path file, JsonParser parser, CommandSpec verb) throws IOException {
        Map<OptionSpec, Entry> entries = new LinkedHashMap<>();
        JsonToken first = parser.nextToken();
        if (first == null) {
            return entries;
        }
        if (first != JsonToken.START_OBJECT) {
            throw new UsageException(
                    where(file, line(parser)) + "expected option names with their values, such as \"seed: 7\"");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            int line = line(parser);
            OptionSpec option = option(verb, key);
            if (option == null) {
                throw new UsageException(where(file, line) + "\"" + key + "\" is not an option of "
                        + verb.qualifiedName() + Suggestion.among(key, names(verb)));
            }
            String value = value(file, parser, key, option);
            if (!isSwitchedOff(parser, option)) {
                entries.put(option, new Entry(isSwitchedOn(parser, option) ? option.fallbackValue() : value, line));
            }
        }
        return entries;
    }

    /** An option that may stand alone on the command line is given as true in a file. */
    private static boolean isSwitchedOn(JsonParser parser, OptionSpec option) {
        return parser.currentToken() == JsonToken.VALUE_TRUE && mayStandAlone(option);
    }

    private static boolean isSwitchedOff(JsonParser parser, OptionSpec option) {
        return parser.currentToken() == JsonToken.VALUE_FALSE && mayStandAlone(option);
    }

    private static boolean mayStandAlone(OptionSpec option) {
        return option.arity().min() == 0
                && option.arity().max() == 1
                && option.fallbackValue() != null
                && option.type() != boolean.class;
    }

    private static String value(Path file, JsonParser parser, String key, OptionSpec option) throws IOException {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.START_ARRAY && !option.splitRegex().isEmpty()) {
            List<String> items = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                items.add(scalar(file, parser, key));
            }
            return String.join(",", items);
        }
        return scalar(file, parser, key);
    }

    private static String scalar(Path file, JsonParser parser, String key) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw new UsageException(where(file, line(parser)) + "\"" + key + "\" needs one value");
        }
        return parser.getText();
    }

    private static @Nullable OptionSpec option(CommandSpec verb, String key) {
        OptionSpec option = verb.findOption("--" + key);
        return option == null || !names(verb).contains(key) ? null : option;
    }

    /** What may stand in a file: everything but help, version and the file itself. */
    private static List<String> names(CommandSpec verb) {
        return verb.options().stream()
                .filter(option -> !option.usageHelp() && !option.versionHelp())
                .flatMap(option -> java.util.Arrays.stream(option.names()))
                .filter(name -> name.startsWith("--") && !name.equals("--config"))
                .map(name -> name.substring(2))
                .collect(Collectors.toList());
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    private static String where(Path file, int line) {
        return line > 0 ? file + ", line " + line + ": " : file + ": ";
    }
}
