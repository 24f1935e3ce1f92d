package org.khokahano.file;

/**
 * One message of a file.
 *
 * @param bytes its bytes; only the first of them where it is too long
 * @param tooLong whether it is longer than messages may be
 */
record FileMessage(byte[] bytes, boolean tooLong) {

    @Override
    public String toString() {
        return "a message of " + bytes.length + " bytes" + (tooLong ? " and more" : "");
    }
}
