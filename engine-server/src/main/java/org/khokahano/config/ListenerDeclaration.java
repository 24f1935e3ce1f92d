package org.khokahano.config;

import java.util.List;
import org.khokahano.config.read.ChoiceType;
import org.khokahano.config.read.ScalarType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;
import org.khokahano.config.value.HostPort;

/** What can be said about a listener. */
final class ListenerDeclaration {
    private static final ScalarType<String> VERSION =
            Types.written("a version of HL7", "write it as in MSH-12: 2.5.1", "2\\.[0-9](?:\\.[0-9])?");
    private static final ScalarType<String> MESSAGE_TYPE = Types.written(
                    "a message type",
                    "write it as in MSH-9, with the event or without: ADT^A01 or ADT",
                    "[A-Z][A-Z0-9]{2}(?:\\^[A-Z][A-Z0-9]{2})?")
            .correcting(MessageTypeChecks::nearest);
    private static final ScalarType<String> URL_PATH =
            Types.written("a path of a URL", "it begins with a slash: /hl7", "/[A-Za-z0-9/_.~-]{0,200}");

    private static final Section<MllpListenerConfig> MLLP = Section.of("mllp", section -> {
        var host = section.field("host", Types.host(), "0.0.0.0", "The address to listen on.");
        var port = section.required("port", Types.port(0), "The TCP port to listen on; 0 for a free one.");
        var maxFrame = section.field("maxFrame", Types.size(), "16MB", "The largest message (R6).");
        var frameTimeout = section.field(
                "frameTimeout",
                Types.duration(),
                "30s",
                "How long a message may take from its first byte to its last (R5).");
        var idleTimeout = section.field(
                "idleTimeout",
                Types.duration().orOff(),
                "off",
                "How long a connection may be silent between messages (R8).");
        var maxConnections = section.field(
                "maxConnections", Types.integer(1, 100_000), "1000", "How many connections there may be (R9).");
        var allow = section.field(
                "allow",
                Types.list(Types.cidr(), "ranges of addresses"),
                "[]",
                "The addresses that may connect; all if there are none here (R9).");
        var framing = section.field(
                "framing",
                Types.choice(Framing.class),
                "lenient",
                "What is done with bytes outside of messages and with incomplete ends (R2, R3).");
        var tls = section.optional("tls", TlsDeclaration.SERVER, "TLS; without it all is readable on the way.");
        var replyTimeout = section.field(
                "replyTimeout", Types.duration(), "30s", "How long the engine takes for an acknowledgement, at most.");
        var release = section.field(
                "release",
                Types.integer(1, 2),
                "1",
                "The release of MLLP; by release 2 each content is committed before the next (R46, R47).");
        section.instead("address", "did you mean 'host'?");
        section.instead("certificate", "it belongs under 'tls'");
        return values -> new MllpListenerConfig(
                host.in(values),
                port.in(values),
                maxFrame.in(values),
                frameTimeout.in(values),
                idleTimeout.in(values),
                maxConnections.in(values),
                allow.in(values),
                framing.in(values),
                tls.in(values),
                replyTimeout.in(values),
                release.in(values));
    });

    private static final Section<HttpListenerConfig> HTTP = Section.of("http", section -> {
        var host = section.field("host", Types.host(), "0.0.0.0", "The address to listen on.");
        var port = section.required("port", Types.port(0), "The TCP port to listen on; 0 for a free one.");
        var path = section.field("path", URL_PATH, "/hl7", "Where messages are posted.");
        var maxBody = section.field("maxBody", Types.size(), "16MB", "The largest message.");
        var tls = section.optional("tls", TlsDeclaration.SERVER, "TLS; without it all is readable on the way.");
        var basic = section.optional("basic", TlsDeclaration.BASIC, "The user and password that a sender shows.");
        var bearer = section.optional("bearer", TlsDeclaration.BEARER, "The token that a sender shows.");
        var maxConnections = section.field(
                "maxConnections", Types.integer(1, 100_000), "1000", "How many connections there may be.");
        var requestTimeout = section.field("requestTimeout", Types.duration(), "30s", "How long a request may take.");
        section.instead("address", "did you mean 'host'?");
        section.instead("certificate", "it belongs under 'tls'");
        section.instead("url", "a listener has 'host', 'port' and 'path'");
        section.rule(values -> {
            boolean shown = basic.in(values).isPresent() || bearer.in(values).isPresent();
            if (shown && tls.in(values).isEmpty() && !HostPort.isThisMachine(host.in(values))) {
                values.warning(
                        basic.in(values).isPresent() ? basic : bearer,
                        "without TLS the sender's secret is readable on the way",
                        "add 'tls', unless something in front of the engine does it");
            }
        });
        return values -> new HttpListenerConfig(
                host.in(values),
                port.in(values),
                path.in(values),
                maxBody.in(values),
                tls.in(values),
                basic.in(values),
                bearer.in(values),
                maxConnections.in(values),
                requestTimeout.in(values));
    });

    private static final Section<BatchConfig> BATCHES = Section.of("batches", section -> {
        var answers = section.field(
                "answers",
                Types.choice(BatchAnswers.class),
                "all",
                "Which messages the answer to a batch speaks of (R44).");
        var broken = section.field(
                "broken",
                Types.choice(BatchBroken.class),
                "reject",
                "What becomes of a batch whose counts or grammar are wrong; it may be cut off (R43).");
        var unlabelled = section.field(
                "unlabelled",
                Types.choice(BatchUnlabelled.class),
                "split",
                "What becomes of several messages that follow each other without FHS or BHS: `split` takes each by"
                        + " itself, as those of a batch.");
        return values -> new BatchConfig(answers.in(values), broken.in(values), unlabelled.in(values));
    });

    private static final Section<AcceptConfig> ACCEPT = Section.of("accept", section -> {
        var duplicates = section.field(
                "duplicates",
                Types.duration().orOff(),
                "24h",
                "How long the same message is answered again instead of forwarded again (R57).");
        var processing = section.field(
                "processing",
                Types.list(ChoiceType.of(ProcessingId.class, ProcessingId::name), "processing ids"),
                "[P, T, D]",
                "The values of MSH-11 that are accepted (R13).");
        var versions = section.field(
                "versions",
                Types.list(VERSION, "versions of HL7"),
                "[]",
                "The values of MSH-12 that are accepted; all if there are none here (R13).");
        var types = section.field(
                "types",
                Types.list(MESSAGE_TYPE, "message types"),
                "[]",
                "The values of MSH-9 that are accepted; all if there are none here (R13).");
        var mode = section.field("mode", Types.choice(AckMode.class), "auto", "How messages are acknowledged.");
        var oneSided = section.field(
                "oneSided",
                Types.choice(OneSided.class),
                "original",
                "How a message with only one of MSH-15 and MSH-16 is acknowledged (R23).");
        var applicationAck = section.field(
                "applicationAck",
                Types.choice(ApplicationAck.class),
                "none",
                "Whether an application acknowledgement follows in enhanced mode, where MSH-16 asks for it (R22).");
        var onNoRoute = section.field(
                "onNoRoute", Types.choice(OnNoRoute.class), "accept", "What becomes of a message that no route wants.");
        var batches = section.field("batches", BATCHES, "{}", "How batches of messages are taken (R43-R45).");
        var applicationAckTo = section.optional(
                "applicationAckTo",
                Types.reference("destinations", "destination"),
                "The destination that leads back to the sender, for application acknowledgements in an exchange of"
                        + " their own, where MSH-16 asks for one (R21). See [protocol.md](protocol.md).");
        var sequence = section.optional(
                "sequence",
                SequenceDeclaration.RECEIVED,
                "Messages are taken in the order of their sequence numbers (R33-R37). See [protocol.md](protocol.md).");
        var continuation = section.optional(
                "continuation",
                FlowDeclaration.CONTINUATION,
                "Messages in several fragments are put together (R38-R42). See [protocol.md](protocol.md).");
        var utf16 = section.field(
                "utf16",
                Types.flag(),
                "false",
                "Whether messages in UTF-16 are taken too, and go on in UTF-8 (R51). See [protocol.md](protocol.md).");
        section.rule(values -> {
            if (processing.in(values).isEmpty()) {
                values.error(processing, "no message could be accepted", "remove the key for P, T and D");
            }
            if (continuation.in(values).isPresent() && sequence.in(values).isPresent()) {
                values.error(
                        continuation,
                        "each fragment would need a sequence number of its own",
                        "remove 'continuation' or 'sequence'");
            }
        });
        return values -> new AcceptConfig(
                duplicates.in(values),
                processing.in(values),
                versions.in(values),
                types.in(values),
                mode.in(values),
                oneSided.in(values),
                applicationAck.in(values),
                onNoRoute.in(values),
                batches.in(values),
                applicationAckTo.in(values),
                sequence.in(values),
                continuation.in(values),
                utf16.in(values));
    });

    private static final Section<ReplyConfig> REPLY = Section.of("reply", section -> {
        var from = section.required(
                "from", Types.reference("destinations", "destination"), "The destination that answers.");
        var map = section.field(
                "map",
                Types.list(Types.text(), "mapping files"),
                "[]",
                "Mapping files that a query goes through before it is asked. See [mapping.md](mapping.md).");
        var mapAnswer = section.field(
                "mapAnswer",
                Types.list(Types.text(), "mapping files"),
                "[]",
                "Mapping files that an answer goes through before it is given.");
        var timeout = section.field(
                "timeout",
                Types.duration(),
                "10s",
                "How long a query may take, waiting included; then it is answered with an error.");
        var connections = section.field(
                "connections",
                Types.integer(1, 100),
                "4",
                "How many connections to the destination there may be for queries; each carries one at a time.");
        var maxQueries = section.field(
                "maxQueries",
                Types.integer(1, 10_000),
                "256",
                "How many queries may be under way, the waiting ones included; no more are read then.");
        var audit = section.field(
                "audit", Types.flag(), "false", "Whether the log says who asked when, without what was asked.");
        return values -> new ReplyConfig(
                from.in(values),
                map.in(values),
                mapAnswer.in(values),
                timeout.in(values),
                connections.in(values),
                maxQueries.in(values),
                audit.in(values));
    });

    static final Section<ListenerConfig> LISTENER = Section.of("a listener", section -> {
        var transport = section.<ListenerTransport>oneOf(List.of(
                section.alternative("mllp", MLLP, "Messages come by MLLP over TCP."),
                section.alternative("http", HTTP, "Messages come by HTTP."),
                section.alternative("directory", DirectoryDeclaration.LISTENER, "Messages come in files.")));
        var facility = section.optional("facility", Types.text(), "The hospital or service that sends here.");
        var accept = section.field("accept", ACCEPT, "{}", "Which messages are accepted, and how they are answered.");
        var maxInFlight = section.field(
                "maxInFlight",
                Types.integer(1, 10_000),
                "64",
                "How many messages of one connection may wait for their acknowledgement.");
        var format = section.optional(
                "format",
                Types.reference("formats", "format"),
                "What comes in, if it is not HL7 in delimiters. See [formats.md](formats.md).");
        var validate = section.optional(
                "validate",
                ValidationDeclaration.AT_LISTENER,
                "What the content of messages is checked against, before they are acknowledged. See"
                        + " [validation.md](validation.md).");
        var reply = section.optional(
                "reply", REPLY, "The answer is a destination's, as for queries. See [protocol.md](protocol.md).");
        section.rule(values -> {
            if (format.in(values).isPresent() && transport.in(values) instanceof MllpListenerConfig) {
                values.error(
                        format,
                        "only HL7 in delimiters comes by MLLP",
                        "remove 'format', or listen by HTTP or in a directory");
            }
            if (accept.in(values).sequence().isPresent() && format.in(values).isPresent()) {
                values.error(accept, "records of a format have no sequence numbers", "remove 'sequence' or 'format'");
            }
            if (accept.in(values).utf16() && format.in(values).isPresent()) {
                values.error(accept, "a format reads its own character sets", "remove 'utf16' or 'format'");
            }
            boolean fragments = accept.in(values).continuation().isPresent();
            if (fragments && (format.in(values).isPresent() || reply.in(values).isPresent())) {
                values.error(
                        accept,
                        format.in(values).isPresent()
                                ? "only HL7 in delimiters has fragments"
                                : "a query goes to its destination as it came",
                        "remove 'continuation'");
            } else if (fragments && transport.in(values) instanceof DirectoryListenerConfig) {
                values.error(
                        accept,
                        "nobody acknowledges a fragment in a file, so none follows it",
                        "remove 'continuation', or listen by MLLP or HTTP");
            }
            boolean second = accept.in(values).applicationAck() == ApplicationAck.SAME_CONNECTION;
            if (second && !(transport.in(values) instanceof MllpListenerConfig)) {
                boolean http = transport.in(values) instanceof HttpListenerConfig;
                values.error(
                        accept,
                        (http ? "an HTTP request has one answer" : "nobody waits for an answer to a file")
                                + ", so no application acknowledgement can follow",
                        "remove 'applicationAck', or listen by MLLP");
            }
        });
        section.instead("path", "it belongs under 'directory' or 'http'");
        section.instead("port", "it belongs under 'mllp' or 'http'");
        section.instead("tls", "it belongs under 'mllp' or 'http'");
        return values -> new ListenerConfig(
                transport.in(values),
                facility.in(values),
                accept.in(values),
                maxInFlight.in(values),
                format.in(values),
                validate.in(values),
                reply.in(values));
    });

    private ListenerDeclaration() {}
}
