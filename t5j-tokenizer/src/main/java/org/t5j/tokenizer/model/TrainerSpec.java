package org.t5j.tokenizer.model;

/**
 * The part of {@code TrainerSpec} that bears on using a model.
 *
 * @param message the message as it stands in the file, the settings of the training included; absent fields have
 *     SentencePiece's defaults
 */
public record TrainerSpec(ProtoMessage message) {

    static final int MODEL_TYPE = 3;
    private static final int TREAT_WHITESPACE_AS_SUFFIX = 24;
    private static final int BYTE_FALLBACK = 35;
    private static final int UNK_SURFACE = 44;
    private static final int UNK_PIECE = 45;
    private static final int BOS_PIECE = 46;
    private static final int EOS_PIECE = 47;
    private static final int PAD_PIECE = 48;

    /** Number of {@code type} in the field {@code model_type}. */
    public static int numberOf(ModelType type) {
        return type.number();
    }

    /** How the model segments text. */
    public ModelType modelType() {
        return ModelType.ofNumber(message.getInt(MODEL_TYPE, ModelType.UNIGRAM.number()));
    }

    /** Whether the space belongs to the word before it. */
    public boolean treatWhitespaceAsSuffix() {
        return message.getBoolean(TREAT_WHITESPACE_AS_SUFFIX, false);
    }

    /** Whether an unknown character is encoded as its bytes. */
    public boolean byteFallback() {
        return message.getBoolean(BYTE_FALLBACK, false);
    }

    /** What the unknown piece decodes to. */
    public String unkSurface() {
        return message.getString(UNK_SURFACE, " \u2047 ");
    }

    /** Text of the unknown piece; {@code <unk>} if not set. */
    public String unkPiece() {
        return nameOr(UNK_PIECE, "<unk>");
    }

    /** Text of the piece that starts a sequence; {@code <s>} if not set. */
    public String bosPiece() {
        return nameOr(BOS_PIECE, "<s>");
    }

    /** Text of the piece that ends a sequence; {@code </s>} if not set. */
    public String eosPiece() {
        return nameOr(EOS_PIECE, "</s>");
    }

    /** Text of the padding piece; {@code <pad>} if not set. */
    public String padPiece() {
        return nameOr(PAD_PIECE, "<pad>");
    }

    private String nameOr(int field, String otherwise) {
        String name = message.getString(field, otherwise);
        return name.isEmpty() ? otherwise : name;
    }
}
