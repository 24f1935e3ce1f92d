package org.khokahano.store.contract;

import static org.khokahano.store.contract.Letters.NOON;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.khokahano.send.OutcomeKind;
import org.khokahano.send.SendOutcome;
import org.khokahano.store.DeliveryState;
import org.khokahano.store.Mark;
import org.khokahano.store.MessageStore;
import org.khokahano.store.NewDelivery;

/** What every part of the contract needs: a store in a directory, opened before each promise. */
@Tag("disk")
public abstract class StoreContract {

    @TempDir
    protected Path directory;

    protected StoreSession session;
    protected RecordingQueue queue;

    /** Opens the store in a directory. */
    protected abstract MessageStore open(Path place, StoreBounds bounds);

    /** Copies what the disk would hold if the process were killed now, into an empty directory. */
    protected abstract Path crashImage(Path place) throws IOException;

    @BeforeEach
    void openStore() {
        session = new StoreSession(open(directory, StoreBounds.usual()));
        queue = session.recordingQueue();
    }

    @AfterEach
    void closeStore() {
        session.close();
    }

    protected void reopen() {
        reopen(directory, StoreBounds.usual());
    }

    protected void reopen(Path place, StoreBounds bounds) {
        session.close();
        session = new StoreSession(open(place, bounds));
        queue = session.recordingQueue();
    }

    protected NewDelivery to(String destination) {
        return NewDelivery.asReceived(destination, 0);
    }

    protected static Mark delivered(long id, int attempt) {
        return new Mark(id, DeliveryState.DELIVERED, attempt, NOON, 3, outcome(OutcomeKind.AA, false), "", false);
    }

    protected static Mark failed(long id, int attempt, boolean unknown, boolean repeat) {
        return new Mark(id, DeliveryState.QUEUED, attempt, NOON, 3, outcome(OutcomeKind.TIMEOUT, unknown), "", repeat);
    }

    private static SendOutcome outcome(OutcomeKind kind, boolean unknown) {
        return new SendOutcome(kind, new byte[0], "", unknown);
    }
}
