package org.t5j.core;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import org.t5j.core.checkpoint.CheckpointReader;
import org.t5j.core.checkpoint.CheckpointWriter;
import org.t5j.core.checkpoint.HfConfig;
import org.t5j.core.checkpoint.MergedLora;
import org.t5j.core.checkpoint.ParameterSource;
import org.t5j.core.checkpoint.TensorSource;
import org.t5j.core.checkpoint.WriteOptions;
import org.t5j.core.decode.DecoderState;
import org.t5j.core.kernel.CrossEntropy;
import org.t5j.core.kernel.Kernels;
import org.t5j.core.layer.Additions;
import org.t5j.core.layer.Lora;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;

/**
 * A T5, of whichever {@link Architecture}: its parameters and what can be done with them. Owns its memory; close it when
 * done. Not thread-safe.
 */
public final class T5Model implements SequenceModel {
    private final T5Config config;
    /** The keys of config.json, those that t5j has no use for included. */
    private final HfConfig hfConfig;

    private final Additions additions;
    private final Kernels kernels;
    private final boolean closesKernels;
    private final ParameterSet parameters;
    private final T5Network network;

    private T5Model(HfConfig hfConfig, Additions additions, Kernels kernels, boolean closesKernels) {
        this.hfConfig = additions.adapterWidth() == 0 ? hfConfig : hfConfig.withAdapterWidth(additions.adapterWidth());
        this.config = hfConfig.config();
        this.additions = additions;
        this.kernels = kernels;
        this.closesKernels = closesKernels;
        this.parameters = new ParameterSet(kernels.backend());
        try {
            this.network = new T5Network(config, additions, kernels, parameters);
        } catch (RuntimeException | Error e) {
            parameters.close();
            closeOwnKernels();
            throw e;
        }
    }

    private void closeOwnKernels() {
        if (closesKernels) {
            kernels.close();
        }
    }

    /** A model with all parameters zero, to be filled from a checkpoint. */
    public static T5Model zeros(T5Config config) {
        return zeros(config, defaultKernels(config));
    }

    /**
     * {@link #zeros(T5Config)}, computing with {@code kernels}, which the model closes, as does whatever makes a model and
     * fails.
     */
    public static T5Model zeros(T5Config config, Kernels kernels) {
        return zeros(config, Additions.NONE, kernels);
    }

    /** {@link #zeros(T5Config, Kernels)} with adapters or low-rank updates. */
    public static T5Model zeros(T5Config config, Additions additions, Kernels kernels) {
        return new T5Model(HfConfig.of(config), additions, kernels, true);
    }

    private static Kernels defaultKernels(T5Config config) {
        return DefaultKernels.create((long) config.vocabSize() * config.dModel());
    }

    /** A new model with random weights by the rule of the original; the same seed gives the same weights. */
    public static T5Model create(T5Config config, long seed) {
        return create(config, seed, defaultKernels(config));
    }

    /** {@link #create(T5Config, long)}, computing with {@code kernels}, which the model closes. */
    public static T5Model create(T5Config config, long seed, Kernels kernels) {
        return create(config, Additions.NONE, seed, kernels);
    }

    /** {@link #create(T5Config, long)} with adapters or low-rank updates; the other weights are the same as without. */
    public static T5Model create(T5Config config, Additions additions, long seed) {
        return create(config, additions, seed, defaultKernels(config));
    }

    /** {@link #create(T5Config, Additions, long)}, computing with {@code kernels}, which the model closes. */
    public static T5Model create(T5Config config, Additions additions, long seed, Kernels kernels) {
        T5Model model = new T5Model(HfConfig.of(config), additions, kernels, true);
        return model.filled(() -> model.initialize(seed, name -> true));
    }

    /** This model with values, or nothing held where putting them there fails. */
    private T5Model filled(Runnable filling) {
        try {
            filling.run();
            return this;
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void initialize(long seed, Predicate<String> names) {
        ParameterInitializer initializer = new ParameterInitializer(config, additions, seed);
        parameters.stream()
                .filter(parameter -> names.test(parameter.name()))
                .forEach(parameter -> initializer.initialize(parameter, backend()));
    }

    /**
     * The model in a directory in Hugging Face's layout: {@code config.json} and {@code model.safetensors}, or shards.
     *
     * @throws T5Exception where the directory is no such model or a file is malformed
     */
    public static T5Model load(Path directory) {
        return load(directory, Additions.NONE, 0);
    }

    /**
     * {@link #load(Path)} with additions. Adapters that the directory holds are the model's; new ones, and low-rank
     * updates, have the values of a new model.
     *
     * @param seed of what is new
     * @throws T5Exception also where the directory holds adapters of another width
     */
    public static T5Model load(Path directory, Additions additions, long seed) {
        HfConfig config = CheckpointReader.readConfig(directory);
        Additions all = additions.over(config.adapterWidth(), directory);
        return loaded(directory, config, all, seed, defaultKernels(config.config()), true);
    }

    /**
     * {@link #load(Path)}, computing with {@code kernels}, which the caller closes after the model: models side by side
     * then share threads.
     */
    public static T5Model load(Path directory, Kernels kernels) {
        HfConfig config = CheckpointReader.readConfig(directory);
        return loaded(directory, config, Additions.NONE.over(config.adapterWidth(), directory), 0, kernels, false);
    }

    private static T5Model loaded(
            Path directory, HfConfig config, Additions additions, long seed, Kernels kernels, boolean closesKernels) {
        T5Model model = new T5Model(config, additions, kernels, closesKernels);
        boolean newAdapters = config.adapterWidth() == 0;
        Predicate<String> added = name -> Lora.isLora(name) || newAdapters && Additions.isAdapter(name);
        return model.filled(() -> {
            CheckpointReader.load(directory, model.parameters, model.backend(), added.negate());
            model.initialize(seed, added);
        });
    }

    /**
     * Writes a directory that {@link #load} and Hugging Face's transformers read, low-rank updates merged into the weights
     * that they belong to; one with adapters is t5j's alone. It appears at once; a checkpoint that stood there is replaced.
     *
     * @throws T5Exception where that fails; the directory is then what it was
     */
    public void save(Path directory) {
        save(directory, WriteOptions.DEFAULT);
    }

    /**
     * {@link #save(Path)} with weights of another type or in smaller shards.
     *
     * @throws T5Exception also where a weight is too large for the type
     */
    public void save(Path directory, WriteOptions options) {
        CheckpointWriter.save(directory, hfConfig, weights(), options);
    }

    /** The weights as they are saved: low-rank updates are merged. They are read whenever they are asked for. */
    public TensorSource weights() {
        TensorSource source = new ParameterSource(parameters, backend());
        return additions.lora() == null ? source : new MergedLora(source, additions.lora());
    }

    /** What {@code config.json} says of this model. */
    public HfConfig hfConfig() {
        return hfConfig;
    }

    /** Adapters and low-rank updates that this model has. */
    public Additions additions() {
        return additions;
    }

    @Override
    public T5Config config() {
        return config;
    }

    /** All parameters in Hugging Face's order and under its names; additions stand where they belong. */
    public ParameterSet parameters() {
        return parameters;
    }

    /**
     * What computes for this model, for optimizers of its parameters; closed with the model unless {@link #load(Path,
     * Kernels)} was given it.
     */
    public Kernels kernels() {
        return kernels;
    }

    /** Where this model's tensors live, and what reads and writes them; closed with the kernels. */
    public Backend backend() {
        return kernels.backend();
    }

    /** Sets the gradients of the parameters that are trained to zero, allocating them on the first call. */
    public void zeroGradients() {
        parameters.allocateGradients();
        parameters.stream().filter(Parameter::trainable).forEach(parameter -> kernels.fill(parameter.gradient(), 0f));
    }

    /**
     * Trains the parameters of these names and freezes all others: those have no gradients, which costs no memory, and the
     * backward pass leaves out what only they would need.
     */
    public void setTrainable(Predicate<String> names) {
        parameters.setTrainable(names);
    }

    /**
     * Adds the gradients of a batch's loss to the parameters' gradients.
     *
     * @return the summed loss over the batch's targets, in nats
     * @throws T5Exception where an id is outside the vocabulary or the batch has no target
     */
    public CrossEntropy.Sums forwardBackward(T5Batch batch, StepOptions options) {
        parameters.allocateGradients();
        return network.forwardBackward(batch, options);
    }

    /**
     * How many positions of a batch have a loss: its targets and, where asked for, the inputs of a decoder without an
     * encoder.
     */
    public int losses(T5Batch batch, boolean lossOnInputs) {
        return network.losses(batch, lossOnInputs);
    }

    @Override
    public CrossEntropy.Sums evaluateLoss(T5Batch batch) {
        return network.evaluateLoss(batch);
    }

    @Override
    public double[] logLikelihoods(T5Batch batch) {
        return network.logLikelihoods(batch);
    }

    TargetLogits targetLogits(T5Batch batch) {
        return network.targetLogits(batch);
    }

    /** Everything that a forward pass without dropout computes, on the host: for models small enough to look into. */
    public T5Activations activations(T5Batch batch) {
        return network.activations(batch);
    }

    @Override
    public DecoderState startDecoding(int[][] inputIds, int beams, int maxLength) {
        if (inputIds.length == 0) {
            throw new T5Exception("There is no input to decode");
        }
        int length = Math.max(
                1, Arrays.stream(inputIds).mapToInt(ids -> ids.length).max().getAsInt());
        int[] ids = new int[inputIds.length * length];
        int[] mask = new int[ids.length];
        Arrays.fill(ids, config.padTokenId());
        for (int i = 0; i < inputIds.length; i++) {
            System.arraycopy(inputIds[i], 0, ids, i * length, inputIds[i].length);
            Arrays.fill(mask, i * length, i * length + inputIds[i].length, 1);
        }
        return startDecoding(inputIds.length, length, ids, mask, beams, maxLength);
    }

    /** {@link #startDecoding(int[][], int, int)} with padding and mask given. */
    public DecoderState startDecoding(
            int batch, int inputLength, int[] inputIds, int[] attentionMask, int beams, int maxLength) {
        int[] start = new int[batch];
        int[] nothing = new int[batch];
        Arrays.fill(start, config.decoderStartTokenId());
        Arrays.fill(nothing, T5Batch.NO_TARGET);
        T5Batch inputs = new T5Batch(batch, inputLength, 1, inputIds, attentionMask, start, null, nothing);
        return network.startDecoding(inputs, beams, maxLength);
    }

    /** Gives all memory back. */
    @Override
    public void close() {
        parameters.close();
        network.close();
        closeOwnKernels();
    }
}
