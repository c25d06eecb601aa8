package org.t5j.core.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Safetensors files put together by hand. */
final class SafetensorsFiles {
    private SafetensorsFiles() {}

    static byte[] bytes(String header, byte[] data) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(8 + json.length + data.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .put(data)
                .array();
    }

    static Path write(Path directory, String header, byte[] data) throws IOException {
        return Files.write(directory.resolve("hand.safetensors"), bytes(header, data));
    }

    static byte[] littleEndian(int... shorts) {
        ByteBuffer buffer = ByteBuffer.allocate(2 * shorts.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int value : shorts) {
            buffer.putShort((short) value);
        }
        return buffer.array();
    }
}
