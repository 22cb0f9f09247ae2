package io.github.unrolled.datasets.catalogue;

import io.github.unrolled.datasets.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Opens the bytes of a file from a certain offset on: at its public address, at a mirror's, or in a mirror's folder. */
final class Sources {
    private static final Duration CONNECT = Duration.ofSeconds(20);
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_REFUSED = 416;

    private final Optional<String> mirror;

    Sources(Optional<String> mirror) {
        this.mirror = mirror;
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
            return file.url().toString();
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

    private static Opened http(URI address, String place, long offset) throws IOException {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(CONNECT);
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        HttpResponse<InputStream> response;
        try {
            response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the download of " + place + " was interrupted", e);
        }
        int status = response.statusCode();
        if (status == OK || status == PARTIAL) {
            return new Opened(response.body(), status == OK ? 0 : offset);
        }
        response.body().close();
        if (status == RANGE_REFUSED) {
            return http(address, place, 0);
        }
        throw new DataException(place + " answered with status " + status);
    }
}
