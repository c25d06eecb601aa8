package org.t5j.tokenizer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Ids to text as {@code decode} of Hugging Face's slow {@code T5Tokenizer} writes it, blanks tidied up before punctuation
 * ({@code clean_up_tokenization_spaces}). Use it to compare with a Python program; {@link
 * SentencePieceTokenizer#decode} neither shows control pieces nor touches blanks. Immutable and thread-safe.
 */
public final class HuggingFaceDecoder {

    private static final String[][] TIDIED = {
        {" .", "."},
        {" ?", "?"},
        {" !", "!"},
        {" ,", ","},
        {" ' ", "'"},
        {" n't", "n't"},
        {" 'm", "'m"},
        {" 's", "'s"},
        {" 've", "'ve"},
        {" 're", "'re"}
    };

    private final SentencePieceTokenizer tokenizer;
    private final Version version;
    private final Set<Integer> special = new LinkedHashSet<>();

    /** The release of transformers; they differ in the blanks around special tokens. */
    public enum Version {
        /** 4.5.1: a special token follows the text before it without a blank. */
        V4_5,
        /** 4.43, legacy or not: a sentinel is a word of its own. */
        V4_43
    }

    /** @param tokenizer best of one of Hugging Face's conventions */
    public HuggingFaceDecoder(SentencePieceTokenizer tokenizer, Version version) {
        this.tokenizer = tokenizer;
        this.version = version;
        special.addAll(List.of(tokenizer.eosId(), tokenizer.unkId(), tokenizer.padId()));
        for (int i = 0; i < tokenizer.sentinelCount(); i++) {
            special.add(tokenizer.sentinelId(i));
        }
    }

    /**
     * The text of {@code ids}.
     *
     * @param skipSpecialTokens whether padding, end of sequence, unknown and sentinels are left out
     * @throws TokenizerException if an id is not in the vocabulary
     */
    public String decode(boolean skipSpecialTokens, int... ids) {
        List<Integer> shown = new ArrayList<>(ids.length);
        for (int id : ids) {
            if (!skipSpecialTokens || !special.contains(id)) {
                shown.add(id);
            }
        }
        return tidied(version == Version.V4_5 ? run(shown) : sentinelsAsWords(shown));
    }

    private String sentinelsAsWords(List<Integer> ids) {
        int pieces = tokenizer.vocabSize() - tokenizer.sentinelCount();
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int at = 0; at < ids.size(); at++) {
            if (ids.get(at) >= pieces) {
                String before = run(ids.subList(from, at));
                if (!before.isEmpty()) {
                    words.add(before);
                }
                words.add(tokenizer.piece(ids.get(at)));
                from = at + 1;
            }
        }
        if (from < ids.size()) {
            words.add(run(ids.subList(from, ids.size())));
        }
        return String.join(" ", words);
    }

    /** {@code convert_tokens_to_string}: special tokens as they are, what stands between them decoded on its own. */
    private String run(List<Integer> ids) {
        StringBuilder text = new StringBuilder();
        List<String> pieces = new ArrayList<>();
        boolean afterSpecial = false;
        for (int id : ids) {
            String piece = tokenizer.piece(id);
            if (special.contains(id)) {
                text.append(version == Version.V4_43 && !afterSpecial ? " " : "");
                text.append(tokenizer.decodePieces(pieces)).append(piece);
                text.append(version == Version.V4_5 ? " " : "");
                pieces.clear();
            } else {
                boolean first = version == Version.V4_43 && pieces.isEmpty() && text.isEmpty();
                pieces.add(first && piece.charAt(0) == SentencePieceTokenizer.SPACE ? piece.substring(1) : piece);
            }
            afterSpecial = special.contains(id);
        }
        return PythonText.strip(text + tokenizer.decodePieces(pieces));
    }

    private static String tidied(String text) {
        String tidy = text;
        for (String[] rule : TIDIED) {
            tidy = tidy.replace(rule[0], rule[1]);
        }
        return tidy;
    }
}
