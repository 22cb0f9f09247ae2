package io.github.unrolled.datasets.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.github.unrolled.datasets.DataException;
import io.github.unrolled.random.Seed;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a server of this process on the loopback address. */
class DatasetStoreTest {
    private static final int SIZE = 300_000;

    @TempDir
    Path folder;

    private final byte[] content = new byte[SIZE];
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private ExecutorService threads;

    @BeforeEach
    void start() throws IOException {
        RandomGenerator random = new Seed(8).generator();
        random.nextBytes(content);
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private URI address(String path) {
        return URI.create("http://" + server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort() + path);
    }

    private DatasetEntry entry(URI url) {
        return entry(new DatasetEntry.RemoteFile("part/a b.bin", SIZE, sha256(content), url));
    }

    private static DatasetEntry entry(DatasetEntry.RemoteFile file) {
        return new DatasetEntry("some", "Some", "task", "licence", "citation", List.of(file));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private DatasetStore store() {
        return new DatasetStore(folder.resolve("cache"), Optional.empty());
    }

    private Path target() {
        return folder.resolve("cache/some/part/a b.bin");
    }

    /** Serves bytes from the place that is asked for. */
    private HttpHandler serving(byte[] bytes, boolean honoursRanges) {
        return exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(range == null ? "all" : range);
            int from = 0;
            if (range != null && honoursRanges) {
                from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
                exchange.getResponseHeaders()
                        .set("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, bytes.length - from);
            exchange.getResponseBody().write(bytes, from, bytes.length - from);
            exchange.close();
        };
    }

    /** Promises all, sends a part, and breaks the connection once something of it has arrived. */
    private HttpHandler breaking(CountDownLatch arrived) {
        return exchange -> {
            ranges.add("broken");
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(content, 0, 200_000);
            exchange.getResponseBody().flush();
            try {
                arrived.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        };
    }

    private static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private List<Path> filesLeft() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".lock"))
                    .toList();
        }
    }

    @Test
    void downloadsOnceAndReportsProgress() throws IOException {
        server.createContext("/a", serving(content, true));
        List<Long> heard = new ArrayList<>();
        assertThat(store().fetch(entry(address("/a")), (file, bytes) -> heard.add(bytes)))
                .containsExactly(target());
        assertThat(target()).hasBinaryContent(content);
        assertThat(heard).isSorted().endsWith((long) SIZE);
        assertThat(filesLeft()).containsExactly(target());

        store().fetch(entry(address("/a")), DownloadListener.none());
        assertThat(ranges).containsExactly("all");
    }

    @Test
    void continuesATransferThatBroke() throws IOException {
        CountDownLatch arrived = new CountDownLatch(1);
        server.createContext("/a", breaking(arrived));
        assertThatThrownBy(() -> store().fetch(entry(address("/a")), (file, bytes) -> arrived.countDown()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("/a could not be downloaded")
                .hasMessageContaining("try again");
        assertThat(target()).doesNotExist();
        Path partial = filesLeft().get(0);
        long kept = Files.size(partial);
        assertThat(kept).isPositive();

        server.removeContext("/a");
        server.createContext("/a", serving(content, true));
        store().fetch(entry(address("/a")), DownloadListener.none());
        assertThat(target()).hasBinaryContent(content);
        assertThat(ranges).containsExactly("broken", "bytes=" + kept + "-");
        assertThat(filesLeft()).containsExactly(target());
    }

    @Test
    void beginsAnewWhereTheServerKnowsNoRanges() throws IOException {
        server.createContext("/a", serving(content, false));
        Files.createDirectories(target().getParent());
        Files.write(target().resolveSibling("a b.bin.download"), Arrays.copyOf(content, 1000));
        store().fetch(entry(address("/a")), DownloadListener.none());
        assertThat(ranges).containsExactly("bytes=1000-");
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void beginsAnewWhereTheServerRefusesTheRange() throws IOException {
        HttpHandler whole = serving(content, false);
        server.createContext("/a", exchange -> {
            if (exchange.getRequestHeaders().containsKey("Range")) {
                status(exchange, 416);
            } else {
                whole.handle(exchange);
            }
        });
        Files.createDirectories(target().getParent());
        Files.write(target().resolveSibling("a b.bin.download"), new byte[1000]);
        store().fetch(entry(address("/a")), DownloadListener.none());
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void removesAFileWithAnotherChecksum() throws IOException {
        byte[] damaged = content.clone();
        damaged[SIZE / 2]++;
        server.createContext("/a", serving(damaged, true));
        assertThatThrownBy(() -> store().fetch(entry(address("/a")), DownloadListener.none()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(sha256(content))
                .hasMessageContaining(sha256(damaged));
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void stopsAtAFileThatIsTooLong() throws IOException {
        server.createContext("/a", serving(Arrays.copyOf(content, 2 * SIZE), true));
        assertThatThrownBy(() -> store().fetch(entry(address("/a")), DownloadListener.none()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("larger than the 300000 bytes");
        assertThat(filesLeft()).isEmpty();
    }

    @Test
    void saysWhatElseCanBeDoneWhenTheFileIsNotToBeHad() {
        server.createContext("/a", exchange -> status(exchange, 404));
        assertThatThrownBy(() -> store().fetch(entry(address("/a")), DownloadListener.none()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("status 404")
                .hasMessageContaining("--mirror")
                .hasMessageContaining(target().toString())
                .hasMessageContaining(sha256(content))
                .hasMessageNotContaining("\n");
        URI closed = address("/a");
        server.stop(0);
        assertThatThrownBy(() -> store().fetch(entry(closed), DownloadListener.none()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("could not be downloaded")
                .hasMessageContaining("--mirror");
    }

    @Test
    void takesFilesFromAMirrorsFolder() throws IOException {
        Path mirror = folder.resolve("mirror");
        DatasetStore store = new DatasetStore(folder.resolve("cache"), Optional.of(mirror.toString()));
        DatasetEntry entry = entry(URI.create("http://unreachable.invalid/a"));
        assertThatThrownBy(() -> store.fetch(entry, DownloadListener.none()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(mirror.toString())
                .hasMessageContaining("there is no such file");
        Files.createDirectories(mirror.resolve("some/part"));
        Files.write(mirror.resolve("some/part/a b.bin"), content);
        assertThat(store.fetch(entry, DownloadListener.none())).containsExactly(target());
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void takesFilesFromAMirrorsAddress() throws IOException {
        server.createContext("/copies/some/part/a b.bin", serving(content, true));
        DatasetStore store = new DatasetStore(
                folder.resolve("cache"), Optional.of(address("/copies").toString()));
        store.fetch(entry(URI.create("http://unreachable.invalid/a")), DownloadListener.none());
        assertThat(target()).hasBinaryContent(content);
    }

    @Test
    void twoAtOnceDownloadOnce() throws Exception {
        server.createContext("/a", serving(content, true));
        List<Future<List<Path>>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(threads.submit(() -> store().fetch(entry(address("/a")), DownloadListener.none())));
        }
        for (Future<List<Path>> each : both) {
            assertThat(each.get()).containsExactly(target());
        }
        assertThat(target()).hasBinaryContent(content);
        assertThat(ranges).containsExactly("all");
    }

    @Test
    void neverWritesOutsideOfTheDataSetsFolder() {
        DatasetEntry entry = entry(new DatasetEntry.RemoteFile("../../escaped", SIZE, sha256(content), address("/a")));
        assertThatThrownBy(() -> store().fetch(entry, DownloadListener.none()))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("outside");
    }
}
