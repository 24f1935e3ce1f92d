package org.khokahano.message;

import ca.uhn.hl7v2.HL7Exception;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/**
 * HL7 v2 in its XML encoding, by way of HAPI's typed messages. No document type and no entity is read.
 * HAPI leaves out what a message's structure does not foresee, so segments are counted on both sides and
 * nothing is lost in silence.
 */
public final class XmlMessages {

    private XmlMessages() {}

    /**
     * Makes a message of XML.
     *
     * @throws XmlMessageException with the place, never content
     */
    public static Message read(byte[] xml) throws XmlMessageException {
        Document document = document(xml);
        try {
            Message message = Message.read(
                    TypedMessages.ofXml(document, version(document)).getBytes(StandardCharsets.UTF_8));
            int expected = segments(document.getDocumentElement());
            if (message.segmentCount() != expected) {
                throw new XmlMessageException("its structure has no place for " + (expected - message.segmentCount())
                        + " of the " + expected + " segments");
            }
            boolean ascii = ByteSearch.isAscii(message.bytes(), 0, message.length());
            return ascii
                    ? message
                    : message.edit().set("MSH-18", "UNICODE UTF-8").apply();
        } catch (UnreadableMessageException e) {
            throw new XmlMessageException(
                    "MSH does not begin a message: " + e.reason().description());
        } catch (HL7Exception e) {
            throw new XmlMessageException("not as HL7 has it (code " + e.getErrorCode() + ')');
        } catch (RuntimeException | StackOverflowError bug) {
            // HAPI meets some malformed input with a bare runtime exception, its text unsafe too.
            throw new XmlMessageException("not as HL7 has it");
        }
    }

    /**
     * Writes a message as XML in UTF-8.
     *
     * @throws XmlMessageException where XML cannot say it
     */
    public static byte[] write(Message message) throws XmlMessageException {
        try {
            Document document = TypedMessages.toXml(message);
            int written = segments(document.getDocumentElement());
            int valued = valued(message);
            if (written < valued) {
                throw new XmlMessageException("its structure " + message.structure() + " has no place for "
                        + (valued - written) + " of the " + valued + " segments");
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream(message.length() * 4);
            TransformerFactory factory = TransformerFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Transformer transformer = factory.newTransformer();
            transformer.transform(new DOMSource(document), new StreamResult(out));
            byte[] xml = out.toByteArray();
            // Some control characters can be written and are no XML.
            document(xml);
            return xml;
        } catch (TypedMessageException e) {
            throw new XmlMessageException(String.valueOf(e.getMessage()));
        } catch (HL7Exception | TransformerException e) {
            throw new XmlMessageException("it cannot be written as XML");
        } catch (RuntimeException | StackOverflowError bug) {
            throw new XmlMessageException("it cannot be written as XML");
        }
    }

    /** Segments that hold something; the others are nowhere in XML. */
    private static int valued(Message message) {
        int valued = 0;
        for (int position = 0; position < message.segmentCount(); position++) {
            Segment segment = message.segment(position);
            boolean any = segment.name().equals(Message.UNNAMED_SEGMENT);
            for (int field = 1; !any && field <= segment.fieldCount(); field++) {
                any = segment.presence(field).holdsSomething();
            }
            valued += any ? 1 : 0;
        }
        return valued;
    }

    private static Document document(byte[] xml) throws XmlMessageException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setNamespaceAware(true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return builder.parse(new ByteArrayInputStream(xml));
        } catch (SAXParseException e) {
            throw new XmlMessageException("line " + e.getLineNumber() + ", column " + e.getColumnNumber()
                    + ": this is not XML, or declares a document type");
        } catch (SAXException | IOException e) {
            throw new XmlMessageException("this is not XML");
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("the JDK's own parser", impossible);
        }
    }

    private static String version(Document document) {
        NodeList fields = document.getElementsByTagNameNS("*", "MSH.12");
        return fields.getLength() == 0 ? "" : fields.item(0).getTextContent().strip();
    }

    /** Segments have names of three characters, groups and fields longer ones. */
    private static int segments(Element root) {
        NodeList all = root.getElementsByTagNameNS("*", "*");
        int count = 0;
        for (int i = 0; i < all.getLength(); i++) {
            Node node = all.item(i);
            String name = node.getLocalName() == null ? node.getNodeName() : node.getLocalName();
            count += SegmentNames.isName(name) && node.hasChildNodes() && hasElement(node) ? 1 : 0;
        }
        return count;
    }

    private static boolean hasElement(Node node) {
        for (Node child = node.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element) {
                return true;
            }
        }
        return false;
    }

    /** Nothing is printed, and nothing but what is right goes on. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // A warning leaves the document what it is.
        }

        @Override
        public void error(SAXParseException e) throws SAXParseException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXParseException {
            throw e;
        }
    }
}
