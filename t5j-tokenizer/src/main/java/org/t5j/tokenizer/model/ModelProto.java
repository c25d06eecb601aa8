package org.t5j.tokenizer.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    private static final long MAX_FILE_BYTES = 1L << 30;

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
        try {
            long size = Files.size(file);
            if (size == 0 || size > MAX_FILE_BYTES) {
                throw new TokenizerException("it has " + size + " bytes");
            }
            return parse(Files.readAllBytes(file));
        } catch (NoSuchFileException absent) {
            throw new TokenizerException(
                    "There is no vocabulary file " + file + ". Give the path of a .model file", absent);
        } catch (IOException failed) {
            throw new TokenizerException("The vocabulary file " + file + " cannot be read: " + failed, failed);
        } catch (TokenizerException broken) {
            throw new TokenizerException(
                    "The vocabulary file " + file + " is not a usable SentencePiece model: " + broken.getMessage()
                            + ". Copy it again from where it came from, or give another file",
                    broken);
        }
    }

    /**
     * Reads the bytes of a {@code .model} file.
     *
     * @throws TokenizerException if they are cut off or no SentencePiece model
     */
    public static ModelProto parse(byte[] bytes) {
        ProtoMessage message = ProtoMessage.parse(bytes);
        List<byte[]> encoded = message.getAllBytes(PIECES);
        List<Piece> pieces = new ArrayList<>(encoded.size());
        for (byte[] piece : encoded) {
            try {
                pieces.add(Piece.of(ProtoMessage.parse(piece)));
            } catch (TokenizerException broken) {
                throw new TokenizerException("piece " + pieces.size() + ": " + broken.getMessage(), broken);
            }
        }
        return new ModelProto(
                pieces,
                new TrainerSpec(message.getMessage(TRAINER_SPEC)),
                new NormalizerSpec(message.getMessage(NORMALIZER_SPEC)),
                new NormalizerSpec(message.getMessage(DENORMALIZER_SPEC)),
                message.without(number -> number <= NORMALIZER_SPEC || number == DENORMALIZER_SPEC));
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
