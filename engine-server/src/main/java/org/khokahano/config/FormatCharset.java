package org.khokahano.config;

import java.nio.charset.Charset;

/** The character sets of delimited text. */
public enum FormatCharset {
    UTF_8("UTF-8"),
    ISO_8859_1("ISO-8859-1"),
    WINDOWS_1252("windows-1252");

    private final String standardName;

    FormatCharset(String standardName) {
        this.standardName = standardName;
    }

    /** Its name as it is written. */
    public String standardName() {
        return standardName;
    }

    /** The character set itself. */
    public Charset charset() {
        return Charset.forName(standardName);
    }
}
