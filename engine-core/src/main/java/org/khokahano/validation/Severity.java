package org.khokahano.validation;

/** How grave a finding is; ERR-4 says it with HL7 table 0516. */
public enum Severity {
    ERROR("E"),
    WARNING("W"),
    INFORMATION("I");

    private final String code;

    Severity(String code) {
        this.code = code;
    }

    /** The code of HL7 table 0516. */
    public String code() {
        return code;
    }
}
