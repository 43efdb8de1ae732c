package dev.skein.connector.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** Addresses that share their first bits. */
record Range(byte[] start, int bits) {
    private static final int V4_BYTES = 4;
    private static final int V6_BYTES = 16;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
    private static final byte[] COMPATIBLE = new byte[12];
    private static final byte[] NAT64 = {0, 0x64, (byte) 0xff, (byte) 0x9b, 0, 0, 0, 0, 0, 0, 0, 0};

    /** From {@code 10.0.0.0/8}, or an address alone; never resolves a name. */
    static Range parse(String text) {
        int slash = text.indexOf('/');
        var address = slash < 0 ? text : text.substring(0, slash);
        if (!address.matches("\\d{1,3}(\\.\\d{1,3}){3}") && !address.contains(":")) {
            throw new IllegalArgumentException("not an address: " + text);
        }
        try {
            var start = InetAddress.getByName(address).getAddress();
            int most = start.length * Byte.SIZE;
            int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
            if (bits > most) {
                throw new IllegalArgumentException("a range has at most " + most + " bits, got " + text);
            }
            return new Range(start, bits);
        } catch (UnknownHostException | NumberFormatException e) {
            throw new IllegalArgumentException("not a range of addresses: " + text, e);
        }
    }

    boolean contains(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != start.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if ((bytes[bit / Byte.SIZE] & mask) != (start[bit / Byte.SIZE] & mask)) {
                return false;
            }
        }
        return true;
    }

    /** An IPv4 address in IPv6 clothes as what it leads to; any other as it is. */
    static InetAddress plain(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != V6_BYTES) {
            return address;
        }
        try {
            if (begins(bytes, MAPPED) || begins(bytes, NAT64)) {
                return v4(bytes, V6_BYTES - V4_BYTES);
            }
            boolean isOwnForm = address.isAnyLocalAddress() || address.isLoopbackAddress(); // :: and ::1
            if (begins(bytes, COMPATIBLE) && !isOwnForm) {
                return v4(bytes, V6_BYTES - V4_BYTES);
            }
            return bytes[0] == 0x20 && bytes[1] == 0x02 ? v4(bytes, 2) : address; // 6to4
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static boolean begins(byte[] bytes, byte[] prefix) {
        return Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static InetAddress v4(byte[] bytes, int from) throws UnknownHostException {
        return InetAddress.getByAddress(Arrays.copyOfRange(bytes, from, from + V4_BYTES));
    }
}
