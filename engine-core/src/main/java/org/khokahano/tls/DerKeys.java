package org.khokahano.tls;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Puts keys in older encodings into PKCS#8 (RFC 5208), the only one that the JDK reads: PKCS#1 (RFC
 * 8017 A.1.2) and SEC 1 (RFC 5915).
 */
final class DerKeys {

    private static final int SEQUENCE = 0x30;
    private static final int INTEGER = 0x02;
    private static final int OCTET_STRING = 0x04;
    private static final int PARAMETERS = 0xA0;
    private static final byte[] VERSION_0 = {INTEGER, 1, 0};
    /** 1.2.840.113549.1.1.1 rsaEncryption, and its NULL parameters. */
    private static final byte[] RSA = {
        0x06, 0x09, 0x2A, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00
    };
    /** 1.2.840.10045.2.1 ecPublicKey. */
    private static final byte[] EC = {0x06, 0x07, 0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x02, 0x01};

    private DerKeys() {}

    static byte[] fromPkcs1(byte[] key) {
        return tagged(SEQUENCE, VERSION_0, tagged(SEQUENCE, RSA), tagged(OCTET_STRING, key));
    }

    /** Throws IllegalArgumentException where the curve is not named in the key. */
    static byte[] fromSec1(byte[] key) {
        return tagged(SEQUENCE, VERSION_0, tagged(SEQUENCE, EC, curve(key)), tagged(OCTET_STRING, key));
    }

    private static byte[] curve(byte[] key) {
        try {
            int at = content(key, 0);
            while (at < key.length) {
                int from = content(key, at);
                int to = from + lengthAt(key, at);
                if ((key[at] & 0xFF) == PARAMETERS) {
                    return Arrays.copyOfRange(key, from, to);
                }
                at = to;
            }
        } catch (ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException("the key is cut off", e);
        }
        throw new IllegalArgumentException("the key does not name its curve");
    }

    /** Where the content of the element at an offset begins. */
    private static int content(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7F);
    }

    private static int lengthAt(byte[] der, int at) {
        int first = der[at + 1] & 0xFF;
        if (first < 0x80) {
            return first;
        }
        int length = 0;
        for (int i = 0; i < (first & 0x7F); i++) {
            length = length << Byte.SIZE | der[at + 2 + i] & 0xFF;
        }
        if (length < 0 || length > der.length) {
            throw new IllegalArgumentException("the key is cut off");
        }
        return length;
    }

    private static byte[] tagged(int tag, byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        out.write(tag);
        if (length < 0x80) {
            out.write(length);
        } else {
            int octets = length > 0xFFFF ? 3 : length > 0xFF ? 2 : 1;
            out.write(0x80 | octets);
            for (int i = octets - 1; i >= 0; i--) {
                out.write(length >> (i * Byte.SIZE));
            }
        }
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
