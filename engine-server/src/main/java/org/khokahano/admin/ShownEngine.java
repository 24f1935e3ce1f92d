package org.khokahano.admin;

import java.util.function.Supplier;

/**
 * The engine that the admin port shows.
 *
 * @param status how it stands whenever it is asked
 * @param desk what an operator may do to it
 */
public record ShownEngine(Supplier<EngineStatus> status, OperatorDesk desk) {}
