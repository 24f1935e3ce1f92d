package org.khokahano.bench.micro;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.khokahano.conformance.profile.Bounds;
import org.khokahano.conformance.profile.ElementProfile;
import org.khokahano.conformance.profile.Levels;
import org.khokahano.conformance.profile.Profile;
import org.khokahano.conformance.profile.SegmentProfile;
import org.khokahano.conformance.profile.Selector;
import org.khokahano.conformance.profile.Selector.MessageType;
import org.khokahano.conformance.profile.Usage;
import org.khokahano.conformance.profile.UsageRule;
import org.khokahano.conformance.profile.ValueProfile;
import org.khokahano.message.definition.FieldDefinition;
import org.khokahano.message.definition.Hl7Definitions;
import org.khokahano.validation.Severity;

/**
 * A profile of admissions with a hundred rules, as ours and as the XML that HAPI reads: four of segments, 32 fields
 * with usage, repetitions and length each. Every one of them is kept by {@link SampleMessages#admission()}.
 */
final class HundredRules {
    private static final int ANY_LENGTH = 65_536;
    private static final int MANY = 99;
    private static final String VERSION = "2.5.1";

    /** Segment, how many fields HAPI's form lists, and its fields as number, usage, repetitions, length. */
    private static final List<String> RULES = List.of(
            "MSH 18; 3 R 1 20; 4 R 1 20; 7 R 1 26; 9 R 1 15; 10 R 1 20; 11 R 1 3; 12 R 1 10; 16 RE 1 2; 18 RE 1 20",
            "EVN 7; 1 RE 1 3; 2 R 1 26; 3 X 1 26; 5 RE 1 80; 6 RE 1 26; 7 RE 1 20",
            "PID 30; 1 RE 1 4; 2 X 1 20; 3 R 4 60; 5 R 2 80; 7 R 1 26; 8 R 1 1; 9 X 1 80; 11 RE 3 90; 13 RE 2 60; 16 RE 1 2;"
                    + " 30 RE 1 1",
            "NK1 7",
            "PV1 44; 2 R 1 1; 3 R 1 60; 7 RE 3 80; 10 RE 1 5; 19 R 1 60; 44 RE 1 26",
            "PV2 10",
            "AL1 5");

    private static final Levels ERRORS = new Levels(
            Severity.ERROR,
            Severity.ERROR,
            Severity.ERROR,
            Severity.ERROR,
            Severity.ERROR,
            Severity.ERROR,
            Severity.ERROR,
            Severity.ERROR);

    /** One field. */
    private record FieldRule(int number, String usage, int most, int length) {
        static FieldRule of(String text) {
            String[] words = text.trim().split(" ", -1);
            return new FieldRule(
                    Integer.parseInt(words[0]), words[1], Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        }
    }

    private HundredRules() {}

    static Profile profile() {
        Map<String, SegmentProfile> segments = new LinkedHashMap<>();
        for (String rule : RULES) {
            if (!isRequired(rule)) {
                continue;
            }
            Map<Integer, ElementProfile> fields = new TreeMap<>();
            fields(rule).forEach((number, field) -> fields.put(number, element(field)));
            segments.put(
                    rule.substring(0, 3),
                    new SegmentProfile(UsageRule.of(Usage.R), new Bounds(1, 1), ERRORS, fields, List.of()));
        }
        Selector selector = new Selector(List.of(new MessageType("ADT", "A01", "")), Set.of(), "");
        return new Profile("hundred", selector, List.of(), segments, Map.of(), List.of(), Map.of());
    }

    private static Map<Integer, FieldRule> fields(String rule) {
        Map<Integer, FieldRule> fields = new TreeMap<>();
        String[] parts = rule.split(";", -1);
        for (int i = 1; i < parts.length; i++) {
            FieldRule field = FieldRule.of(parts[i]);
            fields.put(field.number(), field);
        }
        return fields;
    }

    private static ElementProfile element(FieldRule field) {
        ValueProfile value = new ValueProfile(new Bounds(0, field.length()), null, Set.of(), null, "");
        return new ElementProfile(
                "",
                UsageRule.of(Usage.valueOf(field.usage())),
                new Bounds(0, field.most()),
                value,
                Map.of(),
                List.of(),
                ERRORS);
    }

    /** The same in the form of HL7's Messaging Workbench, which HAPI's validator takes. */
    static String xml(Hl7Definitions definitions) {
        StringBuilder xml =
                new StringBuilder("<HL7v2xConformanceProfile HL7Version=\"2.5.1\" ProfileType=\"Constrainable\">"
                        + "<MetaData Name=\"hundred\" OrgName=\"bench\" Version=\"1\"/><UseCase/><Encodings><Encoding>ER7</Encoding>"
                        + "</Encodings><HL7v2xStaticDef MsgType=\"ADT\" EventType=\"A01\" MsgStructID=\"ADT_A01\">"
                        + "<MetaData Name=\"hundred\" OrgName=\"bench\" Version=\"1\"/>");
        for (String rule : RULES) {
            String name = rule.substring(0, 3);
            int listed = Integer.parseInt(rule.replaceFirst(";.*", "").substring(4));
            xml.append("<Segment Name=\"")
                    .append(name)
                    .append("\" LongName=\"\" ")
                    .append(
                            isRequired(rule)
                                    ? "Usage=\"R\" Min=\"1\" Max=\"1\">"
                                    : "Usage=\"O\" Min=\"0\" Max=\"" + MANY + "\">");
            Map<Integer, FieldRule> fields = fields(rule);
            List<FieldDefinition> defined =
                    definitions.segment(name, VERSION).orElseThrow().fields();
            for (int number = 1; number <= listed; number++) {
                String type = defined.get(number - 1).dataType();
                xml.append(field(number, type, fields.get(number)));
            }
            xml.append("</Segment>");
        }
        return xml.append("</HL7v2xStaticDef></HL7v2xConformanceProfile>").toString();
    }

    private static boolean isRequired(String rule) {
        return rule.contains(";");
    }

    private static String field(int number, String type, @Nullable FieldRule rule) {
        String usage = rule == null ? "O" : rule.usage();
        int least = usage.equals("R") ? 1 : 0;
        int most = rule == null ? MANY : rule.most();
        int length = rule == null ? ANY_LENGTH : rule.length();
        return "<Field Name=\"" + number + "\" Usage=\"" + usage + "\" Min=\"" + least + "\" Max=\"" + most
                + "\" Datatype=\"" + type + "\" Length=\"" + length + "\" ItemNo=\"0\"/>";
    }
}
