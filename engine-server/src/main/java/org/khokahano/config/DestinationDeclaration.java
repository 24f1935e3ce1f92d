package org.khokahano.config;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.khokahano.config.read.ChoiceType;
import org.khokahano.config.read.EitherType;
import org.khokahano.config.read.Field;
import org.khokahano.config.read.NamedType;
import org.khokahano.config.read.ScalarType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Type;
import org.khokahano.config.read.Types;
import org.khokahano.config.value.HostPort;
import org.khokahano.config.value.Secret;
import org.khokahano.message.CharacterSetChange;

/** What can be said about a destination. */
final class DestinationDeclaration {
    private static final int LANES_WITH_KEY = 8;
    private static final ScalarType<String> CONTENT_TYPE = Types.written(
            "a media type", "write it as type/subtype", "[A-Za-z0-9!#$&^_.+-]+/[A-Za-z0-9!#$&^_.+-]+(?:;.*)?");
    private static final Type<Map<String, Secret>> HEADERS = new NamedType<>(
            "header",
            Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}"),
            "a header's name has letters, digits and '-'",
            Types.secret());

    private static final ChoiceType<String> CHARACTER_SET = new ChoiceType<>(CharacterSetChange.names().stream()
            .collect(Collectors.toMap(name -> name, name -> name, (one, same) -> one, LinkedHashMap::new)));

    private static final Section<MllpDestinationConfig> MLLP = Section.of("mllp", section -> {
        var host = section.required("host", Types.host(), "The partner's name or address.");
        var port = section.required("port", Types.port(1), "The partner's TCP port.");
        var window = section.field(
                "window",
                Types.integer(1, 256),
                "1",
                "How many messages may wait for their acknowledgement on a connection (R31).");
        var connectTimeout =
                section.field("connectTimeout", Types.duration(), "10s", "How long making a connection may take.");
        var ackTimeout = section.field("ackTimeout", Types.duration(), "30s", "How long to wait for an answer (R27).");
        var maxAck = section.field("maxAck", Types.size(), "1MB", "The largest answer.");
        var match = section.field(
                "match", Types.choice(AckMatch.class), "controlId", "How an answer finds its message (R26).");
        var expectAck = section.field(
                "expectAck",
                Types.choice(ExpectAck.class),
                "always",
                "Which messages wait for an answer: always, or asMessage for all but those with NE in MSH-15.");
        var idleClose = section.field(
                "idleClose", Types.duration().orOff(), "off", "After how long a silence the connection is closed.");
        var keepAlive =
                section.field("keepAlive", Types.flag(), "true", "Whether TCP looks if the partner is still there.");
        var tls = section.optional("tls", TlsDeclaration.CLIENT, "TLS; without it all is readable on the way.");
        var release = section.field(
                "release",
                Types.integer(1, 2),
                "1",
                "The release of MLLP; by release 2 each content is committed before the next (R46, R47).");
        section.rule(values -> {
            if (release.in(values) == 2 && window.in(values) > 1) {
                values.error(
                        window,
                        "by MLLP release 2 a sender waits for each commit acknowledgement",
                        "remove 'window', or 'release'");
            }
        });
        section.instead("address", "did you mean 'host'?");
        section.instead("timeout", "did you mean 'ackTimeout' or 'connectTimeout'?");
        return values -> new MllpDestinationConfig(
                host.in(values),
                port.in(values),
                window.in(values),
                connectTimeout.in(values),
                ackTimeout.in(values),
                maxAck.in(values),
                match.in(values),
                expectAck.in(values),
                idleClose.in(values),
                keepAlive.in(values),
                tls.in(values),
                release.in(values));
    });

    private static final Section<HttpDestinationConfig> HTTP = Section.of("http", section -> {
        var url = section.required("url", Types.url(), "Where messages are sent, in full.");
        var method = section.field(
                "method", ChoiceType.of(HttpMethod.class, HttpMethod::name), "POST", "How a message is sent.");
        var contentType = section.optional(
                "contentType",
                CONTENT_TYPE,
                "What the message is declared as: x-application/hl7-v2+er7, or what its format is.");
        var timeout = section.field("timeout", Types.duration(), "30s", "How long a request may take.");
        var headers = section.field("headers", HEADERS, "{}", "Further headers; their values are kept out of logs.");
        var basic = section.optional("basic", TlsDeclaration.BASIC, "The user and password to show.");
        var bearer = section.optional("bearer", TlsDeclaration.BEARER, "The token to show.");
        var tls = section.optional("tls", TlsDeclaration.CLIENT, "How to know the partner, and what to show it.");
        var judge = section.optional(
                "judge",
                Types.choice(Judge.class),
                "What tells whether a message was taken: both, or status where it goes out in a format.");
        section.instead("host", "write 'url' in full: https://host:port/path");
        section.rule(values -> {
            if (basic.in(values).isPresent() && bearer.in(values).isPresent()) {
                values.error(bearer, "a request shows either a password or a token, not both", "remove one of them");
            }
            boolean plain = "http".equalsIgnoreCase(url.in(values).getScheme());
            if (plain && tls.in(values).isPresent()) {
                values.error(tls, "'tls' has no effect on an address with http", "write the url with https");
            }
            boolean leaves = !HostPort.isThisMachine(url.in(values).getHost());
            if (plain
                    && leaves
                    && (basic.in(values).isPresent() || bearer.in(values).isPresent())) {
                values.warning(
                        basic.in(values).isPresent() ? basic : bearer,
                        "over http the secret is readable on the way",
                        "write the url with https");
            }
        });
        return values -> new HttpDestinationConfig(
                url.in(values),
                method.in(values),
                contentType.in(values),
                timeout.in(values),
                headers.in(values),
                basic.in(values),
                bearer.in(values),
                tls.in(values),
                judge.in(values));
    });

    private static final Section<OrderConfig> ORDER = Section.of("order", section -> {
        var key = section.optional(
                "key",
                Types.messagePath(),
                "What must stay in order among itself, as PID-3.1 for a patient; all messages if it is missing.");
        var lanes = section.optional(
                "lanes", Types.integer(1, 1024), "How many lanes the keys share: 8 with a key, 1 without.");
        section.rule(values -> {
            if (key.in(values).isEmpty() && lanes.in(values).orElse(1) > 1) {
                values.error(lanes, "several lanes need a key to choose one by", "add 'key', such as PID-3.1");
            }
        });
        return values -> new OrderConfig(
                key.in(values), lanes.in(values).orElse(key.in(values).isPresent() ? LANES_WITH_KEY : 1));
    });

    private static final Section<RetryConfig> RETRY = Section.of("retry", section -> {
        var first = section.field("first", Types.duration(), "1s", "The wait before the second try.");
        var max = section.field("max", Types.duration(), "5m", "The longest wait between two tries.");
        var jitter = section.field(
                "jitter", Types.percent(), "20%", "By how much each wait varies, so that not all come at once.");
        var factor =
                section.field("factor", Types.decimal(1, 10), "2", "How much longer each wait is than the one before.");
        section.rule(values -> {
            if (first.in(values).compareTo(max.in(values)) > 0) {
                Field<?> written = values.isWritten(first) ? first : max;
                values.error(written, "the first wait is longer than the longest", "'first' is at most 'max'");
            }
        });
        return values -> new RetryConfig(first.in(values), max.in(values), jitter.in(values), factor.in(values));
    });

    private static final Section<AnswerRule> AFTER_TRIES = Section.of(
            "an answer",
            section -> section.<AnswerRule>oneOf(List.of(
                    section.alternative(
                            "deadLetterAfter",
                            tries(AnswerAction.DEAD_LETTER),
                            "Tries with such an answer until the message is set aside."),
                    section.alternative(
                            "holdAfter",
                            tries(AnswerAction.HOLD),
                            "Tries with such an answer until the lane waits for an operator.")))::in);

    private static final Section<Map<AnswerKind, AnswerRule>> ANSWERS = Section.of("answers", section -> {
        Type<AnswerRule> rule = new EitherType<>(
                Types.choice(AnswerAction.class).map(action -> new AnswerRule(action, 1)), AFTER_TRIES);
        Map<AnswerKind, Field<AnswerRule>> fields = new EnumMap<>(AnswerKind.class);
        for (AnswerKind kind : AnswerKind.values()) {
            fields.put(kind, section.field(kind.word(), rule, defaultRule(kind), sentence(kind)));
        }
        return values -> {
            Map<AnswerKind, AnswerRule> rules = new EnumMap<>(AnswerKind.class);
            fields.forEach((kind, field) -> rules.put(kind, field.in(values)));
            return Collections.unmodifiableMap(rules);
        };
    });

    private static final Section<MemoryConfig> MEMORY = Section.of("memory", section -> {
        var messages = section.field(
                "messages", Types.integer(1, 100_000), "256", "How many waiting messages of a lane are in memory.");
        var bytes = section.field("bytes", Types.size(), "8MB", "How many bytes of them are in memory.");
        return values -> new MemoryConfig(messages.in(values), bytes.in(values));
    });

    static final Section<DestinationConfig> DESTINATION = Section.of("a destination", section -> {
        var transport = section.<DestinationTransport>oneOf(List.of(
                section.alternative("mllp", MLLP, "Messages go by MLLP over TCP."),
                section.alternative("http", HTTP, "Messages go by HTTP."),
                section.alternative("directory", DirectoryDeclaration.DESTINATION, "Each message becomes a file.")));
        var order = section.field("order", ORDER, "{}", "What is delivered in order.");
        var retry = section.field("retry", RETRY, "{}", "When a delivery is tried again.");
        var answers = section.field("answers", ANSWERS, "{}", "What to do after each kind of answer (R28).");
        var memory = section.field("memory", MEMORY, "{}", "How much of a lane's backlog is in memory.");
        var format = section.optional(
                "format",
                Types.reference("formats", "format"),
                "What goes out, if it is not HL7 in delimiters. See [formats.md](formats.md).");
        var characterSet = section.optional(
                "characterSet",
                CHARACTER_SET,
                "The character set that messages are written in; as they are if it is missing (R48, R49).");
        var applicationAck = section.optional(
                "applicationAck",
                AskedAckDeclaration.ASKED,
                "Application acknowledgements are asked for, and awaited after the accept acknowledgement (R21, R22)."
                        + " See [protocol.md](protocol.md).");
        var sequence = section.optional(
                "sequence",
                SequenceDeclaration.SENT,
                "Messages get sequence numbers in MSH-13 (R36). See [protocol.md](protocol.md).");
        var split = section.optional(
                "continuation",
                FlowDeclaration.SPLIT,
                "Messages that are too long for the partner go in fragments (R38-R41)."
                        + " See [protocol.md](protocol.md).");
        var batch = section.optional(
                "batch",
                FlowDeclaration.BATCH,
                "Messages go together in batches (R43, R44). See [protocol.md](protocol.md).");
        var rules = new FlowRules(transport, order, format, characterSet, applicationAck, sequence, split, batch);
        section.rule(rules::applicationAck);
        section.rule(rules::sequence);
        section.rule(rules::parts);
        section.rule(rules::together);
        section.rule(rules::format);
        section.instead("host", "it belongs under 'mllp'");
        section.instead("path", "it belongs under 'directory'");
        section.instead("port", "it belongs under 'mllp'");
        section.instead("window", "it belongs under 'mllp'");
        section.instead("lanes", "it belongs under 'order'");
        return values -> new DestinationConfig(
                transport.in(values),
                order.in(values),
                retry.in(values),
                answers.in(values),
                memory.in(values),
                format.in(values),
                characterSet.in(values),
                applicationAck.in(values),
                sequence.in(values),
                split.in(values),
                batch.in(values));
    });

    private DestinationDeclaration() {}

    private static Type<AnswerRule> tries(AnswerAction action) {
        return Types.integer(1, 1_000_000).map(tries -> new AnswerRule(action, tries));
    }

    private static String defaultRule(AnswerKind kind) {
        return switch (kind) {
            case AA, CA -> "done";
            case AE, CE -> "{deadLetterAfter: 3}";
            case AR, CR, NO_MSA, UNREADABLE, TIMEOUT, REFUSED, RESET -> "retry";
            case SEQUENCE -> "hold";
            case UNSENDABLE -> "deadLetter";
        };
    }

    private static String sentence(AnswerKind kind) {
        return switch (kind) {
            case AA -> "The partner accepted the message.";
            case CA -> "The partner has the message in safe storage.";
            case AE -> "The partner found an error in the message.";
            case CE -> "The partner could not store the message.";
            case AR, CR -> "The partner refused the message.";
            case NO_MSA -> "A message came back that acknowledges nothing.";
            case UNREADABLE -> "What came back is no message.";
            case TIMEOUT -> "Nothing came back in time.";
            case REFUSED -> "No connection could be made.";
            case RESET -> "The connection broke before the answer.";
            case SEQUENCE -> "The partner's sequence number does not fit (R36).";
            case UNSENDABLE -> "No frame can hold the message, since a byte of it would end or begin one.";
        };
    }
}
