package io.github.unrolled.datasets.catalogue;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class SourcesTest {
    private static final int SENT = 10;

    @Test
    void aSourceThatStopsSendingIsGivenUp() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2 * SENT);
            exchange.getResponseBody().write(new byte[SENT]);
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        try {
            URI address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/file");
            Sources sources = new Sources(Optional.empty(), Duration.ofMillis(200));
            DatasetEntry.RemoteFile file = new DatasetEntry.RemoteFile("file", 2 * SENT, "", address);
            try (InputStream in = sources.open("set", file, 0).stream()) {
                in.readNBytes(SENT);
                assertThatThrownBy(in::read).isInstanceOf(SocketTimeoutException.class);
            }
        } finally {
            over.countDown();
            server.stop(0);
        }
    }
}
