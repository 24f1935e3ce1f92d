package org.khokahano.engine;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.khokahano.accept.SequencePolicy;
import org.khokahano.config.AcceptConfig;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.SentSequenceConfig;
import org.khokahano.config.SequenceBy;
import org.khokahano.config.Unnumbered;
import org.khokahano.loop.EngineClock;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.Sender;
import org.khokahano.sequence.SequenceSettings;
import org.khokahano.sequence.SequencedSender;
import org.khokahano.store.MessageStore;

/** Sequence numbers on both sides, as a configuration wants them. */
final class SequenceAssembly {

    private SequenceAssembly() {}

    /** How a listener goes by them; null where it does not look at them. */
    static @Nullable SequencePolicy policy(AcceptConfig accept) {
        return accept.sequence()
                .map(sequence -> new SequencePolicy(
                        sequence.by() == SequenceBy.SENDER, sequence.unnumbered() == Unnumbered.REJECT))
                .orElse(null);
    }

    /** The senders of a destination, which number what they send where it wants that. */
    static Function<SerialExecutor, Sender> numbering(
            String name,
            DestinationConfig destination,
            Function<SerialExecutor, Sender> senders,
            MessageStore store,
            EngineClock clock) {
        Optional<SequenceSettings> settings = destination.sequence().map(SequenceAssembly::settings);
        if (settings.isEmpty()) {
            return senders;
        }
        return executor -> new SequencedSender(name, settings.get(), senders.apply(executor), store, executor, clock);
    }

    private static SequenceSettings settings(SentSequenceConfig config) {
        SequenceSettings.Start start = switch (config.start()) {
            case ASK -> SequenceSettings.Start.ASK;
            case RESYNCHRONISE -> SequenceSettings.Start.RESYNCHRONISE;
            case NONE -> SequenceSettings.Start.NONE;
        };
        SequenceSettings.Behind behind = switch (config.behind()) {
            case RESTART -> SequenceSettings.Behind.RESTART;
            case FREEZE -> SequenceSettings.Behind.FREEZE;
        };
        return new SequenceSettings(config.first(), start, behind);
    }
}
