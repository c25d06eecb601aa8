package org.t5j.tokenizer.train;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.t5j.tokenizer.TrainerConfig;
import org.t5j.tokenizer.bytes.ByteTrie;
import org.t5j.tokenizer.bytes.Bytes;
import org.t5j.tokenizer.bytes.Utf8;
import org.t5j.tokenizer.normalize.Normalizer;

/**
 * Selects the lines to train on and normalises them; special pieces in them become tabs. One thread reads while others
 * normalise; the result is in the order of the input.
 */
final class CorpusReader implements TrainingInput.LineSink {

    private static final int CHUNK_BYTES = 1 << 20;
    private static final int CHUNK_LINES = 1 << 16;
    private static final int LINES_BETWEEN_REPORTS = 1 << 16;
    private static final byte[] RESERVED = Character.toString(PieceRule.UNKNOWN).getBytes(StandardCharsets.UTF_8);

    private final LineSelection selection;
    private final Normalizer normalizer;
    private final ByteTrie specialPieces;
    private final Workers workers;
    private final Progress progress;
    private final ReservoirSampler<String> selfTest;
    private final ReservoirSampler<Sentence> sample;
    private final List<Future<Chunk>> chunks = new ArrayList<>();
    private Chunk.Builder current = new Chunk.Builder();
    private long taken;

    CorpusReader(TrainerConfig config, List<String> specialPieces, Workers workers, Progress progress) {
        selection = config.lines();
        normalizer =
                new Normalizer(config.normalizer(), config.pieceRule().whitespaceAsSuffix(), ByteTrie.of(List.of()));
        this.specialPieces = ByteTrie.of(specialPieces.stream()
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                .toList());
        this.workers = workers;
        this.progress = progress;
        selfTest = new ReservoirSampler<>(selection.selfTestSamples(), selection.selfTestSeed());
        sample = new ReservoirSampler<>(selection.shuffle() ? selection.maxLines() : 0, selection.seed());
    }

    @Override
    public boolean accept(byte[] array, int from, int to, long count) {
        if (from == to || to - from > selection.maxBytes() || holdsReserved(array, from, to)) {
            return true;
        }
        taken++;
        if (taken % LINES_BETWEEN_REPORTS == 0) {
            progress.report("lines read", taken, -1);
        }
        selfTest.add(() -> new String(array, from, to - from, StandardCharsets.UTF_8));
        if (selection.maxLines() > 0 && selection.shuffle()) {
            sample.add(() -> new Sentence(Arrays.copyOfRange(array, from, to), count));
            return true;
        }
        append(array, from, to, count);
        return selection.maxLines() == 0 || taken < selection.maxLines();
    }

    /** The normalised lines; to be called once, after all lines were given. */
    Chunk[] chunks() {
        sample.drawn().forEach(line -> append(line.text(), 0, line.text().length, line.count()));
        sample.drawn().clear();
        flush();
        progress.report("lines read", taken, taken);
        Chunk[] normalized = chunks.stream().map(Workers::result).toArray(Chunk[]::new);
        chunks.clear();
        return normalized;
    }

    List<String> selfTestSamples() {
        return selfTest.drawn();
    }

    private void append(byte[] array, int from, int to, long count) {
        current.text.append(array, from, to);
        current.endLine(count);
        if (current.text.length() >= CHUNK_BYTES || current.size() >= CHUNK_LINES) {
            flush();
        }
    }

    private void flush() {
        Chunk raw = current.build();
        current = new Chunk.Builder();
        int ahead = 4 * workers.threads();
        if (chunks.size() >= ahead) {
            Workers.result(chunks.get(chunks.size() - ahead));
        }
        chunks.add(workers.submit(() -> normalized(raw)));
    }

    private Chunk normalized(Chunk raw) {
        Chunk.Builder out = new Chunk.Builder();
        Bytes line = new Bytes(1024);
        Bytes normal = new Bytes(1024);
        for (int i = 0; i < raw.size(); i++) {
            line.clear();
            line.append(raw.text(), raw.start(i), raw.ends()[i]);
            normalizer.normalize(line, Normalizer.Position.WHOLE, normal);
            appendMasked(normal, out.text);
            out.endLine(raw.count(i));
        }
        return out.build();
    }

    private void appendMasked(Bytes line, Bytes out) {
        byte[] in = line.array();
        int copied = 0;
        for (int at = 0; at < line.length(); ) {
            int special = specialPieces.longestMatch(in, at, line.length());
            if (special > 0) {
                out.append(in, copied, at);
                out.append((byte) '\t');
                copied = at + special;
                at = copied;
            } else {
                at += Utf8.length(in[at]);
            }
        }
        out.append(in, copied, line.length());
    }

    private static boolean holdsReserved(byte[] array, int from, int to) {
        for (int at = from; at + 2 < to; at++) {
            if (array[at] == RESERVED[0] && array[at + 1] == RESERVED[1] && array[at + 2] == RESERVED[2]) {
                return true;
            }
        }
        return false;
    }
}
