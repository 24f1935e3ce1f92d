package org.khokahano.conformance.load;

/** Reads the numbers of a profile; what is none is told of, and counts as not said. */
final class SourceNumbers {
    private final ImportReport report;

    SourceNumbers(ImportReport report) {
        this.report = report;
    }

    /** @return {@code otherwise} where the attribute is not there, NA, or no number; the largest number for {@code *} */
    int read(XmlElement element, String attribute, int otherwise) {
        String written = element.attribute(attribute);
        if (written.isEmpty() || written.equalsIgnoreCase("NA")) {
            return otherwise;
        }
        if (written.equals("*")) {
            return Integer.MAX_VALUE;
        }
        try {
            int number = Integer.parseInt(written);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Told of below, like a negative number.
        }
        report.leftOut(element, "", attribute + " of " + element.name(), "it is no number");
        return otherwise;
    }
}
