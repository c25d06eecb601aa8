package org.t5j.data.prepare;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.t5j.data.DataException;
import org.t5j.data.Example;
import org.t5j.data.clean.Cleaner;
import org.t5j.data.clean.CleaningRules;
import org.t5j.data.clean.Document;
import org.t5j.data.clean.Removals;
import org.t5j.data.dedup.Parallel;
import org.t5j.data.source.ExampleReader;
import org.t5j.data.source.Source;
import org.t5j.tokenizer.train.Progress;

/** The first stage: reads the source and cleans it into {@link Block}s, of which each is finished once and for all. */
final class CleanStage {
    /** Characters that are cleaned at a time. */
    private static final int BATCH = 1 << 20;

    private final Source source;
    private final String field;
    private final Cleaner cleaner;
    private final Path directory;
    private final long blockCharacters;
    private final int threads;
    private final Progress progress;

    CleanStage(
            Source source,
            String field,
            Cleaner cleaner,
            Path directory,
            long blockCharacters,
            int threads,
            Progress progress) {
        this.source = source;
        this.field = field;
        this.cleaner = cleaner;
        this.directory = directory;
        this.blockCharacters = blockCharacters;
        this.threads = threads;
        this.progress = progress;
    }

    /** @param badRows that the reader passed over up to {@code next} */
    private record Batch(List<Document> documents, long characters, long next, long badRows, boolean last) {}

    private record Cleaned(Batch batch, List<byte[]> texts, List<String> origins, Removals removals) {}

    /** All blocks; what earlier processes finished is kept. */
    List<Block> run() {
        List<Block> blocks = new ArrayList<>(Block.finished(directory));
        Block end = blocks.isEmpty() ? null : blocks.get(blocks.size() - 1);
        if (end != null && end.summary().last()) {
            return blocks;
        }
        try (ExampleReader reader = source.open(end == null ? 0 : end.summary().next())) {
            Parallel.inOrder(new Batches(reader), threads, new Collector(blocks)::take, this::clean);
        }
        return blocks;
    }

    /** Cuts what is read into batches; a block always ends with one. */
    private final class Batches implements Iterator<Batch> {
        private final ExampleReader reader;
        private Example ahead;
        private long inBlock;

        Batches(ExampleReader reader) {
            this.reader = reader;
            this.ahead = reader.next();
        }

        @Override
        public boolean hasNext() {
            return ahead != null;
        }

        @Override
        public Batch next() {
            if (ahead == null) {
                throw new NoSuchElementException();
            }
            List<Document> documents = new ArrayList<>();
            long characters = 0;
            long next = 0;
            long badRows = 0;
            while (ahead != null && characters < BATCH && inBlock < blockCharacters) {
                Document document = document(ahead);
                documents.add(document);
                characters += document.text().length() + 1;
                inBlock += document.text().length() + 1;
                next = reader.position();
                badRows = reader.badRows().count();
                ahead = reader.next();
            }
            inBlock = inBlock >= blockCharacters ? 0 : inBlock;
            badRows = ahead == null ? reader.badRows().count() : badRows;
            return new Batch(documents, characters, next, badRows, ahead == null);
        }
    }

    private Document document(Example example) {
        DataException.check(
                example.fields().containsKey(field),
                "%s has no field '%s' (it has %s). Name the one that holds the document: --field NAME (field).",
                example.origin(),
                field,
                example.fields().keySet());
        return new Document(example.get(field), example.origin());
    }

    private Cleaned clean(Batch batch) {
        Removals removals = new Removals();
        List<byte[]> texts = new ArrayList<>();
        List<String> origins = new ArrayList<>();
        for (Document document : batch.documents()) {
            cleaner.clean(document, removals).ifPresent(clean -> {
                texts.add(clean.text().getBytes(StandardCharsets.UTF_8));
                origins.add(clean.origin());
            });
        }
        return new Cleaned(batch, texts, origins, removals);
    }

    /** Puts batches together to blocks. */
    private final class Collector {
        private final List<Block> blocks;
        private List<byte[]> texts = new ArrayList<>();
        private List<String> origins = new ArrayList<>();
        private Removals removals = new Removals(CleaningRules.names());
        private long read;
        private long characters;
        private long allRead;
        private long badRowsBefore;

        Collector(List<Block> blocks) {
            this.blocks = blocks;
            this.allRead =
                    blocks.stream().mapToLong(block -> block.summary().read()).sum();
        }

        void take(Cleaned cleaned) {
            texts.addAll(cleaned.texts());
            origins.addAll(cleaned.origins());
            removals.add(cleaned.removals());
            read += cleaned.batch().documents().size();
            allRead += cleaned.batch().documents().size();
            characters += cleaned.batch().characters();
            progress.report("cleaning documents", allRead, -1);
            if (cleaned.batch().last() || characters >= blockCharacters) {
                finish(cleaned.batch());
            }
        }

        private void finish(Batch batch) {
            int number = blocks.size();
            Block before = number == 0 ? null : blocks.get(number - 1);
            long first = before == null
                    ? 0
                    : before.summary().firstDocument() + before.summary().documents();
            Block.Summary summary = new Block.Summary(
                    first,
                    texts.size(),
                    read,
                    characters - read,
                    batch.badRows() - badRowsBefore,
                    batch.next(),
                    batch.last(),
                    removals.byRule());
            blocks.add(Block.write(directory, number, summary, texts, origins));
            texts = new ArrayList<>();
            origins = new ArrayList<>();
            removals = new Removals(CleaningRules.names());
            badRowsBefore = batch.badRows();
            read = 0;
            characters = 0;
        }
    }
}
