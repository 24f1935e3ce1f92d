package org.khokahano.bench.peer;

import java.nio.file.Path;
import java.util.Map;

/**
 * What a relay is told by its environment.
 *
 * @param inPort where it listens, RELAY_IN
 * @param outPort where it sends to, at 127.0.0.1, RELAY_OUT
 * @param lanes over how many lanes it spreads the patients, RELAY_LANES
 * @param data where it keeps what must survive, KHOKA_DATA
 */
record RelaySettings(int inPort, int outPort, int lanes, Path data) {
    private static final int MOST_LANES = 256;

    /** @throws IllegalArgumentException naming the variable that is missing or wrong */
    static RelaySettings from(Map<String, String> environment) {
        return new RelaySettings(
                number(environment, "RELAY_IN", "2575", 65_535),
                number(environment, "RELAY_OUT", "2576", 65_535),
                number(environment, "RELAY_LANES", "1", MOST_LANES),
                Path.of(environment.getOrDefault("KHOKA_DATA", "data")));
    }

    private static int number(Map<String, String> environment, String name, String otherwise, int most) {
        String text = environment.getOrDefault(name, otherwise);
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > most) {
            throw new IllegalArgumentException(name + " must be a number from 1 to " + most);
        }
        return Integer.parseInt(text);
    }
}
