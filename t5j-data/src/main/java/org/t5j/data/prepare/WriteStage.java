package org.t5j.data.prepare;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.zip.GZIPOutputStream;
import org.t5j.data.DataException;
import org.t5j.data.clean.Document;
import org.t5j.data.clean.Removals;
import org.t5j.data.dedup.Parallel;
import org.t5j.data.dedup.TextHash;
import org.t5j.tokenizer.FileReason;
import org.t5j.tokenizer.Tokenizer;
import org.t5j.tokenizer.train.Progress;

/** The last stage: removes the repetition that was found, splits, tokenizes and writes. */
final class WriteStage {
    /** Directory of the text that is kept. */
    static final String TEXT = "text";

    private static final int BATCH = 1 << 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final PrepareConfig config;
    private final Path output;
    private final List<Block> blocks;
    private final List<Step> steps;
    private final Tokenizer tokenizer;
    private final Map<String, SplitWriter> splits;
    private final Removals removals;
    private final long all;
    private final Progress progress;

    /** @param tokenizer null where no ids are wanted */
    WriteStage(
            PrepareConfig config,
            Path output,
            List<Block> blocks,
            List<Step> steps,
            Tokenizer tokenizer,
            Map<String, SplitWriter> splits,
            Progress progress) {
        this.config = config;
        this.output = output;
        this.blocks = blocks;
        this.steps = steps;
        this.tokenizer = tokenizer;
        this.splits = splits;
        this.removals = new Removals(steps.stream().map(Step::name).toList());
        this.all =
                blocks.stream().mapToLong(block -> block.summary().documents()).sum();
        this.progress = progress;
    }

    private record Item(Document document, Step.Place[] places) {}

    private record Batch(Block block, List<Item> items, long first, boolean lastOfBlock) {}

    /** A document ready to be written; without ids where they are written already or not wanted. */
    private record Ready(String split, long position, int characters, int[] ids) {}

    private record Result(Batch batch, List<Ready> documents, Map<String, byte[]> texts, Removals removals) {}

    /** Writes everything; gives what the steps removed. */
    Removals run(int threads) {
        TextFiles texts = new TextFiles();
        Parallel.inOrder(
                new Batches(),
                threads,
                result -> {
                    result.documents().forEach(ready -> splits.get(ready.split())
                            .add(ready.position(), ready.characters(), ready.ids()));
                    removals.add(result.removals());
                    if (config.keepText()) {
                        texts.add(result);
                    }
                    progress.report(
                            "writing documents",
                            result.batch().first() + result.batch().items().size(),
                            all);
                },
                this::make);
        return removals;
    }

    /** The split of a document, by a hash of its text before repetition was removed. */
    static String split(String text, double validation) {
        double share = (TextHash.combine(TextHash.of(text), 0x5341_4C54L) >>> 11) * 0x1.0p-53;
        return share < validation ? Preparation.VALIDATION : Preparation.TRAIN;
    }

    private Result make(Batch batch) {
        Removals removed = new Removals();
        List<Ready> documents = new ArrayList<>();
        Map<String, StringBuilder> lines = new LinkedHashMap<>();
        long position = batch.first();
        for (Item item : batch.items()) {
            String text = Step.applyAll(steps, item.document(), item.places(), removed);
            if (text != null) {
                String split = split(item.document().text(), config.validation());
                boolean encode =
                        tokenizer != null && position >= splits.get(split).resumeAt();
                documents.add(new Ready(split, position, text.length(), encode ? tokenizer.encode(text) : null));
                if (config.keepText()) {
                    lines.computeIfAbsent(split, name -> new StringBuilder())
                            .append(json(item.document(), text))
                            .append('\n');
                }
            }
            position++;
        }
        Map<String, byte[]> texts = new LinkedHashMap<>();
        lines.forEach((split, text) -> texts.put(split, gzip(text.toString())));
        return new Result(batch, documents, texts, removed);
    }

    private static ObjectNode json(Document document, String text) {
        return JSON.createObjectNode().put("text", text).put("origin", document.origin());
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** One file for each split and block, which appears when the block is done; a gzip member for each batch. */
    private final class TextFiles {
        private final Map<String, ByteArrayOutputStream> open = new LinkedHashMap<>();

        void add(Result result) {
            result.texts().forEach((split, bytes) -> open.computeIfAbsent(split, name -> new ByteArrayOutputStream())
                    .writeBytes(bytes));
            if (result.batch().lastOfBlock()) {
                open.forEach((split, bytes) -> {
                    String name = String.format(
                            "%s-%05d.jsonl.gz", split, result.batch().block().number());
                    Path file = directory().resolve(name);
                    if (!Files.exists(file)) {
                        AtomicFile.write(file, bytes::writeTo);
                    }
                });
                open.clear();
            }
        }

        private Path directory() {
            try {
                return Files.createDirectories(output.resolve(TEXT));
            } catch (IOException e) {
                throw new DataException("Cannot make " + output.resolve(TEXT) + ": " + FileReason.of(e), e);
            }
        }
    }

    /** Reads the blocks in batches, each of one block. */
    private final class Batches implements Iterator<Batch> {
        private final Iterator<Block> remaining =
                blocks.stream().filter(block -> block.summary().documents() > 0).iterator();
        private Block block;
        private Block.Reader reader;
        private Step.Reader places;
        private int next;

        @Override
        public boolean hasNext() {
            return block != null || remaining.hasNext();
        }

        @Override
        public Batch next() {
            if (block == null) {
                if (!remaining.hasNext()) {
                    throw new NoSuchElementException();
                }
                block = remaining.next();
                reader = block.reader();
                places = new Step.Reader(steps, block);
                next = 0;
            }
            long first = block.summary().firstDocument() + next;
            List<Item> items = new ArrayList<>();
            int documents = block.summary().documents();
            for (long characters = 0; next < documents && characters < BATCH; next++) {
                Document document = reader.next();
                characters += document.text().length();
                items.add(new Item(document, places.next()));
            }
            Batch batch = new Batch(block, items, first, next == documents);
            if (batch.lastOfBlock()) {
                reader.close();
                places.close();
                block = null;
            }
            return batch;
        }
    }
}
