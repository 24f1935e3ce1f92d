package org.khokahano.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A destination over HTTP.
 *
 * @param request how a message is sent
 * @param connectTimeout how long making a connection may take, TLS included
 * @param timeout how long a send may take in all, from connecting to the last byte of the answer
 * @param idleTimeout after how long without a request a connection is closed, so that the engine
 *     rather than the partner ends it
 * @param maxAnswerBytes the longest body of an answer
 * @param judge what tells whether the message was taken
 * @param tls null for http, and for https with what the JDK trusts
 */
public record HttpSenderSettings(
        Request request,
        Duration connectTimeout,
        Duration timeout,
        Duration idleTimeout,
        int maxAnswerBytes,
        Judge judge,
        @Nullable ClientTls tls) {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(10);
    private static final int MAX_ANSWER_BYTES = 1 << 20;

    /** How a message is sent. */
    public enum Method {
        POST,
        PUT
    }

    /**
     * What a request says beside the message.
     *
     * @param url where it goes, in full
     * @param contentType what the message is declared as
     * @param headers further headers; their values are never printed
     * @param credential null for none
     */
    public record Request(
            URI url,
            Method method,
            String contentType,
            Map<String, String> headers,
            @Nullable Credential credential) {

        public Request {
            headers = Map.copyOf(headers);
            String scheme = String.valueOf(url.getScheme());
            if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                throw new IllegalArgumentException("a url is http://host/path or https://host/path, not " + url);
            }
        }

        public static Request post(URI url) {
            return new Request(url, Method.POST, "x-application/hl7-v2+er7", Map.of(), null);
        }

        boolean isEncrypted() {
            return "https".equals(url.getScheme());
        }

        String host() {
            return url.getHost();
        }

        int port() {
            return url.getPort() >= 0 ? url.getPort() : isEncrypted() ? 443 : 80;
        }

        /** Path and query, as in the request line. */
        String target() {
            String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
            return url.getRawQuery() == null ? path : path + '?' + url.getRawQuery();
        }

        /** Where it goes. Neither headers nor the query, which may be secret. */
        @Override
        public String toString() {
            return url.getScheme() + "://" + host() + ':' + port();
        }
    }

    public HttpSenderSettings {
        if (tls != null && !request.isEncrypted()) {
            throw new IllegalArgumentException("TLS needs an address with https, not " + request);
        }
    }

    /** Limits as configured, and the engine's own where there is nothing to configure. */
    public static HttpSenderSettings of(Request request, Duration timeout, Judge judge, @Nullable ClientTls tls) {
        Duration connectTimeout = timeout.compareTo(CONNECT_TIMEOUT) < 0 ? timeout : CONNECT_TIMEOUT;
        return new HttpSenderSettings(request, connectTimeout, timeout, IDLE_TIMEOUT, MAX_ANSWER_BYTES, judge, tls);
    }
}
