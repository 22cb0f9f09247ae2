package io.github.unrolled.datasets.catalogue;

import io.github.unrolled.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Opens the bytes of a file from a certain offset on: at its public address, at a mirror's, or in a mirror's folder. */
final class Sources {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int RANGE_REFUSED = 416;

    private final Optional<String> mirror;
    private final Duration patience;

    Sources(Optional<String> mirror) {
        this(mirror, PATIENCE);
    }

    /** @param patience how long a source may be silent */
    Sources(Optional<String> mirror, Duration patience) {
        this.mirror = mirror;
        this.patience = patience;
    }

    /**
     * Bytes of a file.
     *
     * @param stream to be closed by whoever asked
     * @param offset where they begin: what was asked for, or 0 if the source cannot begin there
     */
    record Opened(InputStream stream, long offset) {}

    Opened open(String id, DatasetEntry.RemoteFile file, long offset) throws IOException {
        String place = describe(id, file);
        if (mirror.isEmpty() && !file.isPublic()) {
            throw new DataException("it has no public address");
        }
        if (mirror.isEmpty()) {
            return http(file.url(), place, offset);
        }
        if (!mirror.get().matches("https?://.*")) {
            InputStream in = Files.newInputStream(Path.of(place));
            in.skipNBytes(offset);
            return new Opened(in, offset);
        }
        return http(URI.create(place), place, offset);
    }

    /** Where the file is looked for, for messages. */
    String describe(String id, DatasetEntry.RemoteFile file) {
        if (mirror.isEmpty()) {
            return file.isPublic() ? file.url().toString() : id + "/" + file.path();
        }
        String root = mirror.get();
        if (!root.matches("https?://.*")) {
            return Path.of(root, id).resolve(file.path()).toString();
        }
        String encoded = Arrays.stream((id + "/" + file.path()).split("/"))
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
        return root.endsWith("/") ? root + encoded : root + "/" + encoded;
    }

    private Opened http(URI address, String place, long offset) throws IOException {
        if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
            throw new DataException(place + " is no address that can be downloaded, expected http or https");
        }
        connection.setConnectTimeout(Math.toIntExact(patience.toMillis()));
        // Of each read: a source that stops sending is given up, however large the file is.
        connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
        if (offset > 0) {
            connection.setRequestProperty("Range", "bytes=" + offset + "-");
        }
        int status = connection.getResponseCode();
        if (status == HttpURLConnection.HTTP_OK || status == HttpURLConnection.HTTP_PARTIAL) {
            return new Opened(connection.getInputStream(), status == HttpURLConnection.HTTP_OK ? 0 : offset);
        }
        connection.disconnect();
        if (status == RANGE_REFUSED && offset > 0) {
            return http(address, place, 0);
        }
        throw new DataException(place + " answered with status " + status);
    }
}
