package org.t5j.train.setup;

import java.nio.file.Path;
import org.t5j.core.Architecture;
import org.t5j.core.FeedForwardType;
import org.t5j.core.T5Config;
import org.t5j.core.T5ConfigBuilder;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.T5Preset;
import org.t5j.core.checkpoint.CheckpointReader;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.core.layer.Additions;
import org.t5j.train.config.ConfigException;
import org.t5j.train.config.Doc;
import org.t5j.train.config.Require;

/** The model to train: a checkpoint to go on from, or a shape to start anew. */
public record ModelSection(
        @Doc(
                "model in Hugging Face's layout to take weights and shape from, or the directory of a run, whose best checkpoint is"
                        + " taken; otherwise the weights are new")
        Path checkpoint,

        @Doc("shape by name: tiny, bench, small … 11b, v1_1-small … v1_1-xxl, mt5-small …, byt5-small …")
        String preset,

        @Doc("shape by a config.json of Hugging Face, instead of a preset")
        Path configFile,

        @Doc("rows of the embedding; by default the vocabulary's size rounded up to a multiple of 128")
        Integer vocabSize,

        @Doc("width of the residual stream, other than the preset's")
        Integer dModel,

        @Doc("width of an attention head, other than the preset's")
        Integer dKv,

        @Doc("width of the feed-forward layer, other than the preset's")
        Integer dFf,

        @Doc("encoder blocks, other than the preset's") Integer numLayers,
        @Doc("decoder blocks, other than the preset's") Integer numDecoderLayers,
        @Doc("attention heads, other than the preset's") Integer numHeads,
        @Doc("feed-forward layer, other than the preset's") FeedForwardType feedForwardType,

        @Doc("whether the output layer is the embedding, other than the preset's")
        Boolean tieWordEmbeddings,

        @Doc("stacks and their weights, other than the preset's: see docs/concepts/architectures.md")
        Architecture architecture,

        @Doc("whether every block has a table of relative positions, as in umT5, other than the preset's")
        Boolean relativeBiasPerLayer) {
    private static final int ROWS_MULTIPLE = 128;

    public ModelSection {
        Require.that(
                checkpoint == null || configFile == null,
                "configFile",
                "cannot stand beside checkpoint, which has a shape of its own; leave one out",
                configFile);
    }

    /** A new T5 v1.0 small. */
    public static ModelSection defaults() {
        return new ModelSection(null, "small", null, null, null, null, null, null, null, null, null, null, null, null);
    }

    ModelSection withCheckpoint(Path directory) {
        return new ModelSection(
                directory,
                preset,
                configFile,
                vocabSize,
                dModel,
                dKv,
                dFf,
                numLayers,
                numDecoderLayers,
                numHeads,
                feedForwardType,
                tieWordEmbeddings,
                architecture,
                relativeBiasPerLayer);
    }

    /**
     * The shape of the model, as far as it is known without its vocabulary; nothing is made.
     *
     * @throws ConfigException where values do not fit each other, or are not the checkpoint's
     * @throws T5Exception where the checkpoint or the shape's file is none
     */
    public T5Config shape() {
        T5Config shape = shapeFor(ROWS_MULTIPLE);
        if (checkpoint != null) {
            requireCheckpoints(shape);
        }
        return shape;
    }

    private void requireCheckpoints(T5Config shape) {
        requireCheckpoints("architecture", architecture, shape.architecture());
        requireCheckpoints("relativeBiasPerLayer", relativeBiasPerLayer, shape.relativeBiasPerLayer());
        requireCheckpoints("dModel", dModel, shape.dModel());
        requireCheckpoints("dKv", dKv, shape.dKv());
        requireCheckpoints("dFf", dFf, shape.dFf());
        if (!shape.architecture().decoderOnly()) {
            requireCheckpoints("numLayers", numLayers, shape.numLayers());
        }
        requireCheckpoints("numDecoderLayers", numDecoderLayers, shape.numDecoderLayers());
        requireCheckpoints("numHeads", numHeads, shape.numHeads());
        requireCheckpoints("feedForwardType", feedForwardType, shape.feedForwardType());
        requireCheckpoints("tieWordEmbeddings", tieWordEmbeddings, shape.tieWordEmbeddings());
    }

    private void requireCheckpoints(String key, Object value, Object found) {
        Require.that(
                value == null || value.equals(found),
                "model." + key,
                "must be that of the checkpoint " + checkpoint + ", " + found
                        + ", since weights of one do not fit the other; leave it out, or leave model.checkpoint out to"
                        + " train new weights",
                value);
    }

    /** {@link #create(int, Additions, long)} without additions. */
    public T5Model create(int vocabulary, long seed) {
        return create(vocabulary, Additions.NONE, seed);
    }

    /**
     * The model, with the checkpoint's weights or new ones.
     *
     * @param vocabulary number of ids of the tokenizer
     * @param additions what it has beside the checkpoint's or the shape's parameters
     * @throws T5Exception where the checkpoint is none, or has fewer embeddings than the vocabulary ids
     */
    public T5Model create(int vocabulary, Additions additions, long seed) {
        T5Model model = checkpoint != null
                ? T5Model.load(checkpoint, additions, seed)
                : T5Model.create(shape(vocabulary), additions, seed);
        int rows = model.config().vocabSize();
        if (rows < vocabulary) {
            model.close();
            throw new T5Exception("The vocabulary has " + vocabulary + " ids but the model only " + rows
                    + " embeddings; use the vocabulary that belongs to the model"
                    + (checkpoint == null ? ", or leave model.vocabSize out" : ""));
        }
        return model;
    }

    /**
     * The shape of what {@link #create} makes.
     *
     * @param vocabulary number of ids of the tokenizer
     * @throws T5Exception where the checkpoint is none
     */
    public T5Config shapeFor(int vocabulary) {
        return checkpoint != null ? CheckpointReader.resolveConfig(checkpoint) : shape(vocabulary);
    }

    private T5Config shape(int vocabulary) {
        try {
            return builder(vocabulary).build();
        } catch (T5Exception e) {
            throw new ConfigException("model: " + e.getMessage(), e);
        }
    }

    private T5ConfigBuilder builder(int vocabulary) {
        T5Config shape = configFile != null
                ? HfConfig.read(configFile).config()
                : T5Preset.of(preset).config();
        T5ConfigBuilder builder = shape.toBuilder();
        int rows = (vocabulary + ROWS_MULTIPLE - 1) / ROWS_MULTIPLE * ROWS_MULTIPLE;
        builder.vocabSize(vocabSize != null ? vocabSize : configFile != null ? shape.vocabSize() : rows);
        builder.dModel(dModel != null ? dModel : shape.dModel());
        builder.dKv(dKv != null ? dKv : shape.dKv());
        builder.dFf(dFf != null ? dFf : shape.dFf());
        builder.layers(
                numLayers != null ? numLayers : shape.numLayers(),
                numDecoderLayers != null ? numDecoderLayers : numLayers != null ? numLayers : shape.numDecoderLayers());
        builder.numHeads(numHeads != null ? numHeads : shape.numHeads());
        builder.feedForwardType(feedForwardType != null ? feedForwardType : shape.feedForwardType());
        if (tieWordEmbeddings != null) {
            builder.tieWordEmbeddings(tieWordEmbeddings);
        }
        builder.architecture(architecture != null ? architecture : shape.architecture());
        builder.relativeBiasPerLayer(
                relativeBiasPerLayer != null ? relativeBiasPerLayer : shape.relativeBiasPerLayer());
        return builder;
    }
}
