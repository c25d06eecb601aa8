package org.t5j.core.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Config;
import org.t5j.core.T5Exception;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.Parameter;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.core.tensor.Tensor;

/**
 * Reads a model directory in Hugging Face's layout: {@link #resolveConfig} first, then {@link #load} into the parameters
 * of a model built from it.
 *
 * <p>Parameter names are Hugging Face's. The embedding table may stand under any of its three names, duplicates of it and
 * of a tied output layer are accepted where their values are the same, and what old conversions left behind is ignored.
 */
public final class CheckpointReader {
    static final String SHARED = "shared.weight";
    static final String LM_HEAD = "lm_head.weight";

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointReader.class);
    private static final List<String> EMBEDDINGS =
            List.of(SHARED, "encoder.embed_tokens.weight", "decoder.embed_tokens.weight");
    private static final String STRAY_BIAS = "decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight";
    private static final int CHUNK = 1 << 20;
    private static final int UNLIKELY_TIMES = 10;
    private static final int NAMES_SHOWN = 5;

    private CheckpointReader() {}

    /**
     * The configuration of a model directory, from {@code config.json} and the weights: a model whose {@code
     * lm_head.weight} differs from its embedding table is untied and one without is tied, whatever {@code
     * tie_word_embeddings} says, because transformers 5 writes {@code true} for both.
     *
     * @throws T5Exception where the directory is no model or a file is malformed
     */
    public static T5Config resolveConfig(Path directory) {
        return readConfig(directory).config();
    }

    /** {@link #resolveConfig} with the other keys of {@code config.json}, to be written again with the model. */
    public static HfConfig readConfig(Path directory) {
        CheckpointDirectory.restore(directory);
        HfConfig file = HfConfig.read(directory.resolve(HfConfig.FILE));
        T5Config config = file.config();
        WeightFiles weights = WeightFiles.open(directory);
        requireLikely(config, weights);
        boolean tied = isTied(weights, config);
        if (tied && !config.tieWordEmbeddings()) {
            LOG.warn("{} says that the model is not tied but the weights hold no {}: tied", directory, LM_HEAD);
        }
        return file.withConfig(config.toBuilder()
                .tieWordEmbeddings(tied)
                .scaleDecoderOutputs(config.scaleDecoderOutputs())
                .build());
    }

    /** Refuses a damaged configuration before memory is taken for it; {@link #match} then compares every shape. */
    private static void requireLikely(T5Config config, WeightFiles weights) {
        long values = weights.names().stream()
                .mapToLong(name -> weights.reader(name).entry(name).elements())
                .sum();
        long widest = IntStream.of(config.vocabSize(), config.dModel(), config.dFf(), config.numHeads(), config.dKv())
                .max()
                .orElseThrow();
        long blocks = (long) config.numLayers() + config.numDecoderLayers();
        long parameters = config.parameterCount();
        if (widest > values
                || blocks > weights.names().size()
                || parameters < 0
                || parameters > UNLIKELY_TIMES * values) {
            throw new T5Exception(weights.directory().resolve(HfConfig.FILE) + " describes a model of " + blocks
                    + " blocks, up to " + widest + " wide, but the weights beside it are " + values + " values in "
                    + weights.names().size() + " tensors: one of them is damaged or of another model; copy both again");
        }
    }

    private static boolean isTied(WeightFiles weights, T5Config config) {
        if (!weights.contains(LM_HEAD)) {
            return true;
        }
        boolean duplicate = weights.sameValues(LM_HEAD, embedding(weights));
        return duplicate && config.tieWordEmbeddings();
    }

    private static String embedding(WeightFiles weights) {
        return EMBEDDINGS.stream()
                .filter(weights::contains)
                .findFirst()
                .orElseThrow(() -> new T5Exception(weights.directory() + " holds no embedding table: there is none of "
                        + String.join(", ", EMBEDDINGS)));
    }

    /**
     * Sets all parameters to the values in a model directory, after verifying its checksums where it has some. Nothing is
     * changed unless every name and shape fits.
     *
     * @throws T5Exception where a file is malformed or damaged, or a tensor missing, unexpected or of another shape
     */
    public static void load(Path directory, ParameterSet parameters, Backend backend) {
        load(directory, parameters, backend, name -> true);
    }

    /**
     * {@link #load(Path, ParameterSet, Backend)} of some of the parameters; the others stay as they are, and the directory
     * must not hold them.
     *
     * @param read whether the parameter of that name is to be read
     */
    public static void load(Path directory, ParameterSet parameters, Backend backend, Predicate<String> read) {
        CheckpointDirectory.verify(directory);
        WeightFiles weights = WeightFiles.open(directory);
        Map<Parameter, String> sources = match(weights, parameters, read);
        float[] chunk = new float[CHUNK];
        sources.forEach((parameter, name) -> copy(weights.reader(name), name, parameter.value(), backend, chunk));
    }

    /** Which tensor goes to which parameter, everything checked. */
    private static Map<Parameter, String> match(WeightFiles weights, ParameterSet parameters, Predicate<String> read) {
        Map<Parameter, String> sources = new LinkedHashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Parameter parameter : parameters) {
            if (!read.test(parameter.name())) {
                continue;
            }
            String name = parameter.name().equals(SHARED) ? embedding(weights) : parameter.name();
            if (!weights.contains(name)) {
                missing.add(name);
                continue;
            }
            TensorEntry entry = weights.reader(name).entry(name);
            if (!entry.hasShape(parameter.value().shape())) {
                wrong.add(name + " has shape " + entry.shape() + ", expected "
                        + Arrays.toString(parameter.value().shape()));
            } else if (!entry.dtype().readableAsFloat()) {
                wrong.add(name + " is " + entry.dtype() + ", expected F32, F16 or BF16");
            }
            sources.put(parameter, name);
        }
        List<String> unexpected = unexpected(weights, parameters, Set.copyOf(sources.values()));
        if (!missing.isEmpty() || !wrong.isEmpty() || !unexpected.isEmpty()) {
            throw new T5Exception("The weights in " + weights.directory() + " do not fit the model:"
                    + problem("missing", missing) + problem("of the wrong kind", wrong)
                    + problem("unexpected", unexpected)
                    + ". Build the model from the " + HfConfig.FILE + " beside them.");
        }
        return sources;
    }

    private static List<String> unexpected(WeightFiles weights, ParameterSet parameters, Set<String> used) {
        return weights.names().stream()
                .filter(name -> !used.contains(name) && !isStray(name))
                .filter(name -> !isDuplicate(weights, parameters, name))
                .map(name -> describe(parameters, name))
                .toList();
    }

    private static boolean isDuplicate(WeightFiles weights, ParameterSet parameters, String name) {
        String shared = SharedStacks.encoderName(name);
        if (shared != null) {
            return parameters.contains(shared) && weights.contains(shared) && weights.sameValues(name, shared);
        }
        return (EMBEDDINGS.contains(name) || name.equals(LM_HEAD))
                && parameters.contains(SHARED)
                && weights.sameValues(name, embedding(weights));
    }

    private static String describe(ParameterSet parameters, String name) {
        if (name.equals(LM_HEAD) || EMBEDDINGS.contains(name)) {
            return name + " (differs from " + SHARED + ")";
        }
        String shared = SharedStacks.encoderName(name);
        return shared != null && parameters.contains(shared) ? name + " (differs from " + shared + ")" : name;
    }

    private static boolean isStray(String name) {
        return name.equals(STRAY_BIAS) || name.contains("_slot_") || name.equals("global_step");
    }

    private static String problem(String kind, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        int more = names.size() - NAMES_SHOWN;
        return " " + names.size() + " " + kind + " (" + shown + (more > 0 ? " and " + more + " more" : "") + ");";
    }

    private static void copy(SafetensorsReader reader, String name, Tensor target, Backend backend, float[] chunk) {
        Tensor flat = target.reshapeView(Math.toIntExact(target.length()));
        for (int from = 0; from < flat.size(0); from += CHUNK) {
            int count = Math.min(CHUNK, flat.size(0) - from);
            reader.readFloats(name, from, chunk, 0, count);
            backend.write(flat.rowsView(from, count), chunk, 0);
        }
    }
}
