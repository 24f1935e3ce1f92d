package org.khokahano.cli.peer;

import java.util.List;
import java.util.Locale;

/** People that nobody is: names, addresses and numbers put together by a number. */
public final class InventedPeople {
    private static final List<String> GIVEN =
            List.of("Thabo", "Palesa", "Lerato", "Mpho", "Tsepo", "Limpho", "Katleho", "Puleng", "Neo", "Teboho");
    private static final List<String> FAMILY = List.of(
            "Mokoena", "Letsie", "Nkuebe", "Molapo", "Ramaili", "Sekhonyana", "Tau", "Phiri", "Lebona", "Makhetha");
    private static final List<String> VILLAGE =
            List.of("Mafeteng", "Leribe", "Quthing", "Mokhotlong", "Roma", "Semonkong");

    private InventedPeople() {}

    /**
     * The PID segment of a person, without its end. The same number gives the same person.
     *
     * @param facility who gave the person an id
     */
    public static String pid(int number, String facility) {
        String family = family(number);
        String given = GIVEN.get(number % GIVEN.size());
        String born = String.format(Locale.ROOT, "%d%02d%02d", 1935 + number % 85, 1 + number % 12, 1 + number % 28);
        return String.format(
                Locale.ROOT,
                "PID|1||%s%06d^^^%s^MR||%s^%s^^^^^L||%s|%s|||Ha %s^^%s^^100^LSO^H||+266%08d^PRN^CP",
                facility.substring(0, 1),
                number,
                facility,
                family,
                given,
                born,
                number % 2 == 0 ? "F" : "M",
                family,
                VILLAGE.get(number % VILLAGE.size()),
                50_000_000 + number);
    }

    /** A family name. */
    public static String family(int number) {
        return FAMILY.get((number / GIVEN.size() + number) % FAMILY.size());
    }
}
