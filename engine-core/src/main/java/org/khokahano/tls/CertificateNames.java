package org.khokahano.tls;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/** The names that a certificate bears: the common name and the alternative names (RFC 5280 4.2.1.6). */
final class CertificateNames {

    private static final Set<Integer> TEXT_KINDS = Set.of(1, 2, 6, 7);

    private CertificateNames() {}

    /** In small letters: the common name, and names of DNS, mail, URI and address. */
    static Set<String> of(X509Certificate certificate) {
        Set<String> names = new LinkedHashSet<>();
        try {
            LdapName subject =
                    new LdapName(certificate.getSubjectX500Principal().getName());
            for (Rdn part : subject.getRdns()) {
                if (part.getType().equalsIgnoreCase("CN")) {
                    names.add(part.getValue().toString().toLowerCase(Locale.ROOT));
                }
            }
            Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives != null) {
                for (List<?> name : alternatives) {
                    if (TEXT_KINDS.contains(name.get(0))) {
                        names.add(name.get(1).toString().toLowerCase(Locale.ROOT));
                    }
                }
            }
        } catch (InvalidNameException | CertificateParsingException e) {
            // What cannot be read gives no name, and so admits nobody.
            return names;
        }
        return names;
    }
}
