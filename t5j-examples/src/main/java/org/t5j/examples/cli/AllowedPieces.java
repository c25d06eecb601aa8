package org.t5j.examples.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.t5j.core.T5Exception;
import org.t5j.tokenizer.model.ModelProto;
import org.t5j.tokenizer.model.ModelType;
import org.t5j.tokenizer.model.Piece;

/**
 * A file of pieces, each followed by a tab and its count or by nothing, to which {@code spm_encode --vocabulary} restricts
 * a model.
 *
 * @param file as {@code --generate_vocabulary} writes it
 * @param threshold pieces that are less frequent do not count
 */
record AllowedPieces(Path file, long threshold) {

    /** {@code model} with the other pieces marked as unused; single characters and bytes are always kept. */
    ModelProto restrict(ModelProto model) {
        ModelType type = model.trainerSpec().modelType();
        if (type != ModelType.UNIGRAM && type != ModelType.BPE) {
            throw new T5Exception("--vocabulary restricts models of type UNIGRAM and BPE only; this one is of type "
                    + type + ". Encode without it");
        }
        Set<String> allowed = read();
        List<Piece> pieces =
                model.pieces().stream().map(piece -> restricted(piece, allowed)).collect(Collectors.toList());
        return new ModelProto(
                pieces, model.trainerSpec(), model.normalizerSpec(), model.denormalizerSpec(), model.extensions());
    }

    private static Piece restricted(Piece piece, Set<String> allowed) {
        switch (piece.type()) {
            case CONTROL, UNKNOWN, USER_DEFINED, BYTE -> {
                return piece;
            }
            default -> {
                String text = piece.text();
                boolean kept = allowed.contains(text) || text.codePointCount(0, text.length()) == 1;
                Piece.Type type = kept ? Piece.Type.NORMAL : Piece.Type.UNUSED;
                return new Piece(text, piece.score(), type, piece.extensions());
            }
        }
    }

    private Set<String> read() {
        Set<String> allowed = new HashSet<>();
        try {
            String[] lines = Files.readString(file, StandardCharsets.UTF_8).split("\n");
            for (int i = 0; i < lines.length; i++) {
                String[] columns = lines[i].split("\t", -1);
                if (columns[0].isEmpty()
                        || columns.length > 1 && !columns[1].strip().matches("[+-]?[0-9]{1,18}")) {
                    throw new T5Exception(
                            "Line " + (i + 1) + " of " + file + " must be a piece, a tab and a count, found \""
                                    + lines[i] + "\"; spm_encode --generate_vocabulary writes such a file");
                }
                if (columns.length == 1 ? threshold <= 1 : Long.parseLong(columns[1].strip()) >= threshold) {
                    allowed.add(columns[0]);
                }
            }
            return allowed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
