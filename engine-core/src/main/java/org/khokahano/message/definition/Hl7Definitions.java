package org.khokahano.message.definition;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.Version;
import ca.uhn.hl7v2.model.Composite;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.Group;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Structure;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.model.primitive.ID;
import ca.uhn.hl7v2.model.primitive.IS;
import ca.uhn.hl7v2.parser.DefaultModelClassFactory;
import ca.uhn.hl7v2.parser.ModelClassFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.jar.JarEntry;
import java.util.stream.Stream;

/**
 * Looks definitions up in HAPI's classes and keeps them, since making one costs up to a millisecond.
 * Safe for several threads. A version that is not known has no definitions; ask {@link #isKnown}.
 */
public final class Hl7Definitions {
    /**
     * Parts that HAPI's classes require and HL7 does not: the details of an order (4.2.1 of those versions)
     * are a choice of segments, and what belongs to one of them was written behind all.
     */
    private static final Set<String> NOT_REQUIRED =
            Set.of("2.2 ORM_O01 NTE2", "2.3.1 ORM_O01 RXR", "2.3.1 ORM_O01 NTE");

    /** Names of each kind beyond which only those are kept that HL7 has: some 200 structures in each version. */
    private static final int MOST_KEPT = 5_000;

    private final ModelClassFactory classes = new DefaultModelClassFactory();
    private final ConcurrentMap<String, Optional<StructureNode>> structures = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Optional<SegmentDefinition>> segments = new ConcurrentHashMap<>();

    private final ConcurrentMap<String, Optional<DataTypeDefinition>> dataTypes = new ConcurrentHashMap<>();

    /** The versions of HL7 that are known, from the oldest on. */
    public static List<String> versions() {
        return Arrays.stream(Version.values())
                .filter(version -> version != Version.V271)
                .map(Version::getVersion)
                .toList();
    }

    /** Whether there are definitions of this version. */
    public static boolean isKnown(String version) {
        return versions().contains(version);
    }

    /** A message structure such as {@code ORU_R01}; empty where the version has none of that name. */
    public Optional<StructureNode> structure(String name, String version) {
        if (!isKnown(version) || !name.matches("[A-Z][A-Z0-9]{2}(?:_[A-Z0-9]{2,4})?")) {
            return Optional.empty();
        }
        String key = version + ' ' + name;
        Optional<StructureNode> known = structures.get(key);
        if (known != null) {
            return known;
        }
        Optional<StructureNode> read = readStructure(name, version);
        return kept(structures, key, read);
    }

    /** The structure that HL7 gives a message type and event, as ADT_A01 to ADT and A04; else their own name. */
    public String structureOf(String messageCode, String triggerEvent, String version) {
        String event = messageCode + "_" + triggerEvent;
        try {
            Version known = isKnown(version) ? Version.versionOf(version) : null;
            String mapped = known == null ? null : classes.getMessageStructureForEvent(event, known);
            return mapped == null ? event : mapped;
        } catch (HL7Exception noMap) {
            return event;
        }
    }

    /** A segment such as {@code PID}; empty where the version has none of that name. */
    public Optional<SegmentDefinition> segment(String name, String version) {
        if (!isKnown(version) || !name.matches("[A-Z][A-Z0-9]{2}")) {
            return Optional.empty();
        }
        String key = version + ' ' + name;
        Optional<SegmentDefinition> known = segments.get(key);
        if (known != null) {
            return known;
        }
        Optional<SegmentDefinition> read = readSegment(name, version);
        return kept(segments, key, read);
    }

    /**
     * A data type such as {@code CX}; empty where the version has none of that name. HAPI knows the types
     * of components and their tables, not whether they are required or how long.
     */
    public Optional<DataTypeDefinition> dataType(String name, String version) {
        if (!isKnown(version) || !name.matches("[A-Z][A-Za-z0-9_]{1,40}")) {
            return Optional.empty();
        }
        String key = version + ' ' + name;
        Optional<DataTypeDefinition> known = dataTypes.get(key);
        if (known != null) {
            return known;
        }
        Optional<DataTypeDefinition> read = readDataType(name, version);
        return kept(dataTypes, key, read);
    }

    private Optional<DataTypeDefinition> readDataType(String name, String version) {
        try {
            Class<? extends Type> type = classes.getTypeClass(name, version);
            if (type == null) {
                return Optional.empty();
            }
            Class<? extends Message> generic = GenericMessage.getGenericMessageClass(version);
            Message message = generic.getConstructor(ModelClassFactory.class).newInstance(classes);
            Type made = made(type, message);
            List<DataTypeDefinition.Component> components = new ArrayList<>();
            if (made instanceof Composite composite) {
                for (Type component : composite.getComponents()) {
                    components.add(new DataTypeDefinition.Component(component.getName(), table(component)));
                }
            }
            return Optional.of(new DataTypeDefinition(name, components));
        } catch (HL7Exception | ReflectiveOperationException noSuchType) {
            return Optional.empty();
        }
    }

    /** ID and IS take the number of their table as well. */
    private static Type made(Class<? extends Type> type, Message message) throws ReflectiveOperationException {
        try {
            return type.getConstructor(Message.class).newInstance(message);
        } catch (NoSuchMethodException withTable) {
            return type.getConstructor(Message.class, Integer.class).newInstance(message, 0);
        }
    }

    @SuppressWarnings("NullAway") // putIfAbsent answers null where nothing was there.
    private static <T> Optional<T> kept(ConcurrentMap<String, Optional<T>> known, String key, Optional<T> read) {
        if (read.isEmpty() && known.size() >= MOST_KEPT) {
            // Senders invent names without end; what HL7 has is kept all the same.
            return read;
        }
        Optional<T> earlier = known.putIfAbsent(key, read);
        return earlier == null ? read : earlier;
    }

    /** The names of all structures of a version, as in {@code ORU_R01}: HAPI has a class for each. */
    public Set<String> structureNames(String version) {
        String place = "ca/uhn/hl7v2/model/v" + version.replace(".", "") + "/message/";
        URL one = Hl7Definitions.class.getClassLoader().getResource(place + "ACK.class");
        Set<String> names = new TreeSet<>();
        try {
            if (one != null && one.openConnection() instanceof JarURLConnection jar) {
                jar.getJarFile().stream()
                        .map(JarEntry::getName)
                        .filter(name -> name.startsWith(place) && name.endsWith(".class"))
                        .map(name -> name.substring(place.length(), name.length() - ".class".length()))
                        .forEach(names::add);
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return names;
    }

    /** Whether any structure of any version has a group of that name; looks where it is likely first. */
    public boolean hasGroup(String group) {
        return Stream.concat(Stream.of("2.5.1", "2.3"), versions().stream())
                .anyMatch(version -> structureNames(version).stream()
                        .flatMap(name -> structure(name, version).stream())
                        .anyMatch(structure -> structure.groupNames().contains(group)));
    }

    /** The names of all groups of all structures of all versions; takes a second when first asked. */
    public Set<String> groupNames() {
        Set<String> names = new TreeSet<>();
        for (String version : versions()) {
            for (String structure : structureNames(version)) {
                structure(structure, version).ifPresent(node -> names.addAll(node.groupNames()));
            }
        }
        return names;
    }

    /** The names of the segments that the structures of a version have. */
    public Set<String> segmentNames(String version) {
        Set<String> names = new TreeSet<>();
        for (String structure : structureNames(version)) {
            structure(structure, version).ifPresent(node -> names.addAll(node.segmentNames()));
        }
        return names;
    }

    private Optional<StructureNode> readStructure(String name, String version) {
        try {
            Class<? extends Message> type = classes.getMessageClass(name, version, true);
            if (type == null || GenericMessage.class.isAssignableFrom(type)) {
                return Optional.empty();
            }
            Message message = type.getConstructor(ModelClassFactory.class).newInstance(classes);
            return Optional.of(new StructureNode(name, false, true, false, parts(message, version + ' ' + name + ' ')));
        } catch (HL7Exception | ReflectiveOperationException noSuchStructure) {
            return Optional.empty();
        }
    }

    /** @param of the version and the name of the whole structure */
    private static List<StructureNode> parts(Group group, String of) throws HL7Exception {
        List<StructureNode> parts = new ArrayList<>();
        for (String name : group.getNames()) {
            Structure structure = group.get(name);
            boolean segment = !(structure instanceof Group);
            // A name that comes twice in a group has a number after it; the segment has not.
            String shown = segment ? structure.getName() : name;
            List<StructureNode> below = segment ? List.of() : parts((Group) structure, of);
            // A group that may be empty is there without a segment, as observations are in results up to 2.4.
            boolean required = group.isRequired(name)
                    && !group.isChoiceElement(name)
                    && !NOT_REQUIRED.contains(of + name)
                    && (segment || below.stream().anyMatch(StructureNode::required));
            parts.add(new StructureNode(shown, segment, required, group.isRepeating(name), below));
        }
        return parts;
    }

    private Optional<SegmentDefinition> readSegment(String name, String version) {
        try {
            Class<? extends Segment> type = classes.getSegmentClass(name, version);
            if (type == null) {
                return Optional.empty();
            }
            Class<? extends Message> generic = GenericMessage.getGenericMessageClass(version);
            Message message = generic.getConstructor(ModelClassFactory.class).newInstance(classes);
            Constructor<? extends Segment> constructor = type.getConstructor(Group.class, ModelClassFactory.class);
            Segment segment = constructor.newInstance(message, classes);
            List<FieldDefinition> fields = new ArrayList<>();
            for (int number = 1; number <= segment.numFields(); number++) {
                fields.add(field(segment, number));
            }
            return Optional.of(new SegmentDefinition(name, version, fields));
        } catch (HL7Exception | ReflectiveOperationException noSuchSegment) {
            return Optional.empty();
        }
    }

    private static FieldDefinition field(Segment segment, int number) throws HL7Exception {
        String name = segment.getNames()[number - 1];
        Type type = segment.getField(number, 0);
        int length = segment.getLength(number);
        return new FieldDefinition(
                number,
                name,
                type.getName(),
                segment.isRequired(number),
                Math.max(0, segment.getMaxCardinality(number)),
                length,
                table(type));
    }

    private static int table(Type type) {
        if (type instanceof ID coded) {
            return coded.getTable();
        }
        return type instanceof IS coded ? coded.getTable() : 0;
    }
}
