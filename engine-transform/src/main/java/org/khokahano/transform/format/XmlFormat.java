package org.khokahano.transform.format;

import java.util.List;
import java.util.Set;
import org.khokahano.format.FormatOutcome;
import org.khokahano.format.InputFormat;
import org.khokahano.format.InputRecord;
import org.khokahano.format.OutputFormat;
import org.khokahano.message.Message;
import org.khokahano.message.XmlMessageException;
import org.khokahano.message.XmlMessages;

/** HL7 v2 in its XML encoding: the whole message, with no layout of its own. */
public final class XmlFormat implements InputFormat, OutputFormat {

    private static final Set<String> MEDIA_TYPES =
            Set.of("application/xml", "text/xml", "application/hl7-v2+xml", "x-application/hl7-v2+xml");

    @Override
    public Set<String> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public String mediaType() {
        return "application/hl7-v2+xml";
    }

    @Override
    public List<InputRecord> read(byte[] input) {
        try {
            return List.of(new InputRecord.Readable(XmlMessages.read(input)));
        } catch (XmlMessageException e) {
            return List.of(new InputRecord.Unreadable(input, e.problem()));
        }
    }

    @Override
    public FormatOutcome write(Message message) {
        try {
            return new FormatOutcome.Written(XmlMessages.write(message));
        } catch (XmlMessageException e) {
            return new FormatOutcome.Unsayable("as XML: " + e.problem());
        }
    }
}
