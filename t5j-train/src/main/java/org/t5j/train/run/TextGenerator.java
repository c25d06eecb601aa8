package org.t5j.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.t5j.core.T5Exception;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;
import org.t5j.tokenizer.Tokenizer;

/**
 * Text in, text out: a trained model with its vocabulary.
 *
 * <pre>{@code
 * try (TextGenerator generator = TextGenerator.load(Path.of("runs/first"))) {
 *     System.out.println(generator.generate("summarize: ..."));
 * }
 * }</pre>
 *
 * <p>Owns the model; close it when done. Not thread-safe.
 */
public final class TextGenerator implements AutoCloseable {
    private static final int SIDE_BY_SIDE = 16;

    private final TextModel model;
    private GenerationConfig defaults;
    private String prefix = "";
    private int maxInputLength = TextModel.MAX_INPUT_LENGTH;

    private TextGenerator(TextModel model) {
        this.model = model;
        this.defaults = TaskDefaults.of(model.files().first()).generation();
    }

    /**
     * The model in a directory in Hugging Face's layout with its tokenizer files, or the best checkpoint of a run.
     *
     * @throws T5Exception where {@code directory} is neither
     */
    public static TextGenerator load(Path directory) {
        return load(ModelDirectories.of(directory));
    }

    /**
     * {@link #load(Path)} with a vocabulary from elsewhere.
     *
     * @throws T5Exception where it has more ids than the model has embeddings
     */
    public static TextGenerator load(Path directory, Tokenizer tokenizer) {
        return load(ModelDirectories.of(directory), () -> tokenizer);
    }

    /** One model or several that write together, with their vocabulary. */
    public static TextGenerator load(ModelDirectories models) {
        return load(models, models::tokenizer);
    }

    /**
     * {@link #load(ModelDirectories)} with a vocabulary that is read by another thread while this one reads the model.
     *
     * @throws T5Exception where it has more ids than the model has embeddings
     */
    public static TextGenerator load(ModelDirectories models, Supplier<? extends Tokenizer> vocabulary) {
        TextModel model = TextModel.load(models, vocabulary);
        try {
            return new TextGenerator(model);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * Cuts longer inputs, with a warning; 512 if not called.
     *
     * @param tokens at least 1, the end-of-sequence token included
     */
    public TextGenerator maxInputLength(int tokens) {
        maxInputLength = TextModel.checkedInputLength(tokens);
        return this;
    }

    /**
     * Does a task as the model's {@code config.json} says in {@code task_specific_params}, or the run that it was trained
     * in: {@link #defaults} become the task's, and its prefix is put in front of every input.
     *
     * @param name such as {@code summarization}
     * @throws T5Exception where neither knows such a task
     */
    public TextGenerator task(String name) {
        TaskDefaults task = TaskDefaults.of(model.files().first(), name);
        defaults = task.generation();
        prefix = task.prefix();
        return this;
    }

    /**
     * How {@link #generate(String)} searches: as the model's {@code generation_config.json} says, greedily and for at most
     * 128 tokens where it says nothing. Its ids are the model's, so other configurations best start from its {@link
     * GenerationConfig#toBuilder}.
     */
    public GenerationConfig defaults() {
        return defaults;
    }

    /** The output for an input, which begins with its task's prefix. */
    public String generate(String input) {
        return generate(List.of(input), defaults).get(0);
    }

    /** The best output for each input, decoded 16 side by side; each 16 draw by a seed of their own. */
    public List<String> generate(List<String> inputs, GenerationConfig config) {
        List<String> texts = new ArrayList<>();
        for (int at = 0; at < inputs.size(); at += SIDE_BY_SIDE) {
            outputs(inputs.subList(at, Math.min(inputs.size(), at + SIDE_BY_SIDE)), config.ofBatch(at / SIDE_BY_SIDE))
                    .forEach(outputs -> texts.add(text(outputs.get(0))));
        }
        return texts;
    }

    /**
     * Ids and scores of the outputs for inputs that are decoded side by side, which takes memory for all of them.
     *
     * @param inputs at least one
     * @return for each input its {@code numReturnSequences} outputs, best first; {@link #text} reads them
     */
    public List<List<Generated>> outputs(List<String> inputs, GenerationConfig config) {
        return model.model().generate(inputs.stream().map(this::encode).toArray(int[][]::new), config);
    }

    /**
     * The output for an input, told of in pieces as it is written; they join to its {@link #text}.
     *
     * @param config without beams, for one output
     * @param pieces called on this thread; never given half a character
     * @throws T5Exception where {@code config} has beams or asks for several outputs
     */
    public Generated stream(String input, GenerationConfig config, Consumer<String> pieces) {
        if (config.numReturnSequences() > 1) {
            throw new T5Exception("numReturnSequences must be 1 to tell of an output as it is written, found "
                    + config.numReturnSequences());
        }
        TextStream stream = new TextStream(model.tokenizer(), pieces);
        List<List<Generated>> outputs =
                model.model().generate(new int[][] {encode(input)}, config, (row, sequence, id) -> stream.add(id));
        stream.finish();
        return outputs.get(0).get(0);
    }

    /** Of what outputs follow from, besides the inputs and the configuration of the search. */
    Fingerprint fingerprint() {
        return model.fingerprint().add(maxInputLength).add(prefix);
    }

    /** An output as text. */
    public String text(Generated output) {
        return model.tokenizer().decodeOutput(output.tokens());
    }

    private int[] encode(String input) {
        return model.encodeInput(prefix + input, maxInputLength);
    }

    /** Gives the model's memory back. */
    @Override
    public void close() {
        model.close();
    }
}
