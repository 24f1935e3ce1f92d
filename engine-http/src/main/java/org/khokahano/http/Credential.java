package org.khokahano.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/** What a caller shows in the Authorization header. Never printed. */
public final class Credential {

    private static final int MAX_HEADER_LENGTH = 8 * 1024;

    private final String scheme;
    private final byte[] secret;

    private Credential(String scheme, byte[] secret) {
        this.scheme = scheme;
        this.secret = secret;
    }

    /** A user and a password, in UTF-8 (RFC 7617). */
    public static Credential basic(String user, String password) {
        if (user.indexOf(':') >= 0) {
            throw new IllegalArgumentException("a user's name cannot have a colon (RFC 7617 2)");
        }
        return new Credential("Basic", (user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /** A token (RFC 6750). */
    public static Credential bearer(String token) {
        for (int i = 0; i < token.length(); i++) {
            if (token.charAt(i) <= ' ' || token.charAt(i) > '~') {
                throw new IllegalArgumentException(
                        "character " + (i + 1) + " of the token cannot stand in a header (RFC 6750 2.1)");
            }
        }
        return new Credential("Bearer", token.getBytes(StandardCharsets.US_ASCII));
    }

    /** {@code Basic} or {@code Bearer}. */
    String scheme() {
        return scheme;
    }

    private boolean isBasic() {
        return scheme.equals("Basic");
    }

    /** The header's value that shows it. */
    String headerValue() {
        return scheme
                + ' '
                + (isBasic()
                        ? Base64.getEncoder().encodeToString(secret)
                        : new String(secret, StandardCharsets.US_ASCII));
    }

    /**
     * Whether a header's value shows it. Takes a time that does not depend on how much of the secret
     * was right.
     */
    boolean isShownBy(String headerValue) {
        int blank = headerValue.indexOf(' ');
        if (blank < 0 || headerValue.length() > MAX_HEADER_LENGTH) {
            return false;
        }
        if (!headerValue.substring(0, blank).toLowerCase(Locale.ROOT).equals(scheme.toLowerCase(Locale.ROOT))) {
            return false;
        }
        String shown = headerValue.substring(blank + 1).trim();
        try {
            byte[] bytes = isBasic() ? Base64.getDecoder().decode(shown) : shown.getBytes(StandardCharsets.ISO_8859_1);
            return MessageDigest.isEqual(bytes, secret);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public String toString() {
        return scheme + " ***";
    }
}
