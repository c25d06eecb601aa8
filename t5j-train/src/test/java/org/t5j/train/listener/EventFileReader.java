package org.t5j.train.listener;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads event files by the format's description, checking every checksum; shares no code with what writes them. */
public final class EventFileReader {
    private static final int POLYNOMIAL = 0x82F63B78;

    private EventFileReader() {}

    /** An event: fields that are absent are 0, null or empty. */
    public record Event(double wallTime, long step, String version, Map<String, Float> scalars) {}

    public static List<Event> read(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (in.hasRemaining()) {
            int start = in.position();
            int length = Math.toIntExact(in.getLong());
            assertThat(in.getInt()).isEqualTo(maskedCrc(in, start, Long.BYTES));
            assertThat(length).isLessThanOrEqualTo(in.remaining() - Integer.BYTES);
            events.add(event(slice(in, length)));
            assertThat(in.getInt()).isEqualTo(maskedCrc(in, in.position() - 4 - length, length));
        }
        return events;
    }

    private static Event event(ByteBuffer in) {
        double wallTime = 0;
        long step = 0;
        String version = null;
        Map<String, Float> scalars = new TreeMap<>();
        while (in.hasRemaining()) {
            switch ((int) varint(in)) {
                case 0x09 -> wallTime = in.getDouble();
                case 0x10 -> step = varint(in);
                case 0x1A -> version = text(in);
                case 0x2A -> values(slice(in, (int) varint(in)), scalars);
                default -> throw new AssertionError("an unknown field");
            }
        }
        return new Event(wallTime, step, version, scalars);
    }

    private static void values(ByteBuffer summary, Map<String, Float> scalars) {
        while (summary.hasRemaining()) {
            assertThat(varint(summary)).isEqualTo(0x0A);
            ByteBuffer value = slice(summary, (int) varint(summary));
            assertThat(varint(value)).isEqualTo(0x0A);
            String tag = text(value);
            assertThat(varint(value)).isEqualTo(0x15);
            scalars.put(tag, value.getFloat());
        }
    }

    private static String text(ByteBuffer in) {
        byte[] bytes = new byte[(int) varint(in)];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        ByteBuffer slice = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return slice;
    }

    /** CRC-32C bit by bit. */
    private static int maskedCrc(ByteBuffer in, int from, int length) {
        int crc = ~0;
        for (int i = from; i < from + length; i++) {
            crc ^= in.get(i) & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 1 ? POLYNOMIAL : 0);
            }
        }
        crc = ~crc;
        return (crc >>> 15 | crc << 17) + 0xa282ead8;
    }
}
