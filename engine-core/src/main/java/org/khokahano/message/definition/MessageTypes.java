package org.khokahano.message.definition;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The message types, trigger events and message structures of HL7 (tables 0076, 0003 and 0354), all
 * versions together. What begins with Z is a site's own and always known. Reading them takes some hundred
 * milliseconds. Immutable.
 */
public final class MessageTypes {
    private static final Pattern EVENT_OF_TYPE = Pattern.compile("([A-Z0-9]{3})_([A-Z0-9]{3})");

    /** Message types of table 0076 without a structure here. */
    private static final Set<String> FURTHER_TYPES = Set.of("ARD", "CNQ", "DBU", "ERQ", "PGR", "QRF", "VTQ");

    /** Trigger events of old versions and of 2.9, likewise; rather too many than one that a partner sends. */
    private static final Set<String> FURTHER_EVENTS = Set.of(
            "Q10", "Q12", "Q14", "R06", "R42", "R43", "R44", "O49", "O50", "O51", "O52", "O53", "O54", "O55", "O56",
            "O57", "O58", "O59");

    private final Set<String> types = new TreeSet<>();
    private final Set<String> events = new TreeSet<>();
    private final Set<String> structures = new TreeSet<>();
    private final Set<String> eventsOfTypes = new TreeSet<>();

    /** Reads them from the definitions. */
    public MessageTypes(Hl7Definitions definitions) {
        for (String version : Hl7Definitions.versions()) {
            Set<String> names = definitions.structureNames(version);
            structures.addAll(names);
            names.forEach(this::add);
            mapped(version).stringPropertyNames().forEach(this::add);
        }
        types.addAll(FURTHER_TYPES);
        events.addAll(FURTHER_EVENTS);
    }

    private void add(String name) {
        Matcher event = EVENT_OF_TYPE.matcher(name);
        if (event.matches()) {
            types.add(event.group(1));
            events.add(event.group(2));
            eventsOfTypes.add(name);
        } else if (name.length() == 3) {
            types.add(name);
        }
    }

    /** The events whose structure has the name of another one, as ADT_A04 to ADT_A01. */
    private static Properties mapped(String version) {
        Properties map = new Properties();
        String place = "ca/uhn/hl7v2/parser/eventmap/" + version + ".properties";
        try (InputStream file = MessageTypes.class.getClassLoader().getResourceAsStream(place)) {
            if (file != null) {
                map.load(file);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return map;
    }

    /** Whether it is a message type of HL7 or a site's own, as in {@code ADT}. */
    public boolean hasType(String type) {
        return types.contains(type) || type.startsWith("Z");
    }

    /** Whether it is a trigger event of HL7 or a site's own, as in {@code A01}. */
    public boolean hasEvent(String event) {
        return events.contains(event) || event.startsWith("Z");
    }

    /** Whether it is a structure of any version or a site's own, as in {@code ADT_A01}. */
    public boolean hasStructure(String structure) {
        return structures.contains(structure) || structure.startsWith("Z") || structure.contains("_Z");
    }

    /** All message types. */
    public Set<String> types() {
        return Set.copyOf(types);
    }

    /** All message structures. */
    public Set<String> structures() {
        return Set.copyOf(structures);
    }

    /** The trigger events of a message type; those of all types where it has none. */
    public Set<String> events(String type) {
        Set<String> ofType = new TreeSet<>();
        eventsOfTypes.stream()
                .filter(name -> name.startsWith(type + "_"))
                .forEach(name -> ofType.add(name.substring(type.length() + 1)));
        return ofType.isEmpty() ? Set.copyOf(events) : ofType;
    }
}
