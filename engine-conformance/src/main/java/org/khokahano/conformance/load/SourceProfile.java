package org.khokahano.conformance.load;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A profile as a tool wrote it, whichever tool that was.
 *
 * @param name of the whole document; may be empty
 * @param version of HL7; empty where the document does not say it
 * @param workbench whether Messaging Workbench wrote it, whose conditions stand with the elements
 */
record SourceProfile(String name, String version, boolean workbench, List<SourceMessage> messages) {

    /**
     * One message profile.
     *
     * @param id what other documents refer to
     * @param structure MSH-9.3; may be empty
     */
    record SourceMessage(String id, String name, String type, String event, String structure, SourceNode root) {}

    /**
     * A group, or a segment at one place.
     *
     * @param name of HL7: a group's without what it stands in, or the segment's
     * @param id what other documents refer to
     * @param segment null of a group
     * @param slices what some of the segments are instead
     * @param parts of a group, in their order
     */
    record SourceNode(
            String name,
            String id,
            SourceUsage usage,
            int least,
            int most,
            @Nullable SourceSegment segment,
            List<SourceFlavour> slices,
            List<SourceNode> parts,
            XmlElement xml) {

        /** Whether segments in this place are as that one says, all or some. */
        boolean isOf(@Nullable SourceSegment other) {
            return segment == other || slices.stream().anyMatch(slice -> slice.segment() == other);
        }

        /** The same place with nothing but segments of a flavour. */
        SourceNode with(SourceSegment flavour) {
            return new SourceNode(name, flavour.id(), usage, least, most, flavour, List.of(), parts, xml);
        }

        boolean isGroup() {
            return segment == null;
        }

        boolean repeats() {
            return most != 1;
        }
    }

    /**
     * A segment as one place or several have it.
     *
     * @param cases types of a field by what other fields say
     * @param slices types of some repetitions of a field
     */
    record SourceSegment(
            String id,
            String name,
            List<SourceElement> fields,
            List<SourceCase> cases,
            List<SourceSlice> slices,
            XmlElement xml) {}

    /**
     * What some segments of a place are.
     *
     * @param assertion what is true of them, within the segment
     */
    record SourceFlavour(XmlElement assertion, SourceSegment segment, XmlElement xml) {}

    /**
     * The type that a field has where another one has a value, as OBX-5 by OBX-2.
     *
     * @param field whose type it is
     * @param reference the field that says it
     * @param second the path within the segment of another value that says it too; may be empty
     * @param secondValue empty for any
     */
    record SourceCase(
            int field,
            int reference,
            String value,
            String second,
            String secondValue,
            SourceType type,
            XmlElement xml) {}

    /**
     * The type that some repetitions of a field have.
     *
     * @param assertion what is true of them, within the field; null where it is one by its number
     * @param repetition from 1; 0 where the assertion says it
     */
    record SourceSlice(int field, @Nullable XmlElement assertion, int repetition, SourceType type, XmlElement xml) {}

    /**
     * A data type with what the profile says of its components.
     *
     * @param id of the profile: {@code HD_IZ}
     * @param name of HL7: {@code HD}
     */
    record SourceType(String id, String name, List<SourceElement> parts) {}

    /**
     * A field, component or subcomponent.
     *
     * @param least repetitions of a field
     * @param most repetitions of a field, {@link Integer#MAX_VALUE} for any number
     * @param shortest characters, 0 where nothing is said
     * @param longest characters, {@link Integer#MAX_VALUE} where nothing is said
     * @param tables the names of what its values are bound to; may be empty
     * @param constant may be empty
     */
    record SourceElement(
            String name,
            SourceUsage usage,
            int least,
            int most,
            int shortest,
            int longest,
            SourceType type,
            SourceBinding binding,
            String constant,
            XmlElement xml) {

        List<SourceElement> parts() {
            return type.parts();
        }
    }

    /**
     * What a value is bound to.
     *
     * @param tables names of value sets or tables; none where it is not bound
     * @param strength R, S, U, or empty
     * @param location which component holds the code: "", {@code 1}, {@code 1:4}
     */
    record SourceBinding(List<String> tables, String strength, String location) {
        static final SourceBinding NONE = new SourceBinding(List.of(), "", "");
    }

    /**
     * R, RE, O, C, CE, X, B, W or whatever else the document says.
     *
     * @param whenTrue of a conditional usage, where the element itself says it; else empty
     * @param whenFalse likewise
     */
    record SourceUsage(String written, String whenTrue, String whenFalse) {}
}
