package org.khokahano.cases;

import java.util.List;

/** What of a configuration the cases reached, area by area. */
public record CoverageReport(List<Area> areas) {

    public CoverageReport {
        areas = List.copyOf(areas);
    }

    /**
     * One kind of thing that can be reached.
     *
     * @param counted whether it counts for the whole; rows of code tables do not, since nobody writes a
     *     case for each code
     * @param missed what was never reached, in the order of the configuration
     */
    public record Area(String name, int reached, int total, boolean counted, List<String> missed) {
        public Area {
            missed = List.copyOf(missed);
        }

        /** Rounded down, so that 100 means all; also where there is nothing to reach. */
        public int percent() {
            return total == 0 ? 100 : (int) (100L * reached / total);
        }
    }

    /** How much of all areas that count was reached. */
    public int percent() {
        List<Area> counting = areas.stream().filter(Area::counted).toList();
        int total = counting.stream().mapToInt(Area::total).sum();
        int reached = counting.stream().mapToInt(Area::reached).sum();
        return new Area("", reached, total, true, List.of()).percent();
    }
}
