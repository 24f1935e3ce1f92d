package org.khokahano.message;

import java.nio.charset.Charset;

/** A value that an edit cannot write, since the message's character set lacks a character of it. */
public final class UnencodableTextException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String characterSet;

    UnencodableTextException(Charset charset) {
        super("the value has a character that " + charset.name()
                + " cannot hold; set MSH-18 to UNICODE UTF-8 in an earlier edit");
        this.characterSet = charset.name();
    }

    /** The character set that lacks it. */
    public String characterSet() {
        return characterSet;
    }
}
