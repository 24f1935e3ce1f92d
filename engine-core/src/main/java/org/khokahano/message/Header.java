package org.khokahano.message;

import java.util.Arrays;

/**
 * MSH (2.14.9), read when it is asked for. Texts are decoded and unescaped, "" where the field is
 * empty or missing; of a composite field it is the first component, except where said otherwise.
 */
public final class Header {
    /** MSH has 28 fields in 2.9; what a site adds past this is reached by a path. */
    private static final int MAX_FIELDS = 40;

    private final Message message;
    private final Source source;

    /** The nth separator is at bounds[n], and field n (from 2) ends there. */
    private final int[] bounds = new int[MAX_FIELDS + 1];

    private final int last;

    Header(Message message, Source source, int start, int end) {
        this.message = message;
        this.source = source;
        byte[] scan = source.scan;
        int separator = source.delimiters.field();
        int field = 1;
        int at = start + SegmentNames.LENGTH;
        bounds[field] = at;
        for (at++; at < end; at++) {
            byte current = scan[at];
            if (current == '\r' || current == '\n') {
                break;
            }
            if ((current & 0xFF) == separator) {
                if (field == MAX_FIELDS - 1) {
                    break;
                }
                bounds[++field] = at;
            }
        }
        bounds[++field] = at;
        last = field;
    }

    /** How many fields MSH has, counting MSH-1. */
    public int fieldCount() {
        return last;
    }

    /** The bytes of MSH-n as they came, empty where there is no such field. */
    public byte[] raw(int field) {
        long bounds = bounds(field);
        return Arrays.copyOfRange(source.bytes, FieldScanner.from(bounds), FieldScanner.to(bounds));
    }

    /** The whole of MSH-n as text, its delimiters still in it. */
    public String text(int field) {
        long bounds = bounds(field);
        return message.decode(FieldScanner.from(bounds), FieldScanner.to(bounds), true);
    }

    /** Whether MSH-n holds anything. */
    public boolean has(int field) {
        long bounds = bounds(field);
        return FieldScanner.to(bounds) > FieldScanner.from(bounds);
    }

    /** MSH-3.1. */
    public String sendingApplication() {
        return component(3, 1);
    }

    /** MSH-4.1. */
    public String sendingFacility() {
        return component(4, 1);
    }

    /** MSH-5.1. */
    public String receivingApplication() {
        return component(5, 1);
    }

    /** MSH-6.1. */
    public String receivingFacility() {
        return component(6, 1);
    }

    /** MSH-7.1, as written. */
    public String dateTime() {
        return component(7, 1);
    }

    /** MSH-9.1, as in ADT. */
    public String messageCode() {
        return component(9, 1);
    }

    /** MSH-9.2, as in A01. */
    public String triggerEvent() {
        return component(9, 2);
    }

    /** MSH-9.3 as written; {@link Message#structure()} derives it where it is missing. */
    public String messageStructure() {
        return component(9, 3);
    }

    /** MSH-10, whole: a component separator in it is part of the id. */
    public String controlId() {
        return text(10);
    }

    /** MSH-10 as it came, for MSA-2. */
    public byte[] controlIdBytes() {
        return raw(10);
    }

    /** MSH-11.1: P, T or D. */
    public String processingId() {
        return component(11, 1);
    }

    /** MSH-12.1, as in 2.5.1. */
    public String version() {
        return component(12, 1);
    }

    /** MSH-13, as written. */
    public String sequenceNumber() {
        return text(13);
    }

    /** MSH-14. */
    public String continuationPointer() {
        return text(14);
    }

    /** MSH-15: AL, NE, ER, SU or "". */
    public String acceptAckType() {
        return component(15, 1);
    }

    /** MSH-16: AL, NE, ER, SU or "". */
    public String applicationAckType() {
        return component(16, 1);
    }

    /** MSH-17. */
    public String countryCode() {
        return component(17, 1);
    }

    /** MSH-18's first repetition, as written. */
    public String characterSet() {
        long first = first(18);
        return message.decode(FieldScanner.from(first), FieldScanner.to(first), false);
    }

    long bounds(int field) {
        if (field == 1) {
            return FieldScanner.bounds(bounds[1], bounds[1] + 1);
        }
        if (field < 1 || field > last) {
            return 0;
        }
        return FieldScanner.bounds(bounds[field - 1] + 1, bounds[field]);
    }

    private long first(int field) {
        long whole = bounds(field);
        int separator = source.delimiters.repetition();
        return FieldScanner.part(source, FieldScanner.from(whole), FieldScanner.to(whole), separator, 1);
    }

    private String component(int field, int number) {
        long first = first(field);
        int separator = source.delimiters.component();
        long part = FieldScanner.part(source, FieldScanner.from(first), FieldScanner.to(first), separator, number);
        if (part == FieldScanner.ABSENT) {
            return "";
        }
        return message.decode(FieldScanner.from(part), FieldScanner.to(part), true);
    }
}
