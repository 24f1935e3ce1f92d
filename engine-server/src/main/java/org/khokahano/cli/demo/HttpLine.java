package org.khokahano.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.khokahano.config.BasicConfig;

/** A clinic that posts its messages, with the password that it was given. */
final class HttpLine implements DemoLine {
    private final HttpClient client;
    private final HttpRequest.Builder request;

    HttpLine(URI to, BasicConfig credentials, Duration timeout) {
        String shown = credentials.user() + ":" + credentials.password().value();
        client = HttpClient.newBuilder().connectTimeout(timeout).build();
        request = HttpRequest.newBuilder(to)
                .timeout(timeout)
                .header("Content-Type", "application/hl7-v2")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(shown.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void exchange(byte[] message) throws IOException, InterruptedException {
        HttpResponse<Void> answer = client.send(
                request.copy()
                        .POST(HttpRequest.BodyPublishers.ofByteArray(message))
                        .build(),
                HttpResponse.BodyHandlers.discarding());
        if (answer.statusCode() / 100 != 2) {
            throw new IOException("the hub answered with status " + answer.statusCode());
        }
    }

    @Override
    public void close() {
        // The client has no connection of its own to close: it lets idle ones go by itself.
    }
}
