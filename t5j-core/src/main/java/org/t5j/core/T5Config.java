package org.t5j.core;

/**
 * The shape of a T5 model; keys and defaults of Hugging Face's {@code config.json}.
 *
 * @param vocabSize rows of the embedding table, at least the tokenizer's size (32128 for T5's 32100)
 * @param dModel width of the residual stream
 * @param dKv width of an attention head; {@code numHeads * dKv} need not equal {@code dModel}
 * @param dFf width of the feed-forward layer
 * @param numLayers encoder blocks; a decoder-only model has none, whatever is given
 * @param numDecoderLayers decoder blocks
 * @param numHeads attention heads
 * @param relativeAttentionNumBuckets rows of the relative position tables, a positive multiple of 4
 * @param relativeAttentionMaxDistance distance from which all positions share the last bucket
 * @param dropoutRate 0 … below 1
 * @param layerNormEpsilon added to the mean square under the root
 * @param initializerFactor multiplies every initial standard deviation
 * @param feedForwardType {@code feed_forward_proj}
 * @param tieWordEmbeddings whether the output layer is the embedding table
 * @param scaleDecoderOutputs whether the decoder's output is multiplied by {@code dModel^-0.5} before the output layer:
 *     true for tied models (v1.0), false for untied ones (v1.1)
 * @param padTokenId id that fills sequences up
 * @param eosTokenId id that ends sequences
 * @param decoderStartTokenId first token that the decoder reads
 * @param architecture stacks and their weights
 * @param relativeBiasPerLayer whether every block has a table of relative positions (umT5) or the first of a stack one
 *     for all
 */
public record T5Config(
        int vocabSize,
        int dModel,
        int dKv,
        int dFf,
        int numLayers,
        int numDecoderLayers,
        int numHeads,
        int relativeAttentionNumBuckets,
        int relativeAttentionMaxDistance,
        float dropoutRate,
        float layerNormEpsilon,
        float initializerFactor,
        FeedForwardType feedForwardType,
        boolean tieWordEmbeddings,
        boolean scaleDecoderOutputs,
        int padTokenId,
        int eosTokenId,
        int decoderStartTokenId,
        Architecture architecture,
        boolean relativeBiasPerLayer) {

    public T5Config {
        numLayers = architecture.decoderOnly() ? 0 : numLayers;
        requirePositive("vocab_size", vocabSize);
        requirePositive("d_model", dModel);
        requirePositive("d_kv", dKv);
        requirePositive("d_ff", dFf);
        if (!architecture.decoderOnly()) {
            requirePositive("num_layers", numLayers);
        }
        if (architecture == Architecture.SHARED && numLayers != numDecoderLayers) {
            throw new T5Exception("A model whose encoder and decoder share their weights needs as many blocks in both,"
                    + " found num_layers " + numLayers + " and num_decoder_layers " + numDecoderLayers);
        }
        requirePositive("num_decoder_layers", numDecoderLayers);
        requirePositive("num_heads", numHeads);
        requirePositive("relative_attention_max_distance", relativeAttentionMaxDistance);
        if (relativeAttentionNumBuckets < 4 || relativeAttentionNumBuckets % 4 != 0) {
            throw new T5Exception("relative_attention_num_buckets must be a positive multiple of 4, found "
                    + relativeAttentionNumBuckets + "; T5 uses 32");
        }
        if (relativeAttentionMaxDistance <= relativeAttentionNumBuckets / 2) {
            throw new T5Exception("relative_attention_max_distance must exceed half of relative_attention_num_buckets ("
                    + relativeAttentionNumBuckets + "), found " + relativeAttentionMaxDistance + "; T5 uses 128");
        }
        if (!(dropoutRate >= 0 && dropoutRate < 1)) {
            throw new T5Exception("dropout_rate must be at least 0 and below 1, found " + dropoutRate);
        }
        if (!(layerNormEpsilon > 0)) {
            throw new T5Exception("layer_norm_epsilon must be positive, found " + layerNormEpsilon);
        }
        if (!(initializerFactor > 0)) {
            throw new T5Exception("initializer_factor must be positive, found " + initializerFactor);
        }
        requireToken("pad_token_id", padTokenId, vocabSize);
        requireToken("eos_token_id", eosTokenId, vocabSize);
        requireToken("decoder_start_token_id", decoderStartTokenId, vocabSize);
    }

    /** An encoder-decoder with one table of relative positions per stack: T5 as published. */
    public T5Config(
            int vocabSize,
            int dModel,
            int dKv,
            int dFf,
            int numLayers,
            int numDecoderLayers,
            int numHeads,
            int relativeAttentionNumBuckets,
            int relativeAttentionMaxDistance,
            float dropoutRate,
            float layerNormEpsilon,
            float initializerFactor,
            FeedForwardType feedForwardType,
            boolean tieWordEmbeddings,
            boolean scaleDecoderOutputs,
            int padTokenId,
            int eosTokenId,
            int decoderStartTokenId) {
        this(
                vocabSize,
                dModel,
                dKv,
                dFf,
                numLayers,
                numDecoderLayers,
                numHeads,
                relativeAttentionNumBuckets,
                relativeAttentionMaxDistance,
                dropoutRate,
                layerNormEpsilon,
                initializerFactor,
                feedForwardType,
                tieWordEmbeddings,
                scaleDecoderOutputs,
                padTokenId,
                eosTokenId,
                decoderStartTokenId,
                Architecture.ENCODER_DECODER,
                false);
    }

    /** Width of all heads together. */
    public int inner() {
        return numHeads * dKv;
    }

    /** Number of weights: all matrices, tables and layer norms; what is tied or shared counts once. */
    public long parameterCount() {
        long d = dModel;
        long embedding = vocabSize * d * (tieWordEmbeddings ? 1 : 2);
        long attention = 4 * d * inner();
        long feedForward = (feedForwardType.gated() ? 3 : 2) * d * dFf;
        long readingBlock = attention + feedForward + 2 * d;
        long crossAttention = attention + d;
        return switch (architecture) {
            case ENCODER_DECODER ->
                embedding + stack(numLayers, readingBlock) + stack(numDecoderLayers, readingBlock + crossAttention);
            case SHARED -> embedding + stack(numDecoderLayers, readingBlock + crossAttention);
            case DECODER_LM, DECODER_PREFIX_LM -> embedding + stack(numDecoderLayers, readingBlock);
        };
    }

    private long stack(int blocks, long block) {
        long tables = relativeBiasPerLayer ? blocks : 1;
        return blocks * block + tables * relativeAttentionNumBuckets * numHeads + dModel;
    }

    /** A builder with Hugging Face's defaults: T5 v1.0 small. */
    public static T5ConfigBuilder builder() {
        return new T5ConfigBuilder();
    }

    /** A builder that starts from this configuration. */
    public T5ConfigBuilder toBuilder() {
        return new T5ConfigBuilder(this);
    }

    /** The same shape with another dropout rate, at least 0 and below 1. */
    public T5Config withDropoutRate(float rate) {
        return toBuilder().dropoutRate(rate).build();
    }

    /** The same shape with another number of embedding rows. */
    public T5Config withVocabSize(int size) {
        return toBuilder().vocabSize(size).build();
    }

    /** The same shape with other numbers of blocks, at least 1 each. */
    public T5Config withLayers(int encoder, int decoder) {
        return toBuilder().layers(encoder, decoder).build();
    }

    /**
     * The configuration of the {@link T5Preset} of that name.
     *
     * @throws T5Exception where there is none; the message offers the nearest name
     */
    public static T5Config preset(String name) {
        return T5Preset.of(name).config();
    }

    /** T5 v1.0 small: 60,506,624 weights. */
    public static T5Config small() {
        return T5Preset.SMALL.config();
    }

    /** T5 v1.0 base: 222,903,552 weights. */
    public static T5Config base() {
        return T5Preset.BASE.config();
    }

    /** T5 v1.0 large: 737,668,096 weights. */
    public static T5Config large() {
        return T5Preset.LARGE.config();
    }

    /** T5 v1.1 small: 76,961,152 weights. */
    public static T5Config v1_1Small() {
        return T5Preset.V1_1_SMALL.config();
    }

    /** T5 v1.1 base: 247,577,856 weights. */
    public static T5Config v1_1Base() {
        return T5Preset.V1_1_BASE.config();
    }

    /** T5 v1.1 large: 783,150,080 weights. */
    public static T5Config v1_1Large() {
        return T5Preset.V1_1_LARGE.config();
    }

    private static void requirePositive(String key, int value) {
        if (value < 1) {
            throw new T5Exception(key + " must be at least 1, found " + value);
        }
    }

    private static void requireToken(String key, int value, int vocabSize) {
        if (value < 0 || value >= vocabSize) {
            throw new T5Exception(key + " must be an id below vocab_size " + vocabSize + ", found " + value);
        }
    }
}
