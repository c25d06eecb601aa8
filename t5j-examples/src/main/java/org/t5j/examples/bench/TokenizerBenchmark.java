package org.t5j.examples.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.t5j.tokenizer.SentencePieceTokenizer;

/**
 * Times encoding and decoding of a text's lines in this process, and in turn with it the C++ library where Python has it.
 *
 * @param model a {@code .model} file, used without sentinels
 * @param text file in UTF-8, which is held in memory
 * @param threads for the measurement with several, at least 1
 * @param rounds timed passes, at least 1
 * @param warmUp seconds to run before those
 * @param python program to run the peer with
 */
public record TokenizerBenchmark(Path model, Path text, int threads, int rounds, double warmUp, String python) {
    private static final double MEGABYTE = 1e6;

    /** Runs the benchmark, telling the log of each round. */
    public ObjectNode run(PrintWriter log) {
        ObjectNode out = Report.start("tokenizer", "in process", threads);
        long before = usedHeap();
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(model, 0);
        double heap = (usedHeap() - before) / MEGABYTE;
        List<String> lines = lines();
        List<int[]> ids = lines.stream().map(tokenizer::encode).toList();
        Map<String, LongSupplier> tasks = new LinkedHashMap<>();
        tasks.put("encode", () -> lines.stream()
                .mapToLong(line -> tokenizer.encode(line).length)
                .sum());
        tasks.put("encode_threads", () -> tokenizer.encodeAll(lines, threads).stream()
                .mapToLong(line -> line.length)
                .sum());
        tasks.put("decode", () -> ids.stream()
                .mapToLong(line -> tokenizer.decode(line).length())
                .sum());
        out.put("model", model.toString());
        out.put("text", text.toString());
        out.put("rounds", rounds);
        out.put("vocab_size", tokenizer.vocabSize());
        out.put("heap_mb", StepTimes.rounded(heap, 2));
        Optional<SentencePiecePeer> peer = SentencePiecePeer.start(python, model, text, threads);
        try {
            peer.ifPresentOrElse(
                    p -> out.put("other", "sentencepiece " + p.version() + ", its Python module")
                            .put("same_ids", p.idsCode() == code(ids)),
                    () -> log.println(python + " has no module sentencepiece: measuring t5j alone"));
            long tokens = ids.stream().mapToLong(line -> line.length).sum();
            measure(tasks, peer, new Size(megabytes(), tokens), out, log);
        } finally {
            peer.ifPresent(SentencePiecePeer::close);
        }
        return Report.finish(out);
    }

    /** What one pass goes through. */
    private record Size(double megabytes, long tokens) {}

    private void measure(
            Map<String, LongSupplier> tasks,
            Optional<SentencePiecePeer> peer,
            Size size,
            ObjectNode out,
            PrintWriter log) {
        out.put("text_mb", StepTimes.rounded(size.megabytes, 3));
        out.put("tokens", size.tokens);
        tasks.forEach((name, task) -> {
            long expected = task.getAsLong();
            for (long end = System.nanoTime() + (long) (warmUp * 1e9); System.nanoTime() < end; ) {
                seconds(task, expected);
            }
            double[] ours = new double[rounds];
            double[] theirs = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                ours[round] = seconds(task, expected);
                theirs[round] = peer.isPresent() ? peer.get().seconds(name) : Double.NaN;
                log.printf("%s, round %d: %.3f s | %.3f s%n", name, round + 1, ours[round], theirs[round]);
                log.flush();
            }
            report(out.putObject(name), new StepTimes(ours), size);
            if (peer.isPresent()) {
                compare(out, name, new StepTimes(ours), new StepTimes(theirs), size);
            }
        });
    }

    private static void report(ObjectNode out, StepTimes times, Size size) {
        out.put("mb_per_second_best", StepTimes.rounded(size.megabytes / times.best(), 2));
        out.put("mb_per_second_median", StepTimes.rounded(size.megabytes / times.median(), 2));
        times.putRates(out, "tokens_per_second", size.tokens);
    }

    private static void compare(ObjectNode out, String name, StepTimes ours, StepTimes theirs, Size size) {
        report(out.putObject("other_" + name), theirs, size);
        out.put(name + "_ratio_best", StepTimes.rounded(theirs.best() / ours.best(), 3));
        out.put(name + "_ratio_median", StepTimes.rounded(theirs.median() / ours.median(), 3));
    }

    /** Checking the result, a number, keeps the work from being left out. */
    private static double seconds(LongSupplier task, long expected) {
        long started = System.nanoTime();
        long result = task.getAsLong();
        double seconds = (System.nanoTime() - started) / 1e9;
        if (result != expected) {
            throw new IllegalStateException("A pass gave " + result + ", the one before it " + expected);
        }
        return seconds;
    }

    private List<String> lines() {
        try {
            String all = Files.readString(text, StandardCharsets.UTF_8);
            List<String> lines = Arrays.asList(all.split("\n", -1));
            return all.endsWith("\n") ? lines.subList(0, lines.size() - 1) : lines;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double megabytes() {
        try {
            return Files.size(text) / MEGABYTE;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int code(List<int[]> ids) {
        int code = 0;
        for (int[] line : ids) {
            for (int id : line) {
                code = code * 31 + id;
            }
        }
        return code;
    }

    /** Bytes that are reachable. */
    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
