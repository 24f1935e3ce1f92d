package org.khokahano.bench.micro;

/** Messages of realistic size. The people in them are invented. */
final class SampleMessages {

    private SampleMessages() {}

    static String admission() {
        return String.join(
                        "\r",
                        "MSH|^~\\&|EHR|QMMH|NHX|MOH|20261103101502+0200||ADT^A01^ADT_A01|Q00012345|P"
                                + "|2.5.1|||AL|NE|LSO|UNICODE UTF-8",
                        "EVN|A01|20261103101455|||REG04^Molefe^Lineo|20261103101400|QMMH",
                        "PID|1||LS0048812^^^MOH^NI~QM551203^^^QMMH^MR||Mokoena^Thabiso^Teboho^^Mr||"
                                + "19840214|M|||12 Kingsway^^Maseru^^100^LSO^H~PO Box 77^^Maseru^^100"
                                + "^LSO^M||+26650000001^PRN^CP|||M||||||||||||||N",
                        "NK1|1|Mokoena^Palesa^^^Mrs|SPO^Spouse^HL70063|12 Kingsway^^Maseru^^100^LSO"
                                + "|+26650000002^PRN^CP||EC^Emergency contact^HL70131",
                        "PV1|1|I|W3^204^B^QMMH^^BED||||DOC17^Ntsane^Retselisitsoe^^^Dr"
                                + "|DOC22^Phafane^Mpho^^^Dr||MED||||1|||DOC17^Ntsane^Retselisitsoe^^^Dr"
                                + "|IN|V20261103001^^^QMMH^VN|GOV||||||||||||||||||QMMH||A|||20261103101400",
                        "PV2|||^Chest pain for observation|||||20261103||3",
                        "AL1|1|DA^Drug allergy^HL70127|PEN^Penicillin^L|MO^Moderate^HL70128|Rash")
                + "\r";
    }

    static String result(int observations) {
        StringBuilder message = new StringBuilder(4_096)
                .append("MSH|^~\\&|LIS|NRL|NHX|MOH|20261103114210+0200||ORU^R01^ORU_R01|L00098765|P" + "|2.5.1\r")
                .append("PID|1||LS0048812^^^MOH^NI||Mokoena^Thabiso||19840214|M\r")
                .append("OBR|1|O551^EHR|F9912^LIS|57021-8^CBC W Auto Differential panel^LN"
                        + "|||20261103103000||||||||DOC17^Ntsane^Retselisitsoe||||||20261103114200"
                        + "|||HM|F\r");
        for (int i = 1; i <= observations; i++) {
            message.append("OBX|")
                    .append(i)
                    .append("|NM|")
                    .append(6690 + i)
                    .append("-2^Leukocytes [#/volume] in Blood^LN||")
                    .append(4 + i * 0.1)
                    .append("|10*9/L^^UCUM|4.0-11.0|N|||F|||20261103114000||TECH3^Sello^Nthabiseng\r");
        }
        return message.toString();
    }
}
