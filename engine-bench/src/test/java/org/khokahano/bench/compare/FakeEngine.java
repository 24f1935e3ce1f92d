package org.khokahano.bench.compare;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.khokahano.bench.peer.CopyRelay;

/** Takes the engine's environment, says twice that it is not ready, and then relays. */
final class FakeEngine {
    private FakeEngine() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Map<String, String> environment = System.getenv();
        AtomicInteger asked = new AtomicInteger();
        CopyRelay relay = new CopyRelay(port(environment, "RELAY_IN"), port(environment, "RELAY_OUT"));
        HttpServer admin = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), port(environment, "RELAY_ADMIN")), 0);
        admin.createContext("/health/ready", exchange -> {
            exchange.sendResponseHeaders(asked.incrementAndGet() > 2 ? 200 : 503, -1);
            exchange.close();
        });
        admin.start();
        Runtime.getRuntime().addShutdownHook(new Thread(relay::close, "stop"));
        Thread.currentThread().join();
    }

    private static int port(Map<String, String> environment, String name) {
        return Integer.parseInt(environment.get(name));
    }
}
