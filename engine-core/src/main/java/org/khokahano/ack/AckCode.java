package org.khokahano.ack;

/** HL7 table 0008: what an acknowledgement says. */
public enum AckCode {
    /** Application accept, original mode. */
    AA,
    /** Application error. */
    AE,
    /** Application reject. */
    AR,
    /** Accept acknowledgement, enhanced mode: commit accept. */
    CA,
    /** Commit error. */
    CE,
    /** Commit reject. */
    CR;

    public boolean isPositive() {
        return this == AA || this == CA;
    }
}
