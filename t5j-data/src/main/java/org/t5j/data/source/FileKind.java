package org.t5j.data.source;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.t5j.data.DataException;

/** What the first bytes of a file tell about it. */
enum FileKind {
    GZIP("gzip data", "1F8B", "Give it a name that ends with .gz."),
    ZSTD("zstd data", "28B52FFD", "Give it a name that ends with .zst."),
    ZSTD_FRAME_TO_SKIP("zstd data", "502A4D18", "Give it a name that ends with .zst."),
    PARQUET("a Parquet file", "50415231", "Read it with format: parquet."),
    ZIP("a zip archive", "504B0304", "Unpack it."),
    BZIP2("bzip2 data", "425A683931415926", "Unpack it, or pack it with gzip or zstd."),
    XZ("xz data", "FD377A585A", "Unpack it, or pack it with gzip or zstd."),
    UTF16_LITTLE("UTF-16 text", "FFFE", "Convert it: iconv -f UTF-16 -t UTF-8 IN > OUT."),
    UTF16_BIG("UTF-16 text", "FEFF", "Convert it: iconv -f UTF-16 -t UTF-8 IN > OUT."),
    BINARY("binary data", null, "Name a text file in UTF-8; convert UTF-16 with iconv -f UTF-16 -t UTF-8 IN > OUT."),
    TEXT("text", null, "");

    /** How many bytes {@link #of} wants to see. */
    static final int HEAD = 1024;

    private final String description;
    private final byte[] magic;
    private final String remedy;

    FileKind(String description, String magic, String remedy) {
        this.description = description;
        this.magic = magic == null ? null : HexFormat.of().parseHex(magic);
        this.remedy = remedy;
    }

    /** What begins with these bytes; bytes without a known beginning are text unless control characters abound. */
    static FileKind of(byte[] head) {
        for (FileKind kind : values()) {
            if (kind.magic != null && startsWith(head, kind.magic)) {
                return kind;
            }
        }
        return hasManyControls(head) ? BINARY : TEXT;
    }

    private static boolean startsWith(byte[] head, byte[] magic) {
        return head.length >= magic.length && Arrays.equals(head, 0, magic.length, magic, 0, magic.length);
    }

    /**
     * A few control characters that no text has are damaged rows, more are no text; so are zeros at the beginning. Zeros
     * elsewhere may be some more, as text is often damaged so: errors then tell their places.
     */
    private static boolean hasManyControls(byte[] head) {
        int controls = 0;
        int zeros = 0;
        for (byte each : head) {
            controls += each > 0 && each < ' ' && "\t\n\r\f\b\u001B".indexOf(each) < 0 ? 1 : 0;
            zeros += each == 0 ? 1 : 0;
        }
        return controls > Math.max(3, head.length / 50)
                || controls + zeros > Math.max(3, head.length / 8)
                || head.length > 0 && head[0] == 0;
    }

    /** @throws DataException unless it is text */
    void checkText(Path file, byte[] head) {
        if (this != TEXT) {
            throw new DataException(String.format(
                    "Cannot read %s: it holds %s, not %s (its first bytes are %s). %s",
                    file,
                    description,
                    this == UTF16_LITTLE || this == UTF16_BIG ? "UTF-8" : "text",
                    beginning(head),
                    remedy));
        }
    }

    /** The first bytes, as errors quote them: as text if they are, else in hexadecimal. */
    static String beginning(byte[] head) {
        byte[] first = Arrays.copyOf(head, Math.min(head.length, 8));
        for (byte each : first) {
            if (each < ' ') {
                return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(first);
            }
        }
        return "'" + new String(first, StandardCharsets.US_ASCII) + "'";
    }
}
