package org.khokahano.http;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.Reply.Refusal;

/**
 * What a listener answers. HL7 over HTTP says 200 for every acknowledgement, negative ones too: the
 * acknowledgement is the answer, and the status tells of the transport. So what the transport or the
 * store could not take has a status of its own:
 *
 * <ul>
 *   <li>200 with the ACK: AA, CA, and AE, AR, CE, CR for what the message says
 *   <li>202 without a body: taken, and no acknowledgement wanted (MSH-15, 2.9.3.1)
 *   <li>400 with the ACK: no message
 *   <li>413 with the ACK: longer than the listener takes
 *   <li>422 without a body: refused, and no acknowledgement wanted
 *   <li>500 with the ACK: the engine failed on it and keeps it in quarantine
 *   <li>503 with the ACK and Retry-After: not stored; send it again
 *   <li>503 without a body: nothing of it was taken; with Connection: close, on another connection
 * </ul>
 */
final class Answers {

    static final String DEFAULT_CONTENT_TYPE = "application/hl7-v2";

    /** After how many seconds a sender may try again. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private Answers() {}

    /** The answer to what was taken, or acknowledged as wrong. */
    static HttpResponse taken(byte @Nullable [] acknowledgement, String contentType) {
        return acknowledgement == null
                ? HttpResponse.of(ResponseHeaders.of(HttpStatus.ACCEPTED))
                : with(HttpStatus.OK, acknowledgement, contentType);
    }

    /** The answer to what was not taken. */
    static HttpResponse refused(Refusal refusal, byte @Nullable [] acknowledgement, String contentType) {
        return switch (refusal) {
            case UNREADABLE -> with(HttpStatus.BAD_REQUEST, acknowledgement, contentType);
            case UNACCEPTABLE ->
                acknowledgement == null
                        ? HttpResponse.of(ResponseHeaders.of(HttpStatus.UNPROCESSABLE_ENTITY))
                        : with(HttpStatus.OK, acknowledgement, contentType);
            case TOO_LONG -> with(HttpStatus.REQUEST_ENTITY_TOO_LARGE, acknowledgement, contentType);
            // It is in quarantine, and would end so again: no reason to come back (STORAGE is one).
            case FAULT -> with(HttpStatus.INTERNAL_SERVER_ERROR, acknowledgement, contentType);
            case STORAGE, NO_ANSWER -> with(HttpStatus.SERVICE_UNAVAILABLE, acknowledgement, contentType);
        };
    }

    /** Nothing of the request was taken; it may come again. */
    static HttpResponse busy() {
        return with(HttpStatus.SERVICE_UNAVAILABLE, null, DEFAULT_CONTENT_TYPE);
    }

    /** As the other; the next one needs another connection, since this port is given up. */
    static HttpResponse leaving() {
        return HttpResponse.of(ResponseHeaders.of(
                HttpStatus.SERVICE_UNAVAILABLE, HttpHeaderNames.RETRY_AFTER, "0", HttpHeaderNames.CONNECTION, "close"));
    }

    /** The request did not arrive in time. */
    static HttpResponse tooSlow() {
        return with(HttpStatus.REQUEST_TIMEOUT, null, DEFAULT_CONTENT_TYPE);
    }

    private static HttpResponse with(HttpStatus status, byte @Nullable [] acknowledgement, String contentType) {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(status);
        if (status == HttpStatus.SERVICE_UNAVAILABLE) {
            headers.set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (status == HttpStatus.REQUEST_ENTITY_TOO_LARGE || status == HttpStatus.REQUEST_TIMEOUT) {
            // The rest of the body is not read, so that the connection cannot be used further.
            headers.set(HttpHeaderNames.CONNECTION, "close");
        }
        if (acknowledgement == null) {
            return HttpResponse.of(headers.build());
        }
        headers.set(HttpHeaderNames.CONTENT_TYPE, contentType);
        return HttpResponse.of(headers.build(), HttpData.wrap(acknowledgement));
    }
}
