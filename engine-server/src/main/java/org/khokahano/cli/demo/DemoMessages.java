package org.khokahano.cli.demo;

import java.util.List;
import org.khokahano.cli.peer.InventedPeople;

/**
 * What invented hospitals and clinics send about invented people, each in its own version of HL7 and with its
 * own codes. One for each sender; not thread-safe.
 */
final class DemoMessages {
    private static final int PEOPLE = 500;
    private static final int MERGE_EVERY = 25;
    private static final List<String> MOTEBANG_WARDS = List.of("FMW", "MMW", "FSW", "MSW", "MAT", "PAED");
    private static final List<String> MOTEBANG_TESTS =
            List.of("VL^VIRAL LOAD^L", "GXP^GENEXPERT MTB^L", "FBC^FULL BLOOD COUNT^L", "CREA^CREATININE^L");
    private static final List<String> QMMH_TESTS = List.of(
            "LAB-HIVVL^HIV viral load^QMMH",
            "LAB-XPERT^GeneXpert MTB/RIF^QMMH",
            "LAB-FBC^Full blood count^QMMH",
            "LAB-CREA^Creatinine^QMMH");

    private final String facility;
    private final boolean old;
    private final DemoHeader header;
    private int number;

    DemoMessages(String facility, long runMillis) {
        this.facility = facility;
        this.old = facility.equals("MOTEBANG");
        this.header = DemoHeader.of("EHR", facility, runMillis, old ? "2.3" : "2.5.1");
    }

    /** A hospital's next message: admissions, updates, discharges, orders, and now and then a merge. */
    byte[] ofHospital() {
        number++;
        if (number % MERGE_EVERY == 4) {
            return merge();
        }
        return switch (number % 5) {
            case 0 -> order();
            case 1 -> admission("A01", "ADT_A01");
            case 2 -> admission("A08", "ADT_A01");
            case 3 -> order();
            default -> admission("A03", "ADT_A03");
        };
    }

    /** A private clinic's next message: admissions, updates, discharges, and orders in LOINC. */
    byte[] ofClinic() {
        number++;
        return switch (number % 4) {
            case 1 -> admission("A01", "ADT_A01");
            case 2 -> admission("A08", "ADT_A01");
            case 3 -> order("20447-9^HIV 1 RNA^LN");
            default -> admission("A03", "ADT_A03");
        };
    }

    private byte[] admission(String event, String structure) {
        String ward = old ? MOTEBANG_WARDS.get(number % MOTEBANG_WARDS.size()) : "MED";
        return DemoHeader.bytes(header.segment(type("ADT", event, structure), number)
                + "EVN|" + event + "|" + DemoHeader.now() + "\r"
                + patient()
                + "PV1|1|I|" + ward + "^" + (100 + number % 40) + "^1^" + facility + "\r");
    }

    private byte[] merge() {
        return DemoHeader.bytes(header.segment(type("ADT", "A40", "ADT_A39"), number)
                + "EVN|A40|" + DemoHeader.now() + "\r"
                + patient()
                + "MRG|T" + number + "^^^" + facility + "^MR\r");
    }

    private byte[] order() {
        List<String> tests = old ? MOTEBANG_TESTS : QMMH_TESTS;
        return order(tests.get(number / 5 % tests.size()));
    }

    private byte[] order(String test) {
        String type = old ? "ORM^O01" : "OML^O21^OML_O21";
        return DemoHeader.bytes(header.segment(type, number)
                + patient()
                + "PV1|1|I|MED^204^1^" + facility + "\r"
                + "ORC|NW|O" + number + "|||||" + (old ? "^^^^^R" : "") + "||" + DemoHeader.now() + "\r"
                + "OBR|1|O" + number + "||" + test + "|||" + DemoHeader.now() + "\r");
    }

    /** MSH-9 has no structure in HL7 2.3. */
    private String type(String code, String event, String structure) {
        return code + "^" + event + (old ? "" : "^" + structure);
    }

    private String patient() {
        return InventedPeople.pid(number % PEOPLE, facility) + "\r";
    }
}
