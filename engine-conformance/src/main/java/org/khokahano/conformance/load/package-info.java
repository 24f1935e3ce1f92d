/**
 * Reads conformance profiles that other tools wrote, and makes them profiles of this project: profiles of
 * Messaging Workbench and HAPI (HL7v2xConformanceProfile), and those of NIST's tools (ConformanceProfile with
 * ConformanceContext, ValueSetLibrary and ValueSetBindingsContext). XML goes to a small model, the model to a tree
 * of maps that is written as YAML, and whatever cannot be said there is told of with its place in the XML.
 *
 * <p>Documents are not trusted: no document type is read, no entity, nothing beyond the document itself; and size,
 * depth and number of elements have limits.
 */
@NullMarked
package org.khokahano.conformance.load;

import org.jspecify.annotations.NullMarked;
