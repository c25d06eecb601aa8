package org.t5j.tokenizer.train;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The script of every character by Unicode 9.0.0, the version that {@code spm_train} 0.1.97 has, whatever that of the
 * JDK. Characters assigned later are {@code Common}.
 */
final class Scripts {

    static final int COMMON;
    static final int HAN;
    static final int HIRAGANA;
    static final int INHERITED;
    static final int KATAKANA;

    private static final String RESOURCE = "scripts-9.0.0.txt";
    private static final byte[] SCRIPTS = new byte[Character.MAX_CODE_POINT + 1];
    private static final List<String> NAMES = new ArrayList<>();

    static {
        read();
        COMMON = NAMES.indexOf("Common");
        HAN = NAMES.indexOf("Han");
        HIRAGANA = NAMES.indexOf("Hiragana");
        INHERITED = NAMES.indexOf("Inherited");
        KATAKANA = NAMES.indexOf("Katakana");
    }

    private Scripts() {}

    /** The number of the script of code point {@code c}, the same number for the same script. */
    static int of(int c) {
        return SCRIPTS[c] & 0xFF;
    }

    private static void read() {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(Scripts.class.getResourceAsStream(RESOURCE), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("#")) {
                    continue;
                }
                int blank = line.indexOf(' ');
                String name = line.substring(blank + 1);
                if (!NAMES.contains(name)) {
                    NAMES.add(name);
                }
                int first = Integer.parseInt(line, 0, blank, 16);
                Arrays.fill(SCRIPTS, first, SCRIPTS.length, (byte) NAMES.indexOf(name));
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("The resource " + RESOURCE + " of this library is damaged", failed);
        }
    }
}
