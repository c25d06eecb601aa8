package org.t5j.train.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import org.t5j.core.FileFailure;
import org.t5j.core.T5Exception;
import org.t5j.core.T5Model;
import org.t5j.core.checkpoint.CheckpointDirectory;
import org.t5j.core.checkpoint.CheckpointWriter;
import org.t5j.core.checkpoint.HfGenerationConfig;
import org.t5j.core.checkpoint.SafetensorsReader;
import org.t5j.core.checkpoint.SafetensorsWriter;
import org.t5j.core.checkpoint.TensorEntry;
import org.t5j.core.checkpoint.WriteOptions;
import org.t5j.core.tensor.Backend;
import org.t5j.core.tensor.ParameterSet;
import org.t5j.data.DataException;
import org.t5j.train.TrainingState;
import org.t5j.train.optim.OptimizerState;

/**
 * A checkpoint of a run: a model directory in Hugging Face's layout, vocabulary included, with {@code
 * training/optimizer.safetensors} and {@code training/state.json}, and with {@code training/weights.safetensors} where the
 * model is not what is trained, see {@link org.t5j.train.ModelExport}.
 */
public final class TrainingCheckpoint {
    static final String OPTIMIZER = "training/optimizer.safetensors";
    static final String STEPS = "steps";
    private static final String STATE = "training/state.json";
    /** Before the name of a parameter that had fewer updates than there were steps. */
    private static final String UPDATES = "updates.";

    private static final Pattern JAVA_NAME = Pattern.compile("\\b(java|org)\\.");
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private TrainingCheckpoint() {}

    /** Writes a checkpoint that appears at once, in a directory that is there. */
    static void write(
            Path directory,
            T5Model model,
            CheckpointWeights weights,
            VocabularyFiles vocabulary,
            OptimizerState optimizer,
            TrainingState state) {
        CheckpointDirectory.writeWithin(directory, files -> {
            CheckpointWriter.writeInto(
                    files,
                    model.hfConfig(),
                    HfGenerationConfig.of(model.config()),
                    weights.exported(),
                    WriteOptions.DEFAULT);
            weights.writeTraining(files);
            vocabulary.writeInto(files);
            Files.createDirectories(files.resolve(OPTIMIZER).getParent());
            writeOptimizer(files.resolve(OPTIMIZER), optimizer, model.backend());
            Files.writeString(files.resolve(STATE), JSON.writeValueAsString(state));
        });
    }

    private static void writeOptimizer(Path file, OptimizerState optimizer, Backend backend) {
        SafetensorsWriter writer = new SafetensorsWriter().metadata(STEPS, Long.toString(optimizer.steps()));
        optimizer.fewerUpdates().forEach((parameter, count) -> writer.metadata(UPDATES + parameter, count.toString()));
        optimizer.tensors().forEach((name, tensor) -> SavedTensors.add(writer, name, tensor, backend));
        writer.write(file);
    }

    /** The names of the optimizer's tensors. */
    static Set<String> optimizerNames(Path directory) {
        return SafetensorsReader.open(directory.resolve(OPTIMIZER)).names();
    }

    /** Whether {@link #readState} has something to read. */
    static boolean hasState(Path directory) {
        return Files.exists(directory.resolve(STATE));
    }

    /**
     * Puts what an optimizer had of the parameters that are trained into a new one.
     *
     * @throws T5Exception where the file is damaged or holds something that is of no parameter
     */
    static void readOptimizer(Path directory, OptimizerState optimizer, ParameterSet parameters, Backend backend) {
        SafetensorsReader reader = SafetensorsReader.open(directory.resolve(OPTIMIZER));
        for (String name : reader.names()) {
            int[] shape = momentShape(reader, name, parameters);
            if (parameters.get(parameterOf(name)).trainable()) {
                SavedTensors.read(reader, name, optimizer.tensor(name, shape), backend);
            }
        }
        optimizer.setSteps(count(reader, STEPS));
        reader.metadata().keySet().stream()
                .filter(key -> key.startsWith(UPDATES))
                .forEach(key -> optimizer.setUpdates(key.substring(UPDATES.length()), count(reader, key)));
    }

    /** The shape of what is kept of a parameter: the parameter's own or, in parts, a smaller one. */
    private static int[] momentShape(SafetensorsReader reader, String name, ParameterSet parameters) {
        String parameter = parameterOf(name);
        long most = parameters.contains(parameter)
                ? parameters.get(parameter).value().length()
                : 0;
        TensorEntry entry = reader.entry(name);
        if (entry.elements() < 1 || entry.elements() > most) {
            throw new T5Exception(reader.file() + " holds " + name + " of shape " + entry.shape() + ", "
                    + (most == 0 ? "of which the model has no parameter" : "more than its parameter has values")
                    + ": it is of another model or damaged; use another checkpoint");
        }
        return entry.shape().stream().mapToInt(Math::toIntExact).toArray();
    }

    private static String parameterOf(String moment) {
        return moment.substring(0, Math.max(0, moment.lastIndexOf('.')));
    }

    private static long count(SafetensorsReader reader, String key) {
        String count = reader.metadata().get(key);
        if (count == null || !count.matches("\\d{1,18}")) {
            throw new T5Exception(reader.file() + " must tell in its metadata how many " + key
                    + " the optimizer took, found " + count + ": it is damaged; use another checkpoint");
        }
        return Long.parseLong(count);
    }

    /**
     * Where the run stood.
     *
     * @throws T5Exception where {@code directory} is no checkpoint of a run
     */
    public static TrainingState readState(Path directory) {
        Path file = directory.resolve(STATE);
        if (!Files.exists(file)) {
            throw new T5Exception(directory + " is no checkpoint of a training run: it has no " + STATE);
        }
        try {
            return whole(JSON.readValue(Files.readAllBytes(file), TrainingState.class));
        } catch (JsonProcessingException e) {
            throw new T5Exception(file + " is damaged (" + problem(e) + "); use another checkpoint", e);
        } catch (IOException e) {
            throw new T5Exception("Cannot read " + file + ": " + FileFailure.reason(e), e);
        }
    }

    private static TrainingState whole(TrainingState state) throws JsonProcessingException {
        if (state == null || state.data() == null || state.step() < 0) {
            throw new JsonMappingException(null, "it must hold step, at least 0, and data");
        }
        return state;
    }

    /** What is wrong: a record's own words where it refused its values, else the parser's unless they are of Java. */
    private static String problem(JsonProcessingException e) {
        Throwable cause = e.getCause();
        boolean refused = cause instanceof DataException || cause instanceof T5Exception;
        String said = refused ? cause.getMessage() : e.getOriginalMessage();
        int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
        boolean plain = said != null && !JAVA_NAME.matcher(said).find();
        return "line " + line + ": "
                + (plain ? said.lines().findFirst().orElse("") : "a value that is none of its key");
    }
}
