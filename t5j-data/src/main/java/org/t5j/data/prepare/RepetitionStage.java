package org.t5j.data.prepare;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.LongConsumer;
import org.t5j.data.DataException;
import org.t5j.data.clean.Document;
import org.t5j.data.clean.Removals;
import org.t5j.data.dedup.Flags;
import org.t5j.data.dedup.MinHash;
import org.t5j.data.dedup.NearDuplicates;
import org.t5j.data.dedup.Parallel;
import org.t5j.data.dedup.RepeatedKeys;
import org.t5j.data.dedup.Units;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.train.Progress;

/**
 * Finds one kind of repetition after the other, each in what the kinds before it left: first the hashes of every block,
 * then from these which units are repeated. Texts are not held in memory.
 */
final class RepetitionStage {
    private final DedupConfig config;
    private final int minSentences;
    private final Path directory;
    private final List<Block> blocks;
    private final int threads;
    private final long memory;
    private final Progress progress;

    RepetitionStage(
            DedupConfig config,
            int minSentences,
            Path directory,
            List<Block> blocks,
            int threads,
            long memory,
            Progress progress) {
        this.config = config;
        this.minSentences = minSentences;
        this.directory = directory;
        this.blocks = blocks;
        this.threads = threads;
        this.memory = memory;
        this.progress = progress;
    }

    /** What is to be removed; what earlier processes found is kept. */
    List<Step> run() {
        List<Step> steps = new ArrayList<>();
        for (String kind : config.kinds()) {
            steps.add(find(kind, steps));
        }
        return steps;
    }

    private Step find(String kind, List<Step> before) {
        boolean near = kind.equals(DedupConfig.NEAR);
        Path found = directory.resolve(kind + ".flags");
        if (!Files.exists(found)) {
            AtomicLong done = new AtomicLong();
            Parallel.forEach(blocks.size(), threads, index -> {
                Block block = blocks.get(index);
                if (!Files.exists(block.file(Step.keys(kind)))) {
                    hash(kind, block, before);
                }
                progress(kind, "hashing", done.addAndGet(block.summary().documents()));
            });
            progress(kind, "comparing", documents());
            write(found, near ? nearDuplicates() : repeated(kind));
        }
        Units units = DedupConfig.KINDS.get(kind);
        return new Step(
                kind,
                units,
                new Flags(readLongs(found)),
                firstUnits(kind),
                units == Units.DOCUMENTS ? 0 : minSentences);
    }

    private synchronized void progress(String kind, String what, long done) {
        progress.report(what + " " + kind, done, documents());
    }

    private int documents() {
        Block.Summary last = blocks.get(blocks.size() - 1).summary();
        return Math.toIntExact(last.firstDocument() + last.documents());
    }

    private long[] firstUnits(String kind) {
        long[] first = new long[blocks.size()];
        for (int i = 1; i < first.length; i++) {
            first[i] = first[i - 1] + units(kind, blocks.get(i - 1));
        }
        return first;
    }

    private static long units(String kind, Block block) {
        return kind.equals(DedupConfig.NEAR)
                ? block.summary().documents()
                : size(block.file(Step.keys(kind))) / Long.BYTES;
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new DataException("Cannot read " + file + ": " + FileReason.of(e), e);
        }
    }

    /** Writes the keys of a block, and how many each document has. */
    private void hash(String kind, Block block, List<Step> before) {
        boolean near = kind.equals(DedupConfig.NEAR);
        MinHash minHash = config.minHash();
        int documents = block.summary().documents();
        int[][] bands = near ? new int[config.bands()][documents] : null;
        Units units = DedupConfig.KINDS.get(kind);
        try (AtomicFile keys = new AtomicFile(block.file(Step.keys(kind)));
                AtomicFile counts = new AtomicFile(block.file(Step.counts(kind)));
                Block.Reader reader = block.reader();
                Step.Reader places = new Step.Reader(before, block)) {
            for (int i = 0; i < documents; i++) {
                Document document = reader.next();
                String text = Step.applyAll(before, document, places.next(), new Removals());
                if (near) {
                    int[] bandKeys = text == null ? new int[0] : minHash.bandKeys(text);
                    for (int band = 0; band < bandKeys.length; band++) {
                        bands[band][i] = bandKeys[band];
                    }
                    counts.append(out -> out.writeInt(1));
                } else {
                    long[] hashes = text == null ? new long[0] : units.hashes(text);
                    keys.append(out -> writeAll(out, hashes));
                    counts.append(out -> out.writeInt(hashes.length));
                }
            }
            if (near) {
                keys.append(out -> writeAll(out, bands));
            }
            counts.commit();
            keys.commit();
        }
    }

    private static void writeAll(DataOutputStream out, long[] values) throws IOException {
        for (long value : values) {
            out.writeLong(value);
        }
    }

    private static void writeAll(DataOutputStream out, int[][] rows) throws IOException {
        for (int[] row : rows) {
            for (int value : row) {
                out.writeInt(value);
            }
        }
    }

    private Flags repeated(String kind) {
        long[] first = firstUnits(kind);
        Block last = blocks.get(blocks.size() - 1);
        long size = first[last.number()] + units(kind, last);
        List<LongBuffer> hashes = blocks.stream()
                .map(block -> Block.map(block.file(Step.keys(kind))).asLongBuffer())
                .toList();
        return RepeatedKeys.find(
                new RepeatedKeys.Keys() {
                    @Override
                    public long size() {
                        return size;
                    }

                    @Override
                    public void forEach(LongConsumer consumer) {
                        for (LongBuffer block : hashes) {
                            LongBuffer keys = block.duplicate();
                            while (keys.hasRemaining()) {
                                consumer.accept(keys.get());
                            }
                        }
                    }
                },
                memory,
                threads);
    }

    private Flags nearDuplicates() {
        List<Block.RandomAccess> texts =
                blocks.stream().map(Block.RandomAccess::new).toList();
        List<IntBuffer> bands = blocks.stream()
                .map(block -> Block.map(block.file(Step.keys(DedupConfig.NEAR))).asIntBuffer())
                .toList();
        NearDuplicates duplicates =
                new NearDuplicates(config.minHash(), config.similarity(), document -> text(texts, document), threads);
        return duplicates.find(
                new NearDuplicates.BandKeys() {
                    @Override
                    public int documents() {
                        return RepetitionStage.this.documents();
                    }

                    @Override
                    public void forEach(int band, IntConsumer consumer) {
                        for (Block block : blocks) {
                            int count = block.summary().documents();
                            IntBuffer keys = bands.get(block.number()).slice(band * count, count);
                            while (keys.hasRemaining()) {
                                consumer.accept(keys.get());
                            }
                        }
                    }
                },
                memory);
    }

    /** A document; only whole ones were removed before, so its text is that of the block. */
    private String text(List<Block.RandomAccess> texts, int document) {
        int low = 0;
        int high = blocks.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) / 2;
            if (blocks.get(middle).summary().firstDocument() <= document) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return texts.get(low).text((int) (document - blocks.get(low).summary().firstDocument()));
    }

    private static void write(Path file, Flags flags) {
        AtomicFile.write(file, out -> writeAll(out, flags.toWords()));
    }

    private static long[] readLongs(Path file) {
        LongBuffer buffer = Block.map(file).asLongBuffer();
        long[] values = new long[buffer.remaining()];
        buffer.get(values);
        return values;
    }
}
