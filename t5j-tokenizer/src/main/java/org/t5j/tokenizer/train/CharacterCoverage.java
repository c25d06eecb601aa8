package org.t5j.tokenizer.train;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.bytes.Utf8;

/** Decides which characters get a piece, and replaces the others by {@link PieceRule#UNKNOWN}. */
final class CharacterCoverage {

    private static final byte[] UNKNOWN = Character.toString(PieceRule.UNKNOWN).getBytes(StandardCharsets.UTF_8);

    private final BitSet covered = new BitSet();
    private final LinkedHashMap<Integer, Long> counts = new LinkedHashMap<>();

    /**
     * @param all how often each code point occurs
     * @throws TokenizerException if there is no character
     */
    CharacterCoverage(long[] all, TrainerConfig config) {
        long total = 0;
        for (long count : all) {
            total += count;
        }
        if (total == 0) {
            throw new TokenizerException("There is no text to train a vocabulary on: every line is empty, longer than "
                    + config.lines().maxBytes() + " bytes or holds ▅. Check the input files");
        }
        List<Integer> chosen = chosen(all, total, config);
        chosen.sort(Comparator.comparingLong((Integer c) -> -all[c]).thenComparing(c -> c));
        for (int c : chosen) {
            covered.set(c);
            counts.put(c, all[c]);
        }
    }

    private static List<Integer> chosen(long[] all, long total, TrainerConfig config) {
        BitSet required = new BitSet();
        config.requiredCharacters().codePoints().filter(c -> c != 0).forEach(required::set);
        List<Integer> byRank = new ArrayList<>(IntStream.range(0, all.length)
                .filter(c -> all[c] > 0 || required.get(c))
                .boxed()
                .toList());
        byRank.sort(Comparator.comparing((Integer c) -> !required.get(c))
                .thenComparing(c -> -all[c])
                .thenComparing(c -> c));
        List<Integer> chosen = new ArrayList<>();
        long sum = 0;
        for (int c : byRank) {
            if (!config.useAllVocab() && (float) ((double) sum / total) >= config.characterCoverage()) {
                break;
            }
            sum += all[c];
            if (c != '\t' && c != ' ' && c != PieceRule.UNKNOWN) {
                chosen.add(c);
            }
        }
        return chosen;
    }

    /** The characters that get a piece and how often they occur; by falling count, then by code point. */
    LinkedHashMap<Integer, Long> counts() {
        return counts;
    }

    /** Adds up how often each character but NUL occurs in {@code chunks}. */
    static long[] count(List<Chunk> chunks) {
        long[] counts = new long[Character.MAX_CODE_POINT + 1];
        for (Chunk chunk : chunks) {
            byte[] text = chunk.text();
            for (int line = 0; line < chunk.size(); line++) {
                int end = chunk.ends()[line];
                for (int at = chunk.start(line); at < end; at += Utf8.length(text[at])) {
                    counts[Utf8.codePoint(text, at)] += chunk.count(line);
                }
            }
        }
        counts[0] = 0;
        return counts;
    }

    /** {@code chunk} with only characters that get a piece, and unknowns. */
    Chunk restrict(Chunk chunk) {
        Chunk.Builder out = new Chunk.Builder();
        byte[] text = chunk.text();
        for (int line = 0; line < chunk.size(); line++) {
            int copied = chunk.start(line);
            int end = chunk.ends()[line];
            for (int at = copied; at < end; ) {
                int next = at + Utf8.length(text[at]);
                if (!covered.get(Utf8.codePoint(text, at))) {
                    out.text.append(text, copied, at);
                    out.text.append(UNKNOWN);
                    copied = next;
                }
                at = next;
            }
            out.text.append(text, copied, end);
            out.endLine(chunk.count(line));
        }
        return out.build();
    }
}
