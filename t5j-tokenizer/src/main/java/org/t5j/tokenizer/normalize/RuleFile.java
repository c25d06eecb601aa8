package org.t5j.tokenizer.normalize;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.TokenizerException;

/** The text form of {@link CharacterRules}: a line of code points in hexadecimal for each rule. */
final class RuleFile {

    private static final long MAX_FILE_BYTES = 1L << 28;

    private static final Pattern CODE_POINT = Pattern.compile("(?:U\\+)?(?:0[xX])?0*([0-9A-Fa-f]{1,6})");
    private static final Pattern SPACES = Pattern.compile("[ \r]+");
    private static final Pattern CONTROL = Pattern.compile("[\b\\x0B\f\n\r]");

    private RuleFile() {}

    /** Reads a file; a later line for the same left side replaces an earlier one. */
    static Map<String, String> read(Path file) {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new TokenizerException("The file of rules " + file + " has " + Files.size(file)
                        + " bytes; at most " + MAX_FILE_BYTES + " are read. Is it another file?");
            }
            // Comments may hold anything; in Latin-1 every byte is a character and LF alone ends a line.
            String[] lines = Files.readString(file, StandardCharsets.ISO_8859_1).split("\n");
            return parse(file, lines);
        } catch (NoSuchFileException absent) {
            throw new TokenizerException(
                    "There is no file of rules " + file + ". Give the path of a .tsv file", absent);
        } catch (IOException failed) {
            throw new TokenizerException(
                    "The file of rules " + file + " cannot be read: " + FileReason.of(failed), failed);
        }
    }

    private static Map<String, String> parse(Path file, String[] lines) {
        Map<String, String> rules = new HashMap<>();
        for (int i = 0; i < lines.length; i++) {
            try {
                String[] columns = lines[i].split("\t", -1);
                String from = codePoints(columns[0]);
                if (from.isEmpty()) {
                    throw new TokenizerException("it has no left side");
                }
                rules.put(from, columns.length == 1 ? "" : codePoints(columns[1]));
            } catch (TokenizerException broken) {
                throw new TokenizerException(
                        "Line " + (i + 1) + " of the file of rules " + file + " is no rule: " + broken.getMessage()
                                + ". A rule is code points in hexadecimal, a TAB, and those to put in their place:"
                                + " 0041 030A<TAB>00C5",
                        broken);
            }
        }
        return rules;
    }

    private static String codePoints(String column) {
        StringBuilder text = new StringBuilder();
        for (String number : SPACES.split(column)) {
            if (!number.isEmpty()) {
                text.appendCodePoint(codePoint(number));
            }
        }
        return text.toString();
    }

    private static int codePoint(String number) {
        Matcher hexadecimal = CODE_POINT.matcher(number);
        int value = hexadecimal.matches() ? Integer.parseInt(hexadecimal.group(1), 16) : 0;
        boolean surrogate = value >= Character.MIN_SURROGATE && value <= Character.MAX_SURROGATE;
        if (value == 0 || value > Character.MAX_CODE_POINT || surrogate) {
            throw new TokenizerException("'" + number + "' is no code point from 1 to 10FFFF");
        }
        return value;
    }

    /** Appends the line of one rule, with the strings themselves as a comment. */
    static void appendLine(String from, String to, StringBuilder out) {
        String line = hexadecimal(from) + "\t" + hexadecimal(to) + "\t# " + from + " => " + to;
        out.append(CONTROL.matcher(line).replaceAll(" ")).append('\n');
    }

    private static String hexadecimal(String text) {
        return text.codePoints()
                .mapToObj(c -> Integer.toHexString(c).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining(" "));
    }
}
