package org.khokahano.engine;

import java.util.Optional;
import org.khokahano.accept.BatchIntake;
import org.khokahano.accept.ContinuationIntake;
import org.khokahano.accept.Intake;
import org.khokahano.accept.Journey;
import org.khokahano.accept.Utf16Intake;
import org.khokahano.config.BatchAnswers;
import org.khokahano.config.DestinationConfig;
import org.khokahano.config.DirectoryListenerConfig;
import org.khokahano.config.GatherConfig;
import org.khokahano.config.ListenerConfig;
import org.khokahano.config.MllpDestinationConfig;
import org.khokahano.lane.AnswerTable;
import org.khokahano.lane.DeliveryAction;
import org.khokahano.loop.SerialExecutor;
import org.khokahano.send.BatchSettings;
import org.khokahano.send.BatchingSender;
import org.khokahano.send.FragmentingSender;
import org.khokahano.send.Sender;
import org.khokahano.store.fragment.FragmentStore;

/** Messages in several parts, and several messages in one: what stands between a transport and its messages. */
final class FlowAssembly {

    private FlowAssembly() {}

    /** A directory's files are taken apart as they are read, since no file is too long. */
    static Intake intake(ListenerConfig listener, Journey journey, FragmentStore fragments) {
        if (listener.transport() instanceof DirectoryListenerConfig) {
            return journey;
        }
        Intake messages = listener.accept()
                .continuation()
                .<Intake>map(taken -> new ContinuationIntake(journey, fragments, AcceptAssembly.continuation(taken)))
                .orElse(journey);
        return utf16(
                listener,
                new BatchIntake(
                        journey,
                        messages,
                        AcceptAssembly.batches(listener.accept().batches())));
    }

    /** What takes a listener's input in UTF-16 too, where that is configured. */
    static Intake utf16(ListenerConfig listener, Intake intake) {
        return listener.accept().utf16() ? new Utf16Intake(intake) : intake;
    }

    /** Over HTTP and into files, a lane waits for the end of each send before its next. */
    static int window(DestinationConfig destination) {
        Optional<GatherConfig> batch = destination.batch();
        if (batch.isPresent()) {
            return batch.get().messages();
        }
        return destination.transport() instanceof MllpDestinationConfig mllp ? mllp.window() : 1;
    }

    /** A lane's way to its partner, in fragments or batches where that is configured. */
    static Sender sender(DestinationConfig destination, Sender partner, SerialExecutor executor) {
        Optional<GatherConfig> batch = destination.batch();
        if (batch.isPresent()) {
            return new BatchingSender(partner, settings(batch.get()), executor);
        }
        Optional<Long> split = destination.splitBytes();
        if (split.isEmpty()) {
            return partner;
        }
        AnswerTable answers = LaneAssembly.answers(destination);
        return new FragmentingSender(
                partner, split.get().intValue(), kind -> answers.rule(kind).actionAfter(1) == DeliveryAction.DONE);
    }

    private static BatchSettings settings(GatherConfig batch) {
        BatchAnswers answers = batch.answers();
        return new BatchSettings(
                batch.messages(),
                batch.longestWait(),
                batch.sizeBytes(),
                batch.file(),
                switch (answers) {
                    case ALL -> BatchSettings.Answers.ALL;
                    case ERRORS -> BatchSettings.Answers.ERRORS;
                    case NONE -> BatchSettings.Answers.NONE;
                });
    }
}
