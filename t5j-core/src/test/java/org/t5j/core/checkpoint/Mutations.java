package org.t5j.core.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damaged versions of a file, each a function of its number: bits flipped, bytes replaced, parts cut off, taken out or
 * doubled, and, for text, numbers and pieces of JSON put where others stood.
 */
public final class Mutations {
    private static final List<String> CRUMBS = List.of(
            "-1",
            "0",
            "1e999",
            "0.5",
            "2147483647",
            "9223372036854775808",
            "null",
            "true",
            "[]",
            "{}",
            "[[[[[[",
            "\"",
            "\"\"",
            ",",
            "\\u0000",
            "\0",
            "NaN");

    private Mutations() {}

    /** Version {@code number} of {@code whole}, with one to three damages. */
    public static byte[] of(byte[] whole, long number) {
        SplittableRandom random = new SplittableRandom(number);
        byte[] damaged = whole;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            damaged = damaged(damaged, random);
        }
        return damaged;
    }

    private static byte[] damaged(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + random.nextInt(1, 20));
        byte[] part = Arrays.copyOfRange(bytes, at, end);
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, end, new byte[0]);
            case 2 -> spliced(bytes, at, at, part);
            case 3 -> {
                random.nextBytes(part);
                yield spliced(bytes, at, end, part);
            }
            case 4 -> spliced(bytes, at, at, crumb(random));
            case 5 -> withOtherNumber(bytes, at, crumb(random));
            default -> {
                byte[] flipped = bytes.clone();
                if (flipped.length > 0) {
                    flipped[at % flipped.length] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                }
                yield flipped;
            }
        };
    }

    private static byte[] crumb(SplittableRandom random) {
        return CRUMBS.get(random.nextInt(CRUMBS.size())).getBytes(StandardCharsets.UTF_8);
    }

    /** The first number from {@code at} on becomes {@code other}. */
    private static byte[] withOtherNumber(byte[] bytes, int at, byte[] other) {
        int from = at;
        while (from < bytes.length && !isDigit(bytes[from])) {
            from++;
        }
        int to = from;
        while (to < bytes.length && isDigit(bytes[to])) {
            to++;
        }
        return spliced(bytes, from, to, other);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] part) {
        byte[] result = Arrays.copyOf(bytes, from + part.length + bytes.length - to);
        System.arraycopy(part, 0, result, from, part.length);
        System.arraycopy(bytes, to, result, from + part.length, bytes.length - to);
        return result;
    }
}
