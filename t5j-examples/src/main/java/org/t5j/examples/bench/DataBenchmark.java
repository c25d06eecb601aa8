package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.t5j.core.T5Exception;
import org.t5j.data.batch.BatchConfig;
import org.t5j.data.batch.BatchStream;
import org.t5j.data.batch.DataPosition;
import org.t5j.data.cache.TokenCache;
import org.t5j.data.dataset.CorpusTexts;
import org.t5j.data.dataset.PretrainingDataset;
import org.t5j.data.dataset.TrainingData;
import org.t5j.data.objective.Objective;
import org.t5j.data.objective.ObjectiveConfig;
import org.t5j.data.objective.Objectives;
import org.t5j.data.source.DocumentSource;
import org.t5j.data.source.LineSource;
import org.t5j.tokenizer.SentencePieceTokenizer;
import org.t5j.tokenizer.Tokenizer;

/**
 * Times how fast one thread makes batches of span corruption: of ids at hand, and from raw text; in turn with the published
 * algorithm in numpy where Python has it, and beside the tokenizer alone.
 *
 * @param model a {@code .model} file, used with T5's 100 sentinels
 * @param text file in UTF-8 whose documents are separated by blank lines
 * @param inputLength ids of the inputs, as T5's 512
 * @param batch examples in a batch
 * @param rounds timed passes over the text, at least 1
 * @param warmUp seconds to run before those
 * @param python program to run the peer with
 */
public record DataBenchmark(
        Path model, Path text, int inputLength, int batch, int rounds, double warmUp, String python) {
    private static final int SENTINELS = 100;

    /** Runs the benchmark, telling the log of each round. */
    public ObjectNode run(PrintWriter log) {
        Tokenizer tokenizer = SentencePieceTokenizer.load(model, SENTINELS);
        ObjectiveConfig config = new ObjectiveConfig("span_corruption", inputLength, null, 0.15, 3.0, null);
        Objective objective = Objectives.create(config, tokenizer);
        ObjectNode out = Report.start("data", "in process", 1);
        out.put("model", model.toString());
        out.put("text", text.toString());
        out.put("input_length", inputLength);
        out.put("batch", batch);
        out.put("rounds", rounds);
        int[] ids = ids(tokenizer);
        out.put("tokens", ids.length);
        measureCached(tokenizer, objective, config, ids, out, log);
        measureRaw(tokenizer, objective, ids.length, out, log);
        return Report.finish(out);
    }

    private int[] ids(Tokenizer tokenizer) {
        return documents().stream()
                .map(tokenizer::encode)
                .flatMapToInt(Arrays::stream)
                .toArray();
    }

    private List<String> documents() {
        return new DocumentSource(List.of(text))
                .readAll().stream().map(example -> example.get(LineSource.TEXT)).toList();
    }

    private void measureCached(
            Tokenizer tokenizer,
            Objective objective,
            ObjectiveConfig config,
            int[] ids,
            ObjectNode out,
            PrintWriter log) {
        int length = objective.segmentLength();
        int batches = ids.length / length / batch;
        if (batches < 1) {
            throw new T5Exception("The text has " + ids.length + " tokens, fewer than one batch of " + batch
                    + " segments of " + length + "; give a longer text or a smaller --batch");
        }
        Path segments = writeSegments(ids, ids.length / length * length);
        Optional<NumpyPeer> peer = NumpyPeer.start(python, segments, length, batch, tokenizer.vocabSize(), config);
        try (BatchStream stream =
                BatchStream.open(TrainingData.of(dataset(tokenizer, objective)), packed(), DataPosition.start())) {
            LongSupplier pass = () -> {
                long targets = 0;
                for (int i = 0; i < batches; i++) {
                    targets += stream.next().targetTokens();
                }
                return targets;
            };
            warmUp(pass);
            double[] ours = new double[rounds];
            double[] theirs = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ours[round] = seconds(pass);
                theirs[round] = peer.isPresent() ? peer.get().seconds() : Double.NaN;
                log.printf("cached, round %d: %.3f s | %.3f s%n", round + 1, ours[round], theirs[round]);
                log.flush();
            }
            double tokens = (double) batches * batch * length;
            StepTimes mine = new StepTimes(ours);
            mine.putRates(out, "cached_tokens_per_second", tokens);
            if (peer.isPresent()) {
                StepTimes other = new StepTimes(theirs);
                out.put(
                        "other",
                        "numpy " + peer.get().version() + ", lengths "
                                + peer.get().lengths());
                other.putRates(out, "other_tokens_per_second", tokens);
                out.put("cached_ratio_best", StepTimes.rounded(other.best() / mine.best(), 2));
                out.put("cached_ratio_median", StepTimes.rounded(other.median() / mine.median(), 2));
            } else {
                log.println(python + " has no module numpy: measuring t5j alone");
            }
        } finally {
            peer.ifPresent(NumpyPeer::close);
            delete(segments);
        }
    }

    /** From the file to the last batch of one epoch, and the tokenizer alone on texts in memory. */
    private void measureRaw(Tokenizer tokenizer, Objective objective, long tokens, ObjectNode out, PrintWriter log) {
        List<String> documents = documents();
        LongSupplier encode = () -> documents.stream()
                .mapToLong(document -> tokenizer.encode(document).length)
                .sum();
        int batches = (int) Math.max(tokens / objective.segmentLength() / batch, 1);
        LongSupplier raw = () -> {
            try (BatchStream stream =
                    BatchStream.open(TrainingData.of(dataset(tokenizer, objective)), packed(), DataPosition.start())) {
                long targets = 0;
                for (int i = 0; i < batches; i++) {
                    targets += stream.next().targetTokens();
                }
                return targets;
            }
        };
        warmUp(encode);
        warmUp(raw);
        double[] encoding = new double[rounds];
        double[] whole = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            encoding[round] = seconds(encode);
            whole[round] = seconds(raw);
            log.printf("raw, round %d: %.3f s, tokenizer alone %.3f s%n", round + 1, whole[round], encoding[round]);
            log.flush();
        }
        StepTimes alone = new StepTimes(encoding);
        StepTimes all = new StepTimes(whole);
        alone.putRates(out, "tokenizer_tokens_per_second", tokens);
        all.putRates(out, "raw_tokens_per_second", tokens);
        out.put("raw_share_of_tokenizer_best", StepTimes.rounded(alone.best() / all.best(), 3));
        out.put("raw_share_of_tokenizer_median", StepTimes.rounded(alone.median() / all.median(), 3));
    }

    private PretrainingDataset dataset(Tokenizer tokenizer, Objective objective) {
        CorpusTexts texts = new CorpusTexts("corpus", new DocumentSource(List.of(text)), LineSource.TEXT);
        return PretrainingDataset.of("corpus", TokenCache.inMemory(1).load(texts, tokenizer), objective, tokenizer);
    }

    /** Packed batches, hardly made ahead, so that no pass profits from the one before. */
    private BatchConfig packed() {
        return new BatchConfig(batch, 0L, null, null, 1, true, null, null, null);
    }

    private void warmUp(LongSupplier pass) {
        for (long end = System.nanoTime() + (long) (warmUp * 1e9); System.nanoTime() < end; ) {
            seconds(pass);
        }
    }

    private static double seconds(LongSupplier pass) {
        long started = System.nanoTime();
        if (pass.getAsLong() == 0) {
            throw new IllegalStateException("A pass made nothing");
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static Path writeSegments(int[] ids, int count) {
        try {
            Path file = Files.createTempFile("t5j-bench", ".ids");
            ByteBuffer bytes = ByteBuffer.allocate(count * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asIntBuffer().put(ids, 0, count);
            return Files.write(file, bytes.array());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
