package org.khokahano.cases;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.khokahano.cases.CaseResult.Failure;

/** The results in JUnit's XML. It names places and no values, since build servers keep such files. */
public final class JUnitReport {
    private JUnitReport() {}

    /**
     * Writes it.
     *
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Path file, String suite, List<CaseResult> results) {
        try (Writer writer = Files.newBufferedWriter(file)) {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(writer);
            xml.writeStartDocument("UTF-8", "1.0");
            xml.writeStartElement("testsuite");
            xml.writeAttribute("name", suite);
            xml.writeAttribute("tests", String.valueOf(results.size()));
            long failed = results.stream().filter(result -> !result.passed()).count();
            xml.writeAttribute("failures", String.valueOf(failed));
            xml.writeAttribute("errors", "0");
            for (CaseResult result : results) {
                write(xml, result);
            }
            xml.writeEndElement();
            xml.writeEndDocument();
            xml.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (XMLStreamException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void write(XMLStreamWriter xml, CaseResult result) throws XMLStreamException {
        xml.writeStartElement("testcase");
        xml.writeAttribute("classname", result.file());
        xml.writeAttribute("name", result.name());
        xml.writeAttribute("time", seconds(result.took()));
        if (!result.passed()) {
            xml.writeStartElement("failure");
            xml.writeAttribute("message", printable(result.failures().get(0).what()));
            xml.writeCharacters(
                    result.failures().stream().map(JUnitReport::text).collect(Collectors.joining("\n")));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String text(Failure failure) {
        String places = failure.differences().stream()
                .map(difference -> "\n  " + difference.path() + "  " + difference.name())
                .collect(Collectors.joining());
        return printable(failure.what()) + places;
    }

    private static String seconds(Duration took) {
        return String.format(Locale.ROOT, "%.3f", took.toNanos() / 1e9);
    }

    /** XML 1.0 has no place for control characters. */
    private static String printable(String text) {
        return text.replaceAll("[\\p{Cc}&&[^\\n\\t]]", "?");
    }
}
