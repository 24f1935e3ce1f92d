package org.khokahano.config.value;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses, such as {@code 10.20.0.0/16} or {@code 2001:db8::/32}.
 *
 * @param network its first address, whose bits behind the prefix are zero
 * @param prefixBits how many leading bits an address shares with it: 0 to 32, or 0 to 128 for IPv6
 */
public record Cidr(InetAddress network, int prefixBits) {
    // Only digits and colons reach InetAddress, so that it never asks a name server.
    private static final Pattern WRITTEN =
            Pattern.compile("((?:\\d{1,3}\\.){3}\\d{1,3}|[0-9A-Fa-f]*:[0-9A-Fa-f:.]*)(?:/(\\d{1,3}))?");

    /** Reads an address with or without a prefix length; empty if it is none, or if a bit behind the prefix is set. */
    public static Optional<Cidr> parse(String text) {
        Matcher matcher = WRITTEN.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            InetAddress network = InetAddress.getByName(matcher.group(1));
            int width = network.getAddress().length * Byte.SIZE;
            int prefixBits = matcher.group(2) == null ? width : Integer.parseInt(matcher.group(2));
            boolean whole = prefixBits <= width
                    && new BigInteger(1, network.getAddress()).getLowestSetBit() >= width - prefixBits;
            boolean zero = new BigInteger(1, network.getAddress()).signum() == 0 && prefixBits <= width;
            return whole || zero ? Optional.of(new Cidr(network, prefixBits)) : Optional.empty();
        } catch (UnknownHostException notAnAddress) {
            return Optional.empty();
        }
    }

    /** Whether the address lies in this range. An address of the other family never does. */
    public boolean contains(InetAddress address) {
        byte[] mine = network.getAddress();
        byte[] theirs = address.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        int shift = mine.length * Byte.SIZE - prefixBits;
        return new BigInteger(1, mine).shiftRight(shift).equals(new BigInteger(1, theirs).shiftRight(shift));
    }

    @Override
    public String toString() {
        return network.getHostAddress() + "/" + prefixBits;
    }
}
