package org.khokahano.http;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.ResponseHeaders;
import com.linecorp.armeria.common.ResponseHeadersBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides by a request's headers alone whether its body is read. Who shows no credential learns
 * nothing else: not whether the path exists, nor which methods and types it takes.
 */
final class Gate {

    private static final Set<String> HL7 =
            Set.of("application/hl7-v2", "application/hl7-v2+er7", "x-application/hl7-v2+er7", "text/plain");

    private final String path;
    private final List<Credential> credentials;
    private final Supplier<Set<String>> mediaTypes;

    /** @param mediaTypes what bodies may be, asked at each request; empty for HL7 */
    Gate(String path, List<Credential> credentials, Supplier<Set<String>> mediaTypes) {
        this.path = path;
        this.mediaTypes = mediaTypes;
        this.credentials = credentials;
    }

    /** The answer to a request that is not wanted, or null for one that is. */
    @Nullable
    ResponseHeaders refusal(RequestHeaders request, String requestPath) {
        if (!credentials.isEmpty() && !isKnown(request.get(HttpHeaderNames.AUTHORIZATION, ""))) {
            return unauthorized();
        }
        if (!requestPath.equals(path)) {
            return ResponseHeaders.of(HttpStatus.NOT_FOUND);
        }
        if (request.method() != HttpMethod.POST) {
            return ResponseHeaders.of(HttpStatus.METHOD_NOT_ALLOWED, HttpHeaderNames.ALLOW, "POST");
        }
        if (!isReadable(request)) {
            return ResponseHeaders.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        return null;
    }

    /** Looks at every credential, whichever fits, so that the time taken tells nothing. */
    private boolean isKnown(String authorization) {
        boolean known = false;
        for (Credential credential : credentials) {
            known |= credential.isShownBy(authorization);
        }
        return known;
    }

    private ResponseHeaders unauthorized() {
        ResponseHeadersBuilder headers = ResponseHeaders.builder(HttpStatus.UNAUTHORIZED);
        for (Credential credential : credentials) {
            String charset = credential.scheme().equals("Basic") ? ", charset=\"UTF-8\"" : "";
            headers.add(HttpHeaderNames.WWW_AUTHENTICATE, credential.scheme() + " realm=\"hl7\"" + charset);
        }
        return headers.build();
    }

    private Set<String> taken() {
        Set<String> own = mediaTypes.get();
        return own.isEmpty() ? HL7 : own;
    }

    /**
     * A request without a type says nothing against being a message. The charset must be one that
     * exists; the bytes are taken as they are, and MSH-18 says what they mean.
     */
    private boolean isReadable(RequestHeaders request) {
        String encoding = request.get(HttpHeaderNames.CONTENT_ENCODING, "identity");
        if (!encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            return false;
        }
        if (request.get(HttpHeaderNames.CONTENT_TYPE) == null) {
            return true;
        }
        try {
            MediaType type = request.contentType();
            if (type == null || !taken().contains(type.nameWithoutParameters())) {
                return false;
            }
            // Throws where the name is not a charset, or named twice.
            type.charset();
            return true;
        } catch (IllegalArgumentException | IllegalStateException e) {
            return false;
        }
    }
}
