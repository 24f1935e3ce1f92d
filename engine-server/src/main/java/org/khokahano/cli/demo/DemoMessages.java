package org.khokahano.cli.demo;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.khokahano.cli.peer.InventedPeople;

/** What invented hospitals send about invented people. One for each sender; not thread-safe. */
final class DemoMessages {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMddHHmmssxx", Locale.ROOT);
    private static final int PEOPLE = 500;
    private static final int MERGE_EVERY = 25;

    private final String facility;
    private final String run;
    private int number;

    DemoMessages(String facility, long runMillis) {
        this.facility = facility;
        this.run = Long.toString(runMillis / 1000, 36).toUpperCase(Locale.ROOT);
    }

    /** A hospital's next message: admissions, updates, discharges, orders, and now and then a merge. */
    byte[] ofHospital() {
        number++;
        if (number % MERGE_EVERY == 4) {
            return merge();
        }
        return switch (number % 5) {
            case 0 -> order();
            case 1 -> admission("A01");
            case 2 -> admission("A08");
            case 3 -> order();
            default -> admission("A03");
        };
    }

    /** A private clinic's next message: admissions, updates and discharges. */
    byte[] ofClinic() {
        number++;
        return switch (number % 3) {
            case 1 -> admission("A01");
            case 2 -> admission("A08");
            default -> admission("A03");
        };
    }

    /** The laboratory's next result, for one hospital and then for the other. */
    byte[] ofLaboratory() {
        number++;
        String ordering = number % 2 == 0 ? "QMMH" : "MOTEBANG";
        int person = number % PEOPLE;
        return bytes(header("NRL-LIS", "ORU^R01^ORU_R01")
                + InventedPeople.pid(person, ordering) + "\r"
                + "ORC|RE|O" + number + "|||CM||||||||||||||||" + ordering + "\r"
                + "OBR|1|O" + number + "|F" + number + "|58410-2^CBC panel^LN|||" + now() + "\r"
                + "OBX|1|NM|718-7^Hemoglobin^LN||" + (9 + number % 7) + "." + number % 10 + "|g/dL|12.0-16.0||||F\r");
    }

    private byte[] admission(String event) {
        int person = number % PEOPLE;
        return bytes(header("EHR", "ADT^" + event + "^ADT_A01")
                + "EVN|" + event + "|" + now() + "\r"
                + InventedPeople.pid(person, facility) + "\r"
                + "PV1|1|I|MED^" + (100 + number % 40) + "^1^" + facility + "\r");
    }

    private byte[] merge() {
        int person = number % PEOPLE;
        return bytes(header("EHR", "ADT^A40^ADT_A39")
                + "EVN|A40|" + now() + "\r"
                + InventedPeople.pid(person, facility) + "\r"
                + "MRG|T" + number + "^^^" + facility + "^MR\r");
    }

    private byte[] order() {
        int person = number % PEOPLE;
        String type = facility.equals("QMMH") ? "OML^O21^OML_O21" : "ORM^O01^ORM_O01";
        return bytes(header("EHR", type)
                + InventedPeople.pid(person, facility) + "\r"
                + "PV1|1|I|MED^204^1^" + facility + "\r"
                + "ORC|NW|O" + number + "|||||||" + now() + "\r"
                + "OBR|1|O" + number + "||58410-2^CBC panel^LN|||" + now() + "\r");
    }

    private String header(String application, String type) {
        return "MSH|^~\\&|" + application + "|" + facility + "|HUB|MOH|" + now() + "||" + type + "|"
                + facility.charAt(0) + run + "-" + number + "|P|2.5.1|||||LSO|UNICODE UTF-8\r";
    }

    private static String now() {
        return OffsetDateTime.now().format(TIME);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
