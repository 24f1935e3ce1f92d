package org.khokahano.config;

import org.khokahano.config.read.ChoiceType;
import org.khokahano.config.read.Section;
import org.khokahano.config.read.Types;

/** What can be said about TLS and about who someone is, on either side. */
final class TlsDeclaration {
    static final Section<ServerTlsConfig> SERVER = Section.of("tls", section -> {
        var certificate =
                section.required("certificate", Types.file(), "The listener's certificate and its chain, in PEM.");
        var key = section.required("key", Types.file(), "The private key to the certificate, in PEM.");
        var clientCa =
                section.optional("clientCa", Types.file(), "Who must have signed a client's certificate, in PEM.");
        var clientAuth = section.field(
                "clientAuth", Types.choice(ClientAuth.class), "none", "Whether a client shows a certificate.");
        var names = section.field(
                "names",
                Types.list(Types.text(), "names"),
                "[]",
                "The names in a client's certificate that may connect; all if there are none here.");
        var protocols = section.field(
                "protocols",
                Types.list(ChoiceType.of(TlsProtocol.class, TlsProtocol::word), "versions of TLS"),
                "[TLSv1.2, TLSv1.3]",
                "The versions of TLS that are spoken.");
        section.instead("cert", "did you mean 'certificate'?");
        section.rule(values -> {
            boolean asks = clientAuth.in(values) != ClientAuth.NONE;
            if (asks && clientCa.in(values).isEmpty()) {
                values.error(
                        clientAuth,
                        "clients are asked for a certificate and there is nothing to check it by",
                        "add 'clientCa' with the certificate of who signs theirs");
            }
            if (!asks && clientCa.in(values).isPresent()) {
                values.warning(clientCa, "'clientCa' has no effect without 'clientAuth'", "add 'clientAuth: require'");
            }
            if (clientAuth.in(values) != ClientAuth.REQUIRE && !names.in(values).isEmpty()) {
                values.error(
                        names,
                        "names of clients are given and a client may come without a certificate",
                        "add 'clientAuth: require'");
            }
            if (protocols.in(values).isEmpty()) {
                values.error(protocols, "no version of TLS is left", "remove the key for TLSv1.2 and TLSv1.3");
            }
        });
        return values -> new ServerTlsConfig(
                certificate.in(values),
                key.in(values),
                clientCa.in(values),
                clientAuth.in(values),
                names.in(values),
                protocols.in(values));
    });

    static final Section<ClientTlsConfig> CLIENT = Section.of("tls", section -> {
        var ca = section.optional(
                "ca",
                Types.file(),
                "Who must have signed the partner's certificate, in PEM; those that Java trusts if it is missing.");
        var certificate = section.optional("certificate", Types.file(), "What the engine shows the partner, in PEM.");
        var key = section.optional("key", Types.file(), "The private key to the certificate, in PEM.");
        var serverName = section.optional(
                "serverName",
                Types.host(),
                "The name to ask for and to look for in the partner's certificate; the host's if it is missing.");
        var verifyHostname = section.field(
                "verifyHostname", Types.flag(), "true", "Whether the partner's certificate must bear its name.");
        section.instead("cert", "did you mean 'certificate'?");
        section.rule(values -> {
            if (certificate.in(values).isPresent() && key.in(values).isEmpty()) {
                values.error(certificate, "the certificate needs its private key", "add 'key'");
            }
            if (key.in(values).isPresent() && certificate.in(values).isEmpty()) {
                values.error(key, "the private key needs its certificate", "add 'certificate'");
            }
            if (!verifyHostname.in(values)) {
                values.warning(
                        verifyHostname,
                        "whoever has a certificate of the same authority can pass for the partner",
                        "set 'serverName' to the name in its certificate instead");
            }
        });
        return values -> new ClientTlsConfig(
                ca.in(values),
                certificate.in(values),
                key.in(values),
                serverName.in(values),
                verifyHostname.in(values));
    });

    static final Section<BasicConfig> BASIC = Section.of("basic", section -> {
        var user = section.required("user", Types.text(), "The user's name.");
        var password = section.required(
                "password", Types.secret(), "The password, better as ${file:...} or ${env:...} than written here.");
        return values -> new BasicConfig(user.in(values), password.in(values));
    });

    static final Section<BearerConfig> BEARER = Section.of("bearer", section -> {
        var token = section.required(
                "token", Types.secret(), "The token, better as ${file:...} or ${env:...} than written here.");
        return values -> new BearerConfig(token.in(values));
    });

    private TlsDeclaration() {}
}
