package org.khokahano.ack;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.message.Delimiters;
import org.khokahano.message.FrameBytes;
import org.khokahano.message.Header;
import org.khokahano.message.Message;

/**
 * Writes acknowledgements. The MSH is new (R15): own time and control id, sender and receiver
 * exchanged, and the request's delimiters, processing id, version and character set byte for byte.
 * The same arguments always give the same bytes, so that a stored acknowledgement can be given again.
 */
public final class AckWriter {

    private static final byte CR = '\r';
    private static final String CONDITION_TABLE = "HL70357";

    /** The coding system of the engine's own codes in ERR-5. */
    private static final String OWN_TABLE = "L";

    /** How much text MSA-3 takes, in characters (2.5, 2.15.8.3). */
    private static final int MSA_TEXT = 80;

    private final AckTimestamp timestamp;

    public AckWriter(ZoneId zone) {
        this.timestamp = new AckTimestamp(zone);
    }

    /**
     * Writes an acknowledgement.
     *
     * @param request the message to be acknowledged
     * @param code MSA-1
     * @param ownControlId MSH-10 of the acknowledgement
     * @param wallMillis MSH-7 of the acknowledgement
     * @param faults why, where the code is not positive (R17)
     */
    public byte[] write(Message request, AckCode code, String ownControlId, long wallMillis, List<AckFault> faults) {
        return write(request, code, ownControlId, wallMillis, faults, "");
    }

    /**
     * Writes an acknowledgement as above.
     *
     * @param expectedNumber MSA-4 (2.10.1); empty where the message is not one of a numbered stream
     */
    public byte[] write(
            Message request,
            AckCode code,
            String ownControlId,
            long wallMillis,
            List<AckFault> faults,
            String expectedNumber) {
        return write(request, code, ownControlId, wallMillis, faults, expectedNumber, "");
    }

    /**
     * Writes an acknowledgement as above.
     *
     * @param acceptAck MSH-15 of an application acknowledgement, which asks for none itself: MSH-16 is NE (R21). AL where
     *     it goes in an exchange of its own and its receipt is to be acknowledged, else NE; empty for any other
     */
    public byte[] write(
            Message request,
            AckCode code,
            String ownControlId,
            long wallMillis,
            List<AckFault> faults,
            String expectedNumber,
            String acceptAck) {
        Header header = request.header();
        Buffer out = new Buffer(160 + 120 * faults.size(), request.delimiters());
        header(out, header, ownControlId, wallMillis, acceptAck);
        HeaderVersion version = HeaderVersion.of(header.version());
        out.text("MSA").field().text(code.name()).field().raw(header.raw(10));
        endOfMsa(out, version, faults.isEmpty() ? null : faults.get(0), expectedNumber);
        out.end();
        for (AckFault fault : faults) {
            if (version.atLeast(2, 5)) {
                error(out, fault);
            } else {
                oldError(out, fault);
            }
        }
        return out.toByteArray();
    }

    /**
     * Writes a positive application acknowledgement (R22).
     *
     * @param expectedNumber MSA-4, as above (R34)
     * @param acceptAck MSH-15, as above
     */
    public byte[] writeApplicationAccept(
            Message request, String ownControlId, long wallMillis, String expectedNumber, String acceptAck) {
        return write(request, AckCode.AA, ownControlId, wallMillis, List.of(), expectedNumber, acceptAck);
    }

    /** Writes a reject for input that has no readable MSH, with the recommended delimiters. */
    public byte[] writeForUnreadable(String ownControlId, long wallMillis, AckFault fault) {
        Buffer out = new Buffer(240, Delimiters.STANDARD);
        out.text("MSH|^~\\&|||||").text(timestamp.format(wallMillis)).text("||ACK|");
        out.text(ownControlId).text("|P|2.5.1").end();
        out.text("MSA|AR|").end();
        error(out, fault);
        return out.toByteArray();
    }

    private void header(Buffer out, Header request, String ownControlId, long wallMillis, String acceptAck) {
        out.text("MSH").field().raw(request.raw(2));
        out.field().raw(request.raw(5)).field().raw(request.raw(6));
        out.field().raw(request.raw(3)).field().raw(request.raw(4));
        out.field().text(timestamp.format(wallMillis)).field();
        out.field().text("ACK");
        String event = request.triggerEvent();
        if (!event.isEmpty()) {
            out.component().escaped(event).component().text("ACK");
        }
        out.field().text(ownControlId);
        out.field().raw(request.raw(11)).field().raw(request.raw(12));
        byte[] characterSet = request.raw(18);
        if (!acceptAck.isEmpty()) {
            out.field().field().field().text(acceptAck).field().text("NE");
            if (characterSet.length > 0) {
                out.field().field().raw(characterSet);
            }
        } else if (characterSet.length > 0) {
            out.field().field().field().field().field().field().raw(characterSet);
        }
        out.end();
    }

    /**
     * MSA-3 is withdrawn from 2.7; MSA-6 came with 2.2 and gave way to ERR in 2.5. MSA-3 has at most 80
     * characters.
     */
    private static void endOfMsa(Buffer out, HeaderVersion version, @Nullable AckFault first, String expectedNumber) {
        boolean withText = first != null && !version.atLeast(2, 7);
        boolean withError = withText && version.atLeast(2, 2) && !version.atLeast(2, 5);
        if (!withText && expectedNumber.isEmpty()) {
            return;
        }
        out.field();
        if (first != null && withText) {
            String text = first.explanation();
            out.escaped(text.length() > MSA_TEXT ? text.substring(0, MSA_TEXT) : text);
        }
        if (withError || !expectedNumber.isEmpty()) {
            out.field().text(expectedNumber);
        }
        if (first != null && withError) {
            out.field().field();
            out.text(Integer.toString(first.condition().code())).component();
            out.text(first.condition().text()).component().text(CONDITION_TABLE);
        }
    }

    /** ERR of 2.5 and later: ERR-2 where, -3 condition, -4 severity, -5 own code, -7 and -8 text. */
    private static void error(Buffer out, AckFault fault) {
        ErrorCondition condition = fault.condition();
        out.text("ERR").field().field().location(fault.location());
        out.field().text(Integer.toString(condition.code())).component().text(condition.text());
        out.component().text(CONDITION_TABLE);
        out.field().text(fault.severity());
        out.field().text(fault.reason()).component().component().text(OWN_TABLE);
        out.field().field();
        out.escaped(fault.location().isEmpty() ? "" : "at " + fault.location().replace('^', '-'));
        out.field().escaped(fault.explanation()).end();
    }

    /** ERR before 2.5: ERR-1 is segment, sequence, field and the condition as subcomponents. */
    private static void oldError(Buffer out, AckFault fault) {
        String location = segmentSequenceField(fault.location());
        out.text("ERR").field().location(location);
        int given = location.isEmpty()
                ? 0
                : (int) location.chars().filter(c -> c == '^').count();
        for (int i = given; i < 3; i++) {
            out.component();
        }
        ErrorCondition condition = fault.condition();
        out.text(Integer.toString(condition.code())).subcomponent().text(condition.text());
        out.subcomponent().text(CONDITION_TABLE).end();
    }

    /** ERR-1 goes down to the field only; what is deeper would be read as the error's code. */
    private static String segmentSequenceField(String location) {
        int end = -1;
        for (int parts = 0; parts < 3; parts++) {
            end = location.indexOf('^', end + 1);
            if (end < 0) {
                return location;
            }
        }
        return location.substring(0, end);
    }

    /** MSH-12 as two numbers, for the few places where versions differ. */
    private record HeaderVersion(int major, int minor) {

        static HeaderVersion of(String version) {
            int dot = version.indexOf('.');
            int major = number(version, 0, dot);
            int minor = number(version, dot + 1, version.length());
            return dot < 1 || major < 0 || minor < 0 ? new HeaderVersion(2, 5) : new HeaderVersion(major, minor);
        }

        /** The digits at the beginning of a part; -1 where there is none, or too many for a version. */
        private static int number(String version, int from, int to) {
            int value = -1;
            for (int at = from; at < to && at < from + 3 && Character.digit(version.charAt(at), 10) >= 0; at++) {
                value = Math.max(value, 0) * 10 + Character.digit(version.charAt(at), 10);
            }
            return value;
        }

        boolean atLeast(int wantedMajor, int wantedMinor) {
            return major > wantedMajor || (major == wantedMajor && minor >= wantedMinor);
        }
    }

    /** Bytes with the request's delimiters. What it writes itself is ASCII. */
    private static final class Buffer extends ByteArrayOutputStream {

        private final Delimiters delimiters;
        private final int component;
        private final int subcomponent;

        Buffer(int size, Delimiters delimiters) {
            super(size);
            this.delimiters = delimiters;
            this.component = orStandard(delimiters.component(), Delimiters.STANDARD.component());
            this.subcomponent = orStandard(delimiters.subcomponent(), Delimiters.STANDARD.subcomponent());
        }

        /** An MSH-2 that is too short leaves delimiters undefined; then the recommended one. */
        private static int orStandard(int delimiter, int standard) {
            return delimiter == Delimiters.NONE ? standard : delimiter;
        }

        Buffer field() {
            write(delimiters.field());
            return this;
        }

        Buffer component() {
            write(component);
            return this;
        }

        Buffer subcomponent() {
            write(subcomponent);
            return this;
        }

        /** Bytes of the request as they are, but for those that would end the frame of the acknowledgement too early. */
        Buffer raw(byte[] bytes) {
            int from = 0;
            for (int at = FrameBytes.inside(bytes, 0, bytes.length);
                    at >= 0;
                    at = FrameBytes.inside(bytes, from, bytes.length)) {
                write(bytes, from, at - from);
                hexadecimal(bytes[at]);
                from = at + 1;
            }
            write(bytes, from, bytes.length - from);
            return this;
        }

        private void hexadecimal(byte b) {
            if (delimiters.escape() == Delimiters.NONE) {
                write(' ');
            } else {
                write(delimiters.escape());
                text("X" + HexFormat.of().withUpperCase().toHexDigits(b));
                write(delimiters.escape());
            }
        }

        Buffer text(String ascii) {
            byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
            write(bytes, 0, bytes.length);
            return this;
        }

        /** A location whose parts are separated by a circumflex here, whatever the request uses. */
        Buffer location(String location) {
            for (int i = 0; i < location.length(); i++) {
                char c = location.charAt(i);
                write(c == '^' ? component : c);
            }
            return this;
        }

        /** Text in which this message's delimiters are escaped, or blanks where they cannot be. */
        Buffer escaped(String text) {
            for (byte b : text.getBytes(StandardCharsets.US_ASCII)) {
                char letter = delimiterLetter(b);
                if (b >= 0 && b < ' ') {
                    // A line end that was escaped in the request must not become one here.
                    write(' ');
                } else if (letter == 0) {
                    write(b);
                } else if (delimiters.escape() == Delimiters.NONE) {
                    write(' ');
                } else {
                    write(delimiters.escape());
                    write(letter);
                    write(delimiters.escape());
                }
            }
            return this;
        }

        private char delimiterLetter(byte b) {
            int unsigned = b & 0xff;
            if (unsigned == delimiters.field()) {
                return 'F';
            } else if (unsigned == component) {
                return 'S';
            } else if (unsigned == delimiters.repetition()) {
                return 'R';
            } else if (unsigned == delimiters.escape()) {
                return 'E';
            } else if (unsigned == subcomponent) {
                return 'T';
            }
            return 0;
        }

        void end() {
            write(CR);
        }
    }
}
