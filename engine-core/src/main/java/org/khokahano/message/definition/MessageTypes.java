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

    /** Types and events of HL7 that have no structure of their own. */
    private static final Set<String> WITHOUT_STRUCTURE = Set.of(
            "CNQ_Q01", "ARD_A19", "ERQ_Q09", "QRY_Q10", "QRY_Q12", "QRY_Q14", "UDM_R06", "ORU_R42", "ORU_R43",
            "OUL_R44", "OSU_O49", "OSU_O50", "OSU_O51", "OSU_O52", "OMC_O53", "ORC_O54", "ORM_O55", "ORM_O56",
            "OMQ_O57", "ORX_O58", "OML_O59", "DBC_O41", "DBU_O42", "VTQ_V01", "EQL_Q04", "NST_N02", "NUL_A01",
            "PRR_PC5", "PTU_PC7", "RRV_O22", "RCE_O01", "SRQ_S01", "QCN_J01");

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
        WITHOUT_STRUCTURE.forEach(this::add);
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
