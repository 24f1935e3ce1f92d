package org.khokahano.cli.demo;

import java.util.List;
import org.khokahano.cli.peer.InventedPeople;

/** What an invented laboratory finds, in its own codes, for whoever ordered it. Not thread-safe. */
final class DemoResults {
    private static final int PEOPLE = 500;
    private static final int UNKNOWN_FACILITY_EVERY = 31;
    private static final int UNKNOWN_CODE_EVERY = 23;
    private static final List<String> ORDERING = List.of("QMMH", "MOTEBANG", "THUSONG");

    private final DemoHeader header;
    private int number;

    DemoResults(long runMillis) {
        this.header = DemoHeader.of("NRL-LIS", "NRL", runMillis, "2.5.1");
    }

    /** The next result: a blood count, a viral load, or a test for tuberculosis. */
    byte[] next() {
        number++;
        String ordering = number % UNKNOWN_FACILITY_EVERY == 0 ? "UNKNOWN" : ORDERING.get(number % ORDERING.size());
        if (number % UNKNOWN_CODE_EVERY == 0) {
            return result(ordering, "FERR^Ferritin^NRL", "NM|FERR^Ferritin^NRL||80|ug/L|||");
        }
        return switch (number % 4) {
            case 0 -> bloodCount(ordering);
            case 1 -> viralLoad(ordering);
            case 2 -> tuberculosis(ordering);
            default -> result(ordering, "CREA^Creatinine^NRL", "NM|CREA^Creatinine^NRL||71|umol/L|49-90||");
        };
    }

    private byte[] bloodCount(String ordering) {
        String haemoglobin = (9 + number % 7) + "." + number % 10;
        return result(
                ordering,
                "FBC^Full blood count^NRL",
                "NM|HGB^Haemoglobin^NRL||" + haemoglobin + "|g/dL|12.0-16.0||",
                "NM|PLT^Platelet count^NRL||" + (150 + number % 200) + "|10*9/L|150-400||");
    }

    private byte[] viralLoad(String ordering) {
        int copies = number % 3 == 0 ? 40 + number % 9000 : 0;
        return result(
                ordering,
                "HIVVL^HIV-1 viral load^NRL",
                "NM|HIVVL^HIV-1 viral load^NRL||" + copies + "|copies/mL||" + (copies > 0 ? "H" : "N") + "|");
    }

    private byte[] tuberculosis(String ordering) {
        boolean found = number % 12 == 2;
        return result(
                ordering,
                "MTBULTRA^Xpert MTB/RIF Ultra^NRL",
                "CE|MTBULTRA^Xpert MTB/RIF Ultra^NRL||"
                        + (found ? "DET^Detected^99NRL|||A|" : "NDET^Not detected^99NRL|||N|"));
    }

    /** @param observations each from OBX-2 to OBX-9 */
    private byte[] result(String ordering, String test, String... observations) {
        StringBuilder text = new StringBuilder(header.segment("ORU^R01^ORU_R01", number))
                .append(InventedPeople.pid(number % PEOPLE, ordering))
                .append("\rORC|RE|O")
                .append(number)
                .append("|||CM||||||||||||||||")
                .append(ordering)
                .append("\rOBR|1|O")
                .append(number)
                .append("|F")
                .append(number)
                .append('|')
                .append(test)
                .append("|||")
                .append(DemoHeader.now())
                .append("|||||||||||||||||LAB|F\r");
        for (int index = 0; index < observations.length; index++) {
            text.append("OBX|")
                    .append(index + 1)
                    .append('|')
                    .append(observations[index])
                    .append("||F\r");
        }
        return DemoHeader.bytes(text.toString());
    }
}
