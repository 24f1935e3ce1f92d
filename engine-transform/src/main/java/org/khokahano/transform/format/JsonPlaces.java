package org.khokahano.transform.format;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

/** Writes where a JSON pointer says, and makes the objects on the way. */
final class JsonPlaces {

    private JsonPlaces() {}

    /** Puts a value: HL7's null as null; what is empty is left out. */
    static void put(ObjectNode root, JsonPointer pointer, String value) {
        if (!value.isEmpty()) {
            JsonNode node = value.equals("\"\"") ? NullNode.instance : TextNode.valueOf(value);
            parent(root, pointer).set(last(pointer), node);
        }
    }

    /** An empty list at a place. */
    static ArrayNode list(ObjectNode root, JsonPointer pointer) {
        return parent(root, pointer).putArray(last(pointer));
    }

    private static ObjectNode parent(ObjectNode root, JsonPointer pointer) {
        ObjectNode at = root;
        for (JsonPointer left = pointer; !left.tail().matches(); left = left.tail()) {
            String name = left.getMatchingProperty();
            at = at.get(name) instanceof ObjectNode known ? known : at.putObject(name);
        }
        return at;
    }

    private static String last(JsonPointer pointer) {
        return pointer.last().getMatchingProperty();
    }
}
