/**
 * The port to fragments of messages that come in several parts (2.10.2): each is durable before it is
 * acknowledged, and stays until its message is stored whole or is given up.
 */
@NullMarked
package org.khokahano.store.fragment;

import org.jspecify.annotations.NullMarked;
