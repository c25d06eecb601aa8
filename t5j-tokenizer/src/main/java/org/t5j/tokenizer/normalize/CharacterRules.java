package org.t5j.tokenizer.normalize;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.model.NormalizerSpec;

/**
 * Rules that replace one string by another, as {@code spm_train} takes them from {@code --normalization_rule_tsv} and
 * {@code spm_normalize --decompile} prints them. Of several rules that fit, the one with the longest left side is used;
 * what was replaced is not looked at again. Immutable.
 */
public final class CharacterRules {

    /** Name that {@code spm_train} gives to rules of one's own. */
    private static final String NAME = "user_defined";

    private final SortedMap<String, String> rules;

    private CharacterRules(SortedMap<String, String> rules) {
        this.rules = Collections.unmodifiableSortedMap(rules);
    }

    /**
     * The rules that replace each key by its value, an empty value for deletion.
     *
     * @throws TokenizerException if a key is empty or longer than 1024 bytes, or a string holds U+0000 or half a
     *     surrogate pair
     */
    public static CharacterRules of(Map<String, String> rules) {
        SortedMap<String, String> sorted = new TreeMap<>(CharacterRules::compareCodePoints);
        rules.forEach((from, to) -> {
            requireUsable(from);
            requireUsable(to);
            int bytes = from.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > RuleGraph.MAX_RULE_BYTES) {
                throw new TokenizerException("The left side of a rule has " + bytes + " bytes of UTF-8; it has 1 to "
                        + RuleGraph.MAX_RULE_BYTES);
            }
            sorted.put(from, to);
        });
        return new CharacterRules(sorted);
    }

    /**
     * Reads a file of rules, one a line: code points in hexadecimal, a TAB, the code points to put in their place, and
     * after another TAB a comment. {@code U+} or {@code 0x} may stand before a number. Without the second column the
     * left side is deleted; of two rules for the same left side the later holds. What {@code spm_train} would take for
     * a number by luck ("61," or "x") is refused.
     *
     * @throws TokenizerException if the file cannot be read or a line breaks the rules; the message names the line
     */
    public static CharacterRules parse(Path tsv) {
        return of(RuleFile.read(tsv));
    }

    /**
     * The rules of a compiled map; none if it is empty.
     *
     * @throws TokenizerException if it is damaged
     */
    public static CharacterRules of(byte[] precompiledCharsmap) {
        CharacterMap map = new CharacterMap(precompiledCharsmap);
        SortedMap<String, String> rules = new TreeMap<>(CharacterRules::compareCodePoints);
        Map<Integer, String> replacements = new HashMap<>();
        map.forEachRule((key, length, start) -> {
            String to = replacements.computeIfAbsent(start, at -> text(map.replacements(), at, map.replacementEnd(at)));
            rules.put(text(key, 0, length), to);
        });
        return new CharacterRules(rules);
    }

    /** The rules in the order of their code points. */
    public SortedMap<String, String> asMap() {
        return rules;
    }

    /**
     * The {@code precompiled_charsmap} of these rules. C++ SentencePiece reads it and finds the same rules; the bytes
     * are not those that it would write.
     *
     * @throws TokenizerException if there are no rules, too many, or 32 that each start with another
     */
    public byte[] compile() {
        if (rules.isEmpty()) {
            throw new TokenizerException("There are no rules to compile. For none use the rule identity");
        }
        SortedMap<String, Integer> starts = new TreeMap<>(CharacterRules::compareCodePoints);
        rules.values().forEach(to -> starts.put(to, 0));
        ByteArrayOutputStream replacements = new ByteArrayOutputStream();
        starts.replaceAll((to, zero) -> {
            int start = replacements.size();
            replacements.writeBytes(to.getBytes(StandardCharsets.UTF_8));
            replacements.write(0);
            return start;
        });
        byte[][] keys = rules.keySet().stream()
                .map(from -> from.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int[] values = rules.values().stream().mapToInt(starts::get).toArray();
        int[] units = new DoubleArrayWriter(keys, values).units();
        ByteBuffer blob = ByteBuffer.allocate(Integer.BYTES * (1 + units.length) + replacements.size())
                .order(ByteOrder.LITTLE_ENDIAN);
        blob.putInt(Integer.BYTES * units.length);
        blob.asIntBuffer().put(units);
        return blob.position(Integer.BYTES * (1 + units.length))
                .put(replacements.toByteArray())
                .array();
    }

    /** The spec of a model with these rules and the default treatment of spaces. */
    public NormalizerSpec normalizerSpec() {
        return NormalizerSpec.of(NAME, compile());
    }

    /** The spec of a model that applies these rules to decoded text; spaces are left alone. */
    public NormalizerSpec denormalizerSpec() {
        return normalizerSpec().withSpaces(false, false, false);
    }

    /** The rules as a file that {@link #parse} reads, equal to what {@code spm_normalize --decompile} writes. */
    public String toTsv() {
        StringBuilder tsv = new StringBuilder();
        rules.forEach((from, to) -> RuleFile.appendLine(from, to, tsv));
        return tsv.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CharacterRules that && rules.equals(that.rules);
    }

    @Override
    public int hashCode() {
        return rules.hashCode();
    }

    private static void requireUsable(String text) {
        boolean halfPair =
                text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
        if (halfPair || text.indexOf(0) >= 0) {
            throw new TokenizerException("A rule of replacement holds "
                    + (halfPair ? "half a surrogate pair" : "U+0000") + "; neither can stand in one");
        }
    }

    private static String text(byte[] utf8, int from, int to) {
        for (int at = from; at < to; ) {
            int length = Utf8.wellFormedLength(utf8, at, to);
            if (length == 0) {
                throw new TokenizerException(
                        "the precompiled_charsmap of the normalizer is damaged: a rule is not UTF-8");
            }
            at += length;
        }
        return new String(utf8, from, to - from, StandardCharsets.UTF_8);
    }

    /** The order of UTF-8 bytes and of SentencePiece's maps: by code points, where Java's is by UTF-16 units. */
    private static int compareCodePoints(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean pairs = Character.isSurrogate(x) == Character.isSurrogate(y);
                return pairs
                        ? Character.compare(x, y)
                        : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
