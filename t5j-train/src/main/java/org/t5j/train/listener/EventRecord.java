package org.t5j.train.listener;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * A record of a TensorBoard event file: length (8 bytes), masked CRC-32C of these (4), a protocol buffer {@code Event},
 * masked CRC-32C of it (4); little endian. Source: TensorFlow's {@code record_writer.cc}, {@code event.proto} and {@code
 * summary.proto}.
 */
final class EventRecord {
    private static final String VERSION = "brain.Event:2";
    private static final int MASK_DELTA = 0xa282ead8;
    private static final int FRAME = 16;

    /** Field numbers of {@code Event}, {@code Summary} and {@code Summary.Value} with their wire types. */
    private static final int WALL_TIME = 1 << 3 | 1;

    private static final int STEP = 2 << 3;
    private static final int FILE_VERSION = 3 << 3 | 2;
    private static final int SUMMARY = 5 << 3 | 2;
    private static final int VALUE = 1 << 3 | 2;
    private static final int TAG = 1 << 3 | 2;
    private static final int SIMPLE_VALUE = 2 << 3 | 5;

    private EventRecord() {}

    /** What a file begins with; {@code wallTime} in seconds since 1970. */
    static byte[] version(double wallTime) {
        ByteArrayOutputStream event = event(wallTime);
        message(event, FILE_VERSION, VERSION.getBytes(StandardCharsets.UTF_8));
        return framed(event.toByteArray());
    }

    /** Numbers after {@code step} updates, by tag. */
    static byte[] scalars(double wallTime, long step, Map<String, Float> values) {
        ByteArrayOutputStream summary = new ByteArrayOutputStream();
        values.forEach((tag, number) -> {
            ByteArrayOutputStream value = new ByteArrayOutputStream();
            message(value, TAG, tag.getBytes(StandardCharsets.UTF_8));
            value.write(SIMPLE_VALUE);
            value.writeBytes(littleEndian(Float.BYTES).putFloat(number).array());
            message(summary, VALUE, value.toByteArray());
        });
        ByteArrayOutputStream event = event(wallTime);
        event.write(STEP);
        varint(event, step);
        message(event, SUMMARY, summary.toByteArray());
        return framed(event.toByteArray());
    }

    /** The wall time of the record that {@code bytes} begin with, or NaN where they hold none. */
    static double wallTime(byte[] bytes) {
        int place = Long.BYTES + Integer.BYTES;
        return bytes.length < place + 1 + Double.BYTES || bytes[place] != WALL_TIME
                ? Double.NaN
                : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getDouble(place + 1);
    }

    private static ByteArrayOutputStream event(double wallTime) {
        ByteArrayOutputStream event = new ByteArrayOutputStream();
        event.write(WALL_TIME);
        event.writeBytes(littleEndian(Double.BYTES).putDouble(wallTime).array());
        return event;
    }

    private static void message(ByteArrayOutputStream out, int field, byte[] bytes) {
        out.write(field);
        varint(out, bytes.length);
        out.writeBytes(bytes);
    }

    private static void varint(ByteArrayOutputStream out, long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static byte[] framed(byte[] event) {
        byte[] length = littleEndian(Long.BYTES).putLong(event.length).array();
        return littleEndian(FRAME + event.length)
                .put(length)
                .putInt(maskedCrc(length))
                .put(event)
                .putInt(maskedCrc(event))
                .array();
    }

    static int maskedCrc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK_DELTA;
    }

    private static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
