package org.khokahano.admin;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine that the admin port shows.
 *
 * @param status how it stands whenever it is asked
 * @param desk what an operator may do to it
 * @param held what is done about held deliveries
 * @param configuration what an operator may do about its configuration; null where it keeps no revisions
 * @param traces explains what it did with stored messages; null where it cannot
 */
public record ShownEngine(
        Supplier<EngineStatus> status,
        OperatorDesk desk,
        HeldDesk held,
        @Nullable ConfigurationDesk configuration,
        @Nullable TraceDesk traces) {}
