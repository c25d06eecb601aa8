package org.t5j.core;

/**
 * Makes a {@link T5Config} by name instead of by position. Starts from Hugging Face's defaults, which are T5 v1.0 small,
 * or from an existing configuration ({@link T5Config#toBuilder}).
 */
public final class T5ConfigBuilder {
    private int vocabSize = 32128;
    private int dModel = 512;
    private int dKv = 64;
    private int dFf = 2048;
    private int numLayers = 6;
    private int numDecoderLayers = 6;
    private int numHeads = 8;
    private int relativeAttentionNumBuckets = 32;
    private int relativeAttentionMaxDistance = 128;
    private float dropoutRate = 0.1f;
    private float layerNormEpsilon = 1e-6f;
    private float initializerFactor = 1f;
    private FeedForwardType feedForwardType = FeedForwardType.RELU;
    private boolean tieWordEmbeddings = true;
    private boolean scaleDecoderOutputs = true;
    private int padTokenId = 0;
    private int eosTokenId = 1;
    private int decoderStartTokenId = 0;
    private Architecture architecture = Architecture.ENCODER_DECODER;
    private boolean relativeBiasPerLayer;

    T5ConfigBuilder() {}

    T5ConfigBuilder(T5Config config) {
        vocabSize = config.vocabSize();
        dModel = config.dModel();
        dKv = config.dKv();
        dFf = config.dFf();
        numLayers = config.numLayers();
        numDecoderLayers = config.numDecoderLayers();
        numHeads = config.numHeads();
        relativeAttentionNumBuckets = config.relativeAttentionNumBuckets();
        relativeAttentionMaxDistance = config.relativeAttentionMaxDistance();
        dropoutRate = config.dropoutRate();
        layerNormEpsilon = config.layerNormEpsilon();
        initializerFactor = config.initializerFactor();
        feedForwardType = config.feedForwardType();
        tieWordEmbeddings = config.tieWordEmbeddings();
        scaleDecoderOutputs = config.scaleDecoderOutputs();
        padTokenId = config.padTokenId();
        eosTokenId = config.eosTokenId();
        decoderStartTokenId = config.decoderStartTokenId();
        architecture = config.architecture();
        relativeBiasPerLayer = config.relativeBiasPerLayer();
    }

    /** Rows of the embedding table, at least 1 and no fewer than the tokenizer has ids; 32128 by default. */
    public T5ConfigBuilder vocabSize(int value) {
        vocabSize = value;
        return this;
    }

    /** Width of the residual stream, at least 1; 512 by default. */
    public T5ConfigBuilder dModel(int value) {
        dModel = value;
        return this;
    }

    /** Width of one attention head, at least 1, whatever {@code dModel / numHeads} is; 64 by default. */
    public T5ConfigBuilder dKv(int value) {
        dKv = value;
        return this;
    }

    /** Width of the feed-forward layer, at least 1; 2048 by default. */
    public T5ConfigBuilder dFf(int value) {
        dFf = value;
        return this;
    }

    /** Encoder and decoder blocks, at least 1 each; 6 and 6 by default. */
    public T5ConfigBuilder layers(int encoder, int decoder) {
        numLayers = encoder;
        numDecoderLayers = decoder;
        return this;
    }

    /** Attention heads of every block, at least 1; 8 by default. */
    public T5ConfigBuilder numHeads(int value) {
        numHeads = value;
        return this;
    }

    /** Rows of the relative position tables, a positive multiple of 4; 32 by default. */
    public T5ConfigBuilder relativeAttentionNumBuckets(int value) {
        relativeAttentionNumBuckets = value;
        return this;
    }

    /**
     * Distance in tokens from which all positions share the last bucket, more than half of the buckets; 128 by default.
     */
    public T5ConfigBuilder relativeAttentionMaxDistance(int value) {
        relativeAttentionMaxDistance = value;
        return this;
    }

    /** Share of values dropped in training, at least 0 and below 1; 0.1 by default. */
    public T5ConfigBuilder dropoutRate(float value) {
        dropoutRate = value;
        return this;
    }

    /** Added to the mean square under the root of a layer norm, above 0; 1e-6 by default. */
    public T5ConfigBuilder layerNormEpsilon(float value) {
        layerNormEpsilon = value;
        return this;
    }

    /** Multiplies the standard deviation of every new weight, above 0; 1 by default. */
    public T5ConfigBuilder initializerFactor(float value) {
        initializerFactor = value;
        return this;
    }

    /** Non-linearity and gate of the feed-forward layers; {@link FeedForwardType#RELU}, that of v1.0, by default. */
    public T5ConfigBuilder feedForwardType(FeedForwardType value) {
        feedForwardType = value;
        return this;
    }

    /**
     * Whether the output layer is the embedding table, and with it whether the decoder's output is scaled, as in every
     * published model; true by default. Call {@link #scaleDecoderOutputs} afterwards for a mixed form.
     */
    public T5ConfigBuilder tieWordEmbeddings(boolean value) {
        tieWordEmbeddings = value;
        scaleDecoderOutputs = value;
        return this;
    }

    /** Whether the decoder's output is multiplied by {@code dModel^-0.5} before the output layer; true by default. */
    public T5ConfigBuilder scaleDecoderOutputs(boolean value) {
        scaleDecoderOutputs = value;
        return this;
    }

    /** Id that fills sequences up, below {@code vocabSize}; 0 by default. */
    public T5ConfigBuilder padTokenId(int value) {
        padTokenId = value;
        return this;
    }

    /** Id that ends sequences, below {@code vocabSize}; 1 by default. */
    public T5ConfigBuilder eosTokenId(int value) {
        eosTokenId = value;
        return this;
    }

    /** Id that the decoder reads first, below {@code vocabSize}; 0, the padding, by default. */
    public T5ConfigBuilder decoderStartTokenId(int value) {
        decoderStartTokenId = value;
        return this;
    }

    /** Stacks and their weights; {@link Architecture#ENCODER_DECODER} by default. */
    public T5ConfigBuilder architecture(Architecture value) {
        architecture = value;
        return this;
    }

    /** Whether every block has a table of relative positions, as in umT5; false, one per stack, by default. */
    public T5ConfigBuilder relativeBiasPerLayer(boolean value) {
        relativeBiasPerLayer = value;
        return this;
    }

    /**
     * The configuration.
     *
     * @throws T5Exception where a value is out of range
     */
    public T5Config build() {
        return new T5Config(
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
                architecture,
                relativeBiasPerLayer);
    }
}
