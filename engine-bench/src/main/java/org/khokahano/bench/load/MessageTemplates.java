package org.khokahano.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.Locale;
import java.util.Random;

/**
 * ADT^A01 messages of about 900 bytes for a fixed set of invented patients. Every patient's message
 * is built once; sending writes the control id (MSH-10) and the patient's running number (ZBM-1)
 * into it. Not thread-safe.
 */
final class MessageTemplates {
    static final int NUMBER_DIGITS = 10;
    private static final String NUMBER_MARK = "#".repeat(NUMBER_DIGITS);
    private static final byte[] RUNNING_NUMBER_SEGMENT = Bytes.ascii("\rZBM|");
    private static final byte[] NUMBER_MARK_BYTES = Bytes.ascii(NUMBER_MARK);
    private static final String[] GIVEN = {
        "Thabo", "Palesa", "Lerato", "Mpho", "Tsepo", "Limpho", "Retselisitsoe", "Nthabiseng", "Katleho", "Puleng"
    };
    private static final String[] FAMILY = {
        "Mokoena", "Letsie", "Nkuebe", "Molapo", "Ramaili", "Sekhonyana", "Tau", "Phiri", "Lebona", "Makhetha"
    };
    private static final String[] VILLAGE = {"Mafeteng", "Leribe", "Quthing", "Mokhotlong", "Roma", "Semonkong"};

    private final byte[][] frames;
    private final int[] controlNumberStarts;
    private final int[] runningNumberStarts;

    /**
     * @param controlPrefix what every control id starts with; unique for a run
     * @param patients how many patients, PID-3.1 from P000000 on
     * @param seed the same seed gives the same people
     */
    MessageTemplates(String controlPrefix, int patients, long seed) {
        frames = new byte[patients][];
        controlNumberStarts = new int[patients];
        runningNumberStarts = new int[patients];
        Random random = new Random(seed);
        for (int patient = 0; patient < patients; patient++) {
            byte[] frame = Bytes.ascii("\u000B" + message(controlPrefix, patient, random) + "\u001C\r");
            frames[patient] = frame;
            controlNumberStarts[patient] = Bytes.indexOf(frame, frame.length, NUMBER_MARK_BYTES);
            runningNumberStarts[patient] =
                    Bytes.lastIndexOf(frame, frame.length, RUNNING_NUMBER_SEGMENT) + RUNNING_NUMBER_SEGMENT.length;
        }
    }

    int patients() {
        return frames.length;
    }

    /** One MLLP frame, ready to be written. */
    ByteBuf frame(ByteBufAllocator allocator, int patient, long number, int runningNumber) {
        byte[] frame = frames[patient];
        Bytes.writeDecimal(frame, controlNumberStarts[patient], NUMBER_DIGITS, number);
        Bytes.writeDecimal(frame, runningNumberStarts[patient], NUMBER_DIGITS, runningNumber);
        return allocator.directBuffer(frame.length).writeBytes(frame);
    }

    /** The patient's running number (ZBM-1) of a received message, or -1 if it is not there. */
    static long runningNumber(byte[] bytes, int length) {
        int segment = Bytes.lastIndexOf(bytes, length, RUNNING_NUMBER_SEGMENT);
        if (segment < 0) {
            return -1;
        }
        int start = segment + RUNNING_NUMBER_SEGMENT.length;
        return Bytes.readDecimal(bytes, start, Bytes.fieldEnd(bytes, length, start));
    }

    private static String message(String controlPrefix, int patient, Random random) {
        String given = pick(GIVEN, random);
        String family = pick(FAMILY, random);
        String village = pick(VILLAGE, random);
        int phone = 50_000_000 + random.nextInt(9_999_999);
        String born = String.format(
                Locale.ROOT, "%d%02d%02d", 1935 + random.nextInt(85), 1 + random.nextInt(12), 1 + random.nextInt(28));
        String id = String.format(Locale.ROOT, "P%06d", patient);
        String sex = random.nextBoolean() ? "F" : "M";
        return String.join(
                        "\r",
                        "MSH|^~\\&|EHR|QMMH|KHOKA|HUB|20261122101530+0200||ADT^A01^ADT_A01|" + controlPrefix
                                + NUMBER_MARK + "|P|2.5.1|||||LSO|UNICODE UTF-8",
                        "EVN|A01|20261122101528+0200|||REG07^" + family + "^Mpho|20261122101500+0200",
                        "PID|1||" + id + "^^^QMMH^MR~" + (7_000_000_000L + patient) + "^^^LSO^NI||" + family + "^"
                                + given + "^^^^^L||" + born + "|" + sex + "|||Ha " + family + "^^" + village
                                + "^^100^LSO^H||+266" + phone + "^PRN^CP|||M|||||||||||||||N",
                        "NK1|1|" + pick(FAMILY, random) + "^" + pick(GIVEN, random) + "|SPO^Spouse^HL70063|Ha " + family
                                + "^^" + village + "^^100^LSO|+266" + (phone - 7) + "^PRN^CP||EC",
                        "PV1|1|I|MED^204^2^QMMH^^BED^MAIN|U|||D0417^" + pick(FAMILY, random) + "^Teboho^^^Dr"
                                + "|D0093^" + pick(FAMILY, random) + "^Lineo^^^Dr||MED||||7|||D0417^Tau^Teboho"
                                + "|IN|V" + (100_000 + patient) + "^^^QMMH^VN" + "|".repeat(20) + "QMMH" + "|".repeat(5)
                                + "20261122101500+0200",
                        "PV2|||R50.9^Fever, unspecified^I10|||||20261122|20261126|4",
                        "AL1|1|DA|7980^Penicillin^RXN|MO|Rash on both arms|20190304",
                        "DG1|1||R50.9^Fever, unspecified^I10|Fever for three days|20261122101500+0200|A",
                        "ZBM|" + "0".repeat(NUMBER_DIGITS))
                + "\r";
    }

    private static String pick(String[] choices, Random random) {
        return choices[random.nextInt(choices.length)];
    }
}
