package org.t5j.core;

/** How a model reads and writes: the architectures that section 3.2 of the T5 paper compares. */
public enum Architecture {
    /** An encoder that reads the input in both directions, and a decoder that writes and attends to it. */
    ENCODER_DECODER,
    /** The same with one set of weights: the decoder's own are those of its attention to the encoder alone. */
    SHARED,
    /** One stack that reads the input and then writes; everything attends to the past alone. */
    DECODER_LM,
    /** One stack that reads the input and then writes; the input, and the position that follows it, see each other. */
    DECODER_PREFIX_LM;

    /** Whether input and output are one sequence of one stack. */
    public boolean decoderOnly() {
        return this == DECODER_LM || this == DECODER_PREFIX_LM;
    }
}
