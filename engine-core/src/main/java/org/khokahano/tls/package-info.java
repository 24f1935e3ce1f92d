/**
 * TLS for every transport, with what the JDK brings: certificates and keys from PEM files, which may be
 * replaced on disk while the engine runs; names that clients must bear; and refusals named by their
 * reason. Nothing here owns a socket. Must tell of each reload and each failed one, and must know when
 * each certificate expires.
 */
@NullMarked
package org.khokahano.tls;

import org.jspecify.annotations.NullMarked;
