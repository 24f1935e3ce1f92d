package org.khokahano.config;

/** Which application acknowledgements a partner is asked for, as in HL7 table 0155. */
public enum AskedAck {
    /** Always. */
    AL,
    /** Of errors and rejects. */
    ER,
    /** Of success. */
    SU
}
