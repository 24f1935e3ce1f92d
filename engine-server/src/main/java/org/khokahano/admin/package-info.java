/**
 * The engine seen from outside over HTTP: metrics, health and the API that operators and the commands of
 * {@code khoka} use. Everything below {@code /api} asks for the token of the data directory. Answers carry
 * no message content, except the one that is asked for it, and each such view is logged.
 */
@NullMarked
package org.khokahano.admin;

import org.jspecify.annotations.NullMarked;
