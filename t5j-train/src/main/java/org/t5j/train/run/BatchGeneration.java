package org.t5j.train.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.t5j.core.T5Exception;
import org.t5j.core.decode.Generated;
import org.t5j.core.decode.GenerationConfig;

/**
 * Writes an output for every line of a file to another file, a line each. When it is killed and run again with the same
 * inputs, options and model, it goes on behind the last whole batch, and the file has the bytes that it would have had.
 *
 * @param batchSize inputs decoded side by side, at least 1
 */
public record BatchGeneration(TextGenerator generator, GenerationConfig config, int batchSize, OutputFormat format) {
    private static final Logger LOG = LoggerFactory.getLogger(BatchGeneration.class);
    private static final long NANOS_BETWEEN_MESSAGES = 30_000_000_000L;

    public BatchGeneration {
        if (batchSize < 1) {
            throw new T5Exception("batchSize must be at least 1, found " + batchSize);
        }
    }

    /**
     * Writes {@code output}, which appears when it is whole. Line breaks within an output become spaces.
     *
     * @param inputs the file that {@code lines} come from
     * @param lines the lines of {@code inputs} from the first on, null after the last
     * @return lines written, those of earlier runs included
     * @throws T5Exception where {@code output} was begun with other inputs, options or another model, or by a process
     *     that still writes it
     */
    public long write(Path inputs, Supplier<String> lines, Path output) {
        String fingerprint = generator
                .fingerprint()
                .add(config)
                .add(batchSize)
                .add(format)
                .addFile(inputs)
                .hex();
        try (ResumableLines file = ResumableLines.open(output, fingerprint, batchSize)) {
            if (file.lines() > 0) {
                LOG.info("Going on after the {} outputs that {} has already", file.lines(), output);
            }
            for (long passed = 0; passed < file.lines(); passed++) {
                lines.get();
            }
            writeRest(lines, file);
            file.finish();
            return file.lines();
        }
    }

    private void writeRest(Supplier<String> lines, ResumableLines file) {
        long told = System.nanoTime();
        for (List<String> batch = next(lines); !batch.isEmpty(); batch = next(lines)) {
            file.append(outputs(batch, file.lines() / batchSize));
            if (System.nanoTime() - told > NANOS_BETWEEN_MESSAGES) {
                told = System.nanoTime();
                LOG.info("{} outputs", file.lines());
            }
        }
    }

    private List<String> next(Supplier<String> lines) {
        List<String> batch = new ArrayList<>();
        while (batch.size() < batchSize) {
            String line = lines.get();
            if (line == null) {
                break;
            }
            batch.add(line);
        }
        return batch;
    }

    private List<String> outputs(List<String> inputs, long batch) {
        List<List<Generated>> outputs = generator.outputs(inputs, config.ofBatch(batch));
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < inputs.size(); i++) {
            Generated best = outputs.get(i).get(0);
            lines.add(format.of(inputs.get(i), generator.text(best), best).replaceAll("\r\n|[\r\n]", " "));
        }
        return lines;
    }
}
