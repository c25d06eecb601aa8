package org.t5j.tokenizer.train;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The pieces of a new vocabulary that are not learned.
 *
 * @param unk the unknown piece
 * @param bos the piece that starts a sequence
 * @param eos the piece that ends a sequence
 * @param pad the padding piece
 * @param unkSurface what the unknown piece decodes to
 * @param controlSymbols pieces of structure, never matched in text; one named as {@code bos}, {@code eos} or {@code
 *     pad} is that piece
 * @param userDefinedSymbols texts that always stay in one piece; one named as {@code bos}, {@code eos} or {@code pad}
 *     makes that piece text
 * @param byteFallback whether unknown characters are encoded as bytes; takes 256 ids
 */
public record SpecialPieces(
        Reserved unk,
        Reserved bos,
        Reserved eos,
        Reserved pad,
        String unkSurface,
        List<String> controlSymbols,
        List<String> userDefinedSymbols,
        boolean byteFallback) {

    /** The ids of T5: 0 padding, 1 end of sequence, 2 unknown, none for the start; no further pieces. */
    public static final SpecialPieces T5 = new SpecialPieces(
            new Reserved("<unk>", 2),
            new Reserved("<s>", -1),
            new Reserved("</s>", 1),
            new Reserved("<pad>", 0),
            " \u2047 ",
            List.of(),
            List.of(),
            false);

    private static final String SPECIAL_IDS = "the list of special ids";

    /**
     * A piece with a fixed id.
     *
     * @param text not empty
     * @param id -1 for no such piece
     */
    public record Reserved(String text, int id) {

        public Reserved {
            Setting.require(!text.isEmpty(), "the text of a special piece", "empty", "a name such as <pad>");
        }
    }

    public SpecialPieces {
        Objects.requireNonNull(unkSurface, "unkSurface");
        controlSymbols = List.copyOf(controlSymbols);
        userDefinedSymbols = List.copyOf(userDefinedSymbols);
        Setting.require(unk.id >= 0, "unkId", unk.id, "at least 0: every vocabulary has an unknown piece");
        List<Reserved> present =
                Stream.of(unk, bos, eos, pad).filter(piece -> piece.id != -1).toList();
        Setting.require(
                present.stream().allMatch(piece -> piece.id >= 0)
                        && present.stream().map(Reserved::id).distinct().count() == present.size(),
                SPECIAL_IDS,
                ids(unk, bos, eos, pad),
                "of distinct ids, with -1 for no such piece");
        List<String> texts = present.stream().map(Reserved::text).toList();
        Setting.require(
                texts.stream().distinct().count() == texts.size(),
                "the list of the special pieces' texts",
                texts,
                "of distinct texts");
        Set<String> taken = new HashSet<>(List.of(unk.text));
        checkSymbols("controlSymbols", controlSymbols, taken);
        checkSymbols("userDefinedSymbols", userDefinedSymbols, taken);
    }

    /** @throws org.t5j.tokenizer.TokenizerException that lists the ids, if one is not below {@code vocabSize} */
    public void requireIdsBelow(int vocabSize) {
        Setting.require(
                Stream.of(unk, bos, eos, pad).allMatch(piece -> piece.id < vocabSize),
                SPECIAL_IDS,
                ids(unk, bos, eos, pad),
                "of ids below vocabSize, " + vocabSize);
    }

    private static String ids(Reserved unk, Reserved bos, Reserved eos, Reserved pad) {
        return "unkId=" + unk.id + ", bosId=" + bos.id + ", eosId=" + eos.id + ", padId=" + pad.id;
    }

    private static void checkSymbols(String name, List<String> symbols, Set<String> taken) {
        for (String symbol : symbols) {
            Setting.require(
                    !symbol.isEmpty() && symbol.indexOf('\0') < 0 && taken.add(symbol),
                    name,
                    symbols,
                    "distinct texts, none of them empty, with a NUL or the unknown piece");
        }
    }
}
