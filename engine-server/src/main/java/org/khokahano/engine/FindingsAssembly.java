package org.khokahano.engine;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.khokahano.admin.MessageFindings;
import org.khokahano.config.EngineConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.message.Message;
import org.khokahano.message.UnreadableMessageException;
import org.khokahano.route.Origin;
import org.khokahano.store.archive.StoredMessage;
import org.khokahano.validation.Findings;
import org.khokahano.validation.ValidationPolicy;

/** Validates stored messages again by the configuration in force: findings are not stored. */
final class FindingsAssembly implements MessageFindings {

    private final Engine engine;
    private @Nullable EngineConfig assembledFor;
    private @Nullable ValidationAssembly assembly;

    FindingsAssembly(Engine engine) {
        this.engine = engine;
    }

    @Override
    public Found of(StoredMessage stored) {
        int revision = engine.revision();
        byte[] bytes = stored.bytes();
        EngineConfig config = engine.config();
        ListenerConfig listener = config.listeners().get(stored.summary().listener());
        ValidationPolicy policy = listener == null ? null : assembly(config).policy(listener.validate());
        if (bytes == null || policy == null) {
            return new Found(revision, false, List.of(), 0);
        }
        try {
            Origin origin = new Origin(
                    stored.summary().listener(),
                    stored.summary().facility(),
                    stored.summary().storedMillis());
            Findings findings = policy.judge(Message.read(bytes), origin).findings();
            return new Found(
                    revision,
                    true,
                    findings.list().stream().map(FindingView::of).toList(),
                    findings.more());
        } catch (UnreadableMessageException neverStored) {
            return new Found(revision, false, List.of(), 0);
        }
    }

    /** Kept for as long as the configuration is the same: making rules takes HL7's definitions. */
    private synchronized ValidationAssembly assembly(EngineConfig config) {
        ValidationAssembly known = assembly;
        if (known == null || config != assembledFor) {
            known = new ValidationAssembly(config);
            assembly = known;
            assembledFor = config;
        }
        return known;
    }
}
