/**
 * What every store has to prove: {@link org.khokahano.store.contract.MessageStoreContract} and what it
 * is made of.
 */
@NullMarked
package org.khokahano.store.contract;

import org.jspecify.annotations.NullMarked;
