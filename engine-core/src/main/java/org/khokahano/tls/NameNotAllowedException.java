package org.khokahano.tls;

import java.security.cert.CertificateException;

/** A trusted certificate of somebody who is not on the list. */
final class NameNotAllowedException extends CertificateException {

    NameNotAllowedException(String names) {
        super("the client's certificate bears none of the allowed names, but " + names);
    }
}
