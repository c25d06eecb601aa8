package org.t5j.tokenizer.model;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.TokenizerException;

/**
 * A SentencePiece model, the content of a {@code .model} file.
 *
 * @param pieces the vocabulary; the index is the id
 * @param trainerSpec type of the model and settings of its training
 * @param normalizerSpec what happens to text before segmentation
 * @param denormalizerSpec what happens to text after decoding; an empty message for nothing
 * @param extensions the other fields of the file, kept as they are
 */
public record ModelProto(
        List<Piece> pieces,
        TrainerSpec trainerSpec,
        NormalizerSpec normalizerSpec,
        NormalizerSpec denormalizerSpec,
        ProtoMessage extensions) {

    private static final int PIECES = 1;
    private static final int TRAINER_SPEC = 2;
    private static final int NORMALIZER_SPEC = 3;
    private static final int DENORMALIZER_SPEC = 5;
    private static final String SENTINEL_START = "\u2581<extra_id_";
    /** Beyond all real files: vocabularies of a million pieces have 20 MB. */
    private static final long MAX_FILE_BYTES = 1L << 28;

    private static final int MAX_PIECES = 1 << 22;
    private static final int CHECKED_FIRST = 1 << 16;

    public ModelProto {
        pieces = List.copyOf(pieces);
        if (pieces.isEmpty()) {
            throw new TokenizerException("there are no pieces in it, so it is not a SentencePiece model");
        }
    }

    /** A model of these parts, without denormalisation or extensions. */
    public ModelProto(List<Piece> pieces, TrainerSpec trainerSpec, NormalizerSpec normalizerSpec) {
        this(pieces, trainerSpec, normalizerSpec, new NormalizerSpec(ProtoMessage.EMPTY), ProtoMessage.EMPTY);
    }

    /**
     * Reads a {@code .model} file.
     *
     * @throws TokenizerException if it is absent, unreadable, cut off or no SentencePiece model
     */
    public static ModelProto read(Path file) {
        if (Files.isDirectory(file)) {
            throw new TokenizerException("The vocabulary file " + file + " is a directory. Name the .model file in it");
        }
        try {
            checkStart(file);
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException absent) {
            throw new TokenizerException(
                    "There is no vocabulary file " + file + ". Give the path of a .model file", absent);
        } catch (IOException failed) {
            throw new TokenizerException(
                    "The vocabulary file " + file + " cannot be read: " + FileReason.of(failed), failed);
        } catch (TokenizerException broken) {
            throw new TokenizerException(
                    "The vocabulary file " + file + " is not a usable SentencePiece model: " + broken.getMessage()
                            + ". Copy it again from where it came from, or give another file",
                    broken);
        }
    }

    /** Refuses what is no model by its size and first bytes, before all of it is read. */
    private static void checkStart(Path file) throws IOException {
        long size = Files.size(file);
        if (size == 0 || size > MAX_FILE_BYTES) {
            throw new TokenizerException("it has " + size + " bytes; a model has 1 to " + MAX_FILE_BYTES);
        }
        try (InputStream in = Files.newInputStream(file)) {
            ProtoReader reader = new ProtoReader(in.readNBytes(CHECKED_FIRST), size);
            while (reader.next()) {
                // A field that is not well-formed throws.
            }
        }
    }

    /**
     * Reads the bytes of a {@code .model} file.
     *
     * @throws TokenizerException if they are cut off or no SentencePiece model
     */
    public static ModelProto parse(byte[] bytes) {
        ProtoMessage message = ProtoMessage.parse(bytes);
        List<Piece> pieces = new ArrayList<>();
        message.forEachBytes(PIECES, piece -> {
            if (pieces.size() == MAX_PIECES) {
                throw new TokenizerException("there are more than " + MAX_PIECES + " pieces in it");
            }
            try {
                pieces.add(Piece.of(ProtoMessage.parse(piece)));
            } catch (TokenizerException broken) {
                throw new TokenizerException("piece " + pieces.size() + ": " + broken.getMessage(), broken);
            }
        });
        return new ModelProto(
                pieces,
                new TrainerSpec(message.getMessage(TRAINER_SPEC)),
                new NormalizerSpec(message.getMessage(NORMALIZER_SPEC)),
                new NormalizerSpec(message.getMessage(DENORMALIZER_SPEC)),
                message.without(number -> number <= NORMALIZER_SPEC || number == DENORMALIZER_SPEC));
    }

    /** The text of the piece that stands for the sentinel {@code index} in models that hold their own. */
    public static String sentinelPiece(int index) {
        return SENTINEL_START + index + ">";
    }

    /**
     * Number of sentinels that are pieces of this model, as in mT5's: {@code ▁<extra_id_0>}, {@code ▁<extra_id_1>} and so
     * on up to the first that is absent.
     */
    public int sentinelCount() {
        Set<String> names = new HashSet<>();
        for (Piece piece : pieces) {
            if (piece.text().startsWith(SENTINEL_START)) {
                names.add(piece.text());
            }
        }
        int count = 0;
        while (names.contains(sentinelPiece(count))) {
            count++;
        }
        return count;
    }

    /**
     * This model with {@code count} sentinels added as seqio adds them: user-defined pieces {@code ▁<extra_id_count-1>} …
     * {@code ▁<extra_id_0>} with score 0, so that {@code <extra_id_0>} is the highest id. C++ SentencePiece finds them in
     * text at the start of words.
     *
     * @throws TokenizerException if it holds sentinels already or {@code count} is below 1
     */
    public ModelProto withSentinels(int count) {
        if (count < 1 || sentinelCount() > 0) {
            throw new TokenizerException("Cannot add " + count + " sentinels to a model that holds " + sentinelCount()
                    + "; add at least 1 to a model without any");
        }
        List<Piece> combined = new ArrayList<>(pieces);
        for (int index = count - 1; index >= 0; index--) {
            combined.add(new Piece(sentinelPiece(index), 0, Piece.Type.USER_DEFINED));
        }
        return new ModelProto(combined, trainerSpec, normalizerSpec, denormalizerSpec, extensions);
    }

    /** The content of the {@code .model} file; the same bytes as were parsed, if SentencePiece wrote them. */
    public byte[] toBytes() {
        ProtoMessage.Builder message = new ProtoMessage.Builder();
        pieces.forEach(piece -> message.add(PIECES, piece.toMessage()));
        return message.add(TRAINER_SPEC, trainerSpec.message())
                .add(NORMALIZER_SPEC, normalizerSpec.message())
                .add(DENORMALIZER_SPEC, denormalizerSpec.message())
                .addAll(extensions)
                .build()
                .toBytes();
    }

    /**
     * Writes the {@code .model} file. It appears whole or not at all: a temporary file beside it is renamed.
     *
     * @throws TokenizerException if it cannot be written; an older file is then unchanged
     */
    public void write(Path file) {
        WholeFile.write(file, toBytes());
    }
}
