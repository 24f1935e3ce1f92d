package org.khokahano.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.ResponseHeaders;

/** Values as JSON answers. */
final class Json {

    private final ObjectMapper mapper = new ObjectMapper();

    /**
     * What is wrong with a request, and what to do.
     *
     * @param error a code
     * @param message a sentence for people
     */
    record Problem(String error, String message) {}

    HttpResponse ok(Object value) {
        return answer(HttpStatus.OK, value);
    }

    HttpResponse problem(HttpStatus status, String error, String message) {
        return answer(status, new Problem(error, message));
    }

    HttpResponse answer(HttpStatus status, Object value) {
        try {
            ResponseHeaders headers = ResponseHeaders.builder(status)
                    .contentType(MediaType.JSON_UTF_8)
                    .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                    .build();
            return HttpResponse.of(headers, HttpData.ofUtf8(mapper.writeValueAsString(value) + '\n'));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + value.getClass().getSimpleName() + " as JSON", e);
        }
    }
}
