package org.khokahano.store.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import org.khokahano.store.MessageStore;
import org.khokahano.store.contract.LaneContract;
import org.khokahano.store.contract.StoreBounds;

/** The promises to lanes over SQLite. */
final class SqliteLaneTest extends LaneContract {

    @Override
    protected MessageStore open(Path place, StoreBounds bounds) {
        return SqliteStores.open(place, bounds);
    }

    @Override
    protected Path crashImage(Path place) throws IOException {
        return SqliteStores.crashImage(place);
    }
}
