package org.khokahano.revision;

/**
 * A configuration that the engine has run with.
 *
 * @param number from 1, rising
 * @param at when it was first applied, ISO 8601
 * @param by who applied it
 * @param from the directory that it was copied from
 * @param hash SHA-256 of its files' names and contents, in hexadecimal digits
 */
public record Revision(int number, String at, String by, String from, String hash) {}
