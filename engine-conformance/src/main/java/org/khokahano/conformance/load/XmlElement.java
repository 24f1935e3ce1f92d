package org.khokahano.conformance.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An element of a document, without its namespace: tools write the same profiles with and without.
 *
 * @param file the document's name as it was given
 * @param attributes by their local names
 * @param children the elements in it
 * @param text what stands in it beside elements, trimmed
 * @param line where its tag begins, from 1
 * @param column where its tag begins, from 1
 */
record XmlElement(
        String file,
        String name,
        Map<String, String> attributes,
        List<XmlElement> children,
        String text,
        int line,
        int column) {

    /** The attribute trimmed; "" where there is none. */
    String attribute(String wanted) {
        return attributes.getOrDefault(wanted, "").strip();
    }

    /** The attribute as it is written; "" where there is none. */
    String rawAttribute(String wanted) {
        return attributes.getOrDefault(wanted, "");
    }

    boolean has(String attribute) {
        return attributes.containsKey(attribute);
    }

    Optional<XmlElement> child(String wanted) {
        return children(wanted).findFirst();
    }

    Stream<XmlElement> children(String wanted) {
        return children.stream().filter(child -> child.name().equals(wanted));
    }

    /** The elements of that name in the elements of the other name. */
    Stream<XmlElement> children(String around, String wanted) {
        return children(around).flatMap(child -> child.children(wanted));
    }
}
