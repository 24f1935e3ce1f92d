package org.khokahano.cli.demo;

import java.util.List;
import org.khokahano.cli.peer.InventedPeople;

/**
 * What one invented facility sends beside admissions, orders and results: appointments and prescriptions, doses
 * and referrals, or an analyser's files. Not thread-safe.
 */
final class DemoServices {
    private static final int PEOPLE = 500;
    private static final int UNKNOWN_MEDICINE_EVERY = 41;
    private static final List<String> APPOINTMENTS = List.of("S12", "S13", "S14", "S15");
    private static final List<String> MEDICINES =
            List.of("MED-INH^Isoniazid 300 mg", "MED-AMOX^Amoxicillin 500 mg", "MED-METF^Metformin 500 mg");
    private static final List<String> VACCINES = List.of("BCG^BCG", "OPV^Oral polio", "MR^Measles and rubella");

    private final String facility;
    private final DemoHeader header;
    private int number;

    DemoServices(String facility, long runMillis) {
        this.facility = facility;
        this.header = DemoHeader.of("SERVICES", facility, runMillis, "2.5.1");
    }

    /** A hospital's next message: an appointment for a clinic's patient, or a prescription. */
    byte[] ofHospital() {
        number++;
        if (number % 2 == 0) {
            String medicine = number % UNKNOWN_MEDICINE_EVERY == 0
                    ? "MED-NEW^New medicine"
                    : MEDICINES.get(number / 2 % MEDICINES.size());
            return message(
                    "RDE^O11^RDE_O11",
                    patient(),
                    "ORC|NW|" + header.controlId(number),
                    "RXE||" + medicine + "^QMMH|1||TAB^tablet^99LSO|||||30|TAB^tablet^99LSO",
                    "RXR|PO^Oral^HL70162");
        }
        String event = APPOINTMENTS.get(number / 2 % APPOINTMENTS.size());
        return message(
                "SIU^" + event + "^SIU_S12",
                "SCH|APP-" + number + "||||||FOLLOWUP^Follow-up^HL70276|||||||||K-1^Test||||K-1^Test|||||"
                        + (event.equals("S15") ? "Cancelled" : "Booked"),
                patient(),
                "PD1|||THUSONG clinic^^^^^^^^^THUSONG",
                "RGS|1",
                "AIL|1||OPD^3^^QMMH");
    }

    /** A clinic's next message: a dose that it gave, or a referral to Queen 'Mamohato. */
    byte[] ofClinic() {
        number++;
        if (number % 3 == 0) {
            String referral = header.segment("REF^I12^REF_I12", number).replace("|HUB|MOH|", "|HUB|QMMH|");
            return DemoHeader.bytes(referral
                    + "RF1|P^Pending^HL70283|S^Stat^HL70280||||REF-" + number + "\rPRD|RP|Test^Mpho\r" + patient()
                    + "\rDG1|1||A15^Respiratory tuberculosis^I10|||W\r");
        }
        return message(
                "VXU^V04^VXU_V04",
                patient(),
                "ORC|RE||DOSE-" + number,
                "RXA|0|1|" + DemoHeader.now() + "|" + DemoHeader.now() + "|" + VACCINES.get(number % VACCINES.size())
                        + "^L|0.5|mL^^UCUM");
    }

    /** An analyser's next file: the blood counts of one run. */
    byte[] ofAnalyser() {
        StringBuilder file = new StringBuilder("sample;patient;ordered_by;test;value;unit;flag\n");
        for (int sample = 0; sample < 3; sample++) {
            number++;
            String row =
                    header.controlId(number) + ";M" + number % PEOPLE + ";" + (number % 4 == 0 ? "THUSONG" : facility);
            file.append(row).append(";WBC#;").append(4 + number % 6).append(".2;10*9/L;N\n");
            file.append(row).append(";HGB-C;").append(9 + number % 7).append(".1;g/dL;N\n");
        }
        return DemoHeader.bytes(file.toString());
    }

    private byte[] message(String type, String... segments) {
        return DemoHeader.bytes(header.segment(type, number) + String.join("\r", segments) + "\r");
    }

    private String patient() {
        return InventedPeople.pid(number % PEOPLE, facility);
    }
}
