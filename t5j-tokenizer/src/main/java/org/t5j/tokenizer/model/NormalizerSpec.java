package org.t5j.tokenizer.model;

/**
 * How text is normalised before segmentation ({@code NormalizerSpec}).
 *
 * @param message the message as it stands in the file; absent fields have SentencePiece's defaults
 */
public record NormalizerSpec(ProtoMessage message) {

    private static final int NAME = 1;
    private static final int PRECOMPILED_CHARSMAP = 2;
    private static final int ADD_DUMMY_PREFIX = 3;
    private static final int REMOVE_EXTRA_WHITESPACES = 4;
    private static final int ESCAPE_WHITESPACES = 5;

    /** The spec of a rule with the default treatment of spaces. */
    public static NormalizerSpec of(String name, byte[] precompiledCharsmap) {
        return new NormalizerSpec(new ProtoMessage.Builder()
                .add(NAME, name)
                .add(PRECOMPILED_CHARSMAP, precompiledCharsmap)
                .add(ADD_DUMMY_PREFIX, true)
                .add(REMOVE_EXTRA_WHITESPACES, true)
                .add(ESCAPE_WHITESPACES, true)
                .build());
    }

    /** These rules with another treatment of spaces. */
    public NormalizerSpec withSpaces(boolean addDummyPrefix, boolean removeExtraWhitespaces) {
        return new NormalizerSpec(new ProtoMessage.Builder()
                .addAll(message.without(field -> field == ADD_DUMMY_PREFIX || field == REMOVE_EXTRA_WHITESPACES))
                .add(ADD_DUMMY_PREFIX, addDummyPrefix)
                .add(REMOVE_EXTRA_WHITESPACES, removeExtraWhitespaces)
                .build());
    }

    /** Name of the rule, such as {@code nmt_nfkc}; empty if unnamed. */
    public String name() {
        return message.getString(NAME, "");
    }

    /** Compiled rules of replacement, not a copy; empty for none. */
    public byte[] precompiledCharsmap() {
        return message.getBytes(PRECOMPILED_CHARSMAP);
    }

    /** Whether a space is put before the text (after it with {@link TrainerSpec#treatWhitespaceAsSuffix()}). */
    public boolean addDummyPrefix() {
        return message.getBoolean(ADD_DUMMY_PREFIX, true);
    }

    /** Whether leading, trailing and repeated spaces are dropped. */
    public boolean removeExtraWhitespaces() {
        return message.getBoolean(REMOVE_EXTRA_WHITESPACES, true);
    }

    /** Whether a space becomes U+2581 ▁. */
    public boolean escapeWhitespaces() {
        return message.getBoolean(ESCAPE_WHITESPACES, true);
    }
}
