package org.t5j.tokenizer.train;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.t5j.tokenizer.TokenizerException;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.Piece;
import org.t5j.tokenizer.model.WholeFile;

/** The {@code .vocab} file that {@code spm_train} writes beside a model, for people to read: a line for each piece. */
public final class VocabularyList {

    private static final MathContext SIX_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

    private VocabularyList() {}

    /**
     * Writes the pieces of {@code model} in the order of their ids, in UTF-8.
     *
     * @param scores whether each is followed by a tab and its score, in six digits
     *     ({@code vocabulary_output_piece_score})
     * @throws TokenizerException if the file cannot be written; an older file is then unchanged
     */
    public static void write(ModelProto model, Path file, boolean scores) {
        WholeFile.write(file, text(model, scores).getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #write} writes. */
    public static String text(ModelProto model, boolean scores) {
        StringBuilder lines = new StringBuilder();
        for (Piece piece : model.pieces()) {
            lines.append(piece.text());
            if (scores) {
                lines.append('\t').append(sixDigits(piece.score()));
            }
            lines.append('\n');
        }
        return lines.toString();
    }

    /** {@code value} as a C++ stream prints it ({@code %g}). */
    static String sixDigits(float value) {
        if (value == 0) {
            return 1 / value < 0 ? "-0" : "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(SIX_DIGITS);
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= -4 && exponent < SIX_DIGITS.getPrecision()) {
            return rounded.stripTrailingZeros().toPlainString();
        }
        String digits =
                rounded.scaleByPowerOfTen(-exponent).stripTrailingZeros().toPlainString();
        return String.format("%se%s%02d", digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
    }
}
