package org.khokahano.conformance.load;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.xml.stream.Location;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Reads a document into elements, within limits. Reads nothing but the bytes that it is given. */
final class XmlDocument {
    /** The largest document. The largest public profile has 1 MB, the largest library of value sets some 10 MB. */
    static final int LARGEST_BYTES = 64 * 1024 * 1024;

    static final int MOST_ELEMENTS = 1_000_000;
    static final int DEEPEST = 100;
    static final int LONGEST_TEXT = 1024 * 1024;

    private final String file;
    private final XMLStreamReader events;
    private final Deque<Open> open = new ArrayDeque<>();
    private int elements;

    private XmlDocument(String file, XMLStreamReader events) {
        this.file = file;
        this.events = events;
    }

    /** An element whose end was not read yet. */
    private record Open(
            String name,
            Map<String, String> attributes,
            List<XmlElement> children,
            StringBuilder text,
            int line,
            int column) {}

    /**
     * Reads the whole document.
     *
     * @param file its name in errors
     * @throws UnreadableProfileException where it is not XML, has a document type with content, or goes past a limit
     */
    static XmlElement read(byte[] bytes, String file) throws UnreadableProfileException {
        if (bytes.length > LARGEST_BYTES) {
            throw new UnreadableProfileException(file, 1, 1, "the document is larger than 64 MiB");
        }
        if (bytes.length == 0) {
            throw new UnreadableProfileException(file, 1, 1, "the document is empty");
        }
        XMLStreamReader events = null;
        try {
            events = factory().createXMLStreamReader(new StringReader(XmlEncoding.decode(bytes, file)));
            return new XmlDocument(file, events).root();
        } catch (XMLStreamException broken) {
            throw located(file, broken.getLocation(), "not XML: " + plain(broken));
        } catch (RuntimeException broken) {
            // The JDK's parser meets some malformed input, as a cut UTF-16 character, with a bare exception.
            Supplier<Location> here = events == null ? () -> null : events::getLocation;
            throw located(file, here.get(), "not XML that can be read");
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        // Newer JDKs have a limit of their own here, and say another sentence.
        factory.setProperty("jdk.xml.maxElementDepth", "0");
        // Without one the parser writes what it finds to the terminal beside throwing it.
        factory.setXMLReporter((message, type, related, place) -> {});
        factory.setXMLResolver((publicId, systemId, base, namespace) -> new ByteArrayInputStream(new byte[0]));
        return factory;
    }

    private XmlElement root() throws XMLStreamException, UnreadableProfileException {
        XmlElement root = null;
        int line = 1;
        int column = 1;
        while (events.hasNext()) {
            // An event's location is its end, so that its beginning is the end of the one before; of text the
            // parser has read the '<' behind it, too.
            int read = events.getEventType() == XMLStreamConstants.CHARACTERS ? 1 : 0;
            line = Math.max(1, events.getLocation().getLineNumber());
            column = Math.max(1, events.getLocation().getColumnNumber() - read);
            switch (events.next()) {
                case XMLStreamConstants.DTD -> documentType(line, column);
                case XMLStreamConstants.START_ELEMENT -> begin(line, column);
                case XMLStreamConstants.END_ELEMENT -> root = end();
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text(line, column);
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new UnreadableProfileException(
                            file,
                            line,
                            column,
                            "an entity that XML does not have is not read: write what it stands for");
                default -> {
                    // Comments and instructions say nothing to a profile.
                }
            }
        }
        if (root == null) {
            throw new UnreadableProfileException(file, line, column, "the document has no element");
        }
        return root;
    }

    /** A document type that only names a file changes nothing, since nothing is fetched. */
    private void documentType(int line, int column) throws UnreadableProfileException {
        String text = events.getText();
        if (text != null && (text.contains("[") || text.contains("]"))) {
            throw new UnreadableProfileException(
                    file,
                    line,
                    column,
                    "a document type with declarations in it is not read: remove <!DOCTYPE ... [ ... ]>");
        }
    }

    private void begin(int line, int column) throws UnreadableProfileException {
        if (++elements > MOST_ELEMENTS) {
            throw new UnreadableProfileException(
                    file, line, column, "the document has more than " + MOST_ELEMENTS + " elements");
        }
        if (open.size() >= DEEPEST) {
            throw new UnreadableProfileException(
                    file, line, column, "elements are nested deeper than " + DEEPEST + " levels");
        }
        Map<String, String> attributes = new HashMap<>();
        for (int i = 0; i < events.getAttributeCount(); i++) {
            attributes.putIfAbsent(events.getAttributeLocalName(i), events.getAttributeValue(i));
        }
        open.push(new Open(events.getLocalName(), attributes, new ArrayList<>(), new StringBuilder(), line, column));
    }

    private XmlElement end() {
        Open ended = open.pop();
        XmlElement element = new XmlElement(
                file,
                ended.name(),
                Map.copyOf(ended.attributes()),
                List.copyOf(ended.children()),
                ended.text().toString().strip(),
                ended.line(),
                ended.column());
        if (!open.isEmpty()) {
            open.peek().children().add(element);
        }
        return element;
    }

    private void text(int line, int column) throws UnreadableProfileException {
        if (open.isEmpty() || events.isWhiteSpace()) {
            return;
        }
        StringBuilder text = open.peek().text();
        if (text.length() + events.getTextLength() > LONGEST_TEXT) {
            throw new UnreadableProfileException(file, line, column, "an element has more than 1 MiB of text");
        }
        text.append(events.getText());
    }

    /** The parser's own text begins with the place, and may go on over several lines. */
    private static String plain(XMLStreamException broken) {
        String said = String.valueOf(broken.getMessage());
        int message = said.indexOf("Message: ");
        String sentence = message < 0 ? said : said.substring(message + "Message: ".length());
        return sentence.strip().replaceAll("\\s+", " ");
    }

    private static UnreadableProfileException located(String file, Location place, String reason) {
        int line = place == null ? 1 : Math.max(1, place.getLineNumber());
        int column = place == null ? 1 : Math.max(1, place.getColumnNumber());
        return new UnreadableProfileException(file, line, column, reason);
    }
}
