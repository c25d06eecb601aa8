package org.t5j.examples.bench;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The C++ library SentencePiece behind its Python module, in a process that has loaded a model and a text and does one
 * pass over it when asked. Its start-up is in no figure.
 */
final class SentencePiecePeer implements AutoCloseable {
    private static final String SCRIPT = """
            import sys, time, sentencepiece
            model, text, threads = sys.argv[1], sys.argv[2], int(sys.argv[3])
            sp = sentencepiece.SentencePieceProcessor(model_file=model)
            lines = open(text, encoding='utf-8', errors='replace', newline='\\n').read().split('\\n')
            if lines[-1] == '':
                lines.pop()
            ids = [sp.encode(line) for line in lines]
            code = 0
            for line in ids:
                for id in line:
                    code = (code * 31 + id) & 0xffffffff
            print(sentencepiece.__version__, code, flush=True)
            for task in sys.stdin:
                task = task.strip()
                start = time.perf_counter()
                if task == 'encode':
                    for line in lines:
                        sp.encode(line)
                elif task == 'encode_threads':
                    sp.encode(lines, num_threads=threads)
                else:
                    for line in ids:
                        sp.decode(line)
                print(time.perf_counter() - start, flush=True)
            """;

    private final PythonPeer peer;

    private SentencePiecePeer(PythonPeer peer) {
        this.peer = peer;
    }

    /** Starts {@code python}; empty where it has no module sentencepiece. */
    static Optional<SentencePiecePeer> start(String python, Path model, Path text, int threads) {
        return PythonPeer.start("SentencePiece", python, SCRIPT, model, text, threads)
                .map(SentencePiecePeer::new);
    }

    String version() {
        return peer.version();
    }

    /** A number that two lists of the same ids have in common: {@code code = 31 code + id} over all of them. */
    int idsCode() {
        return (int) Long.parseLong(peer.facts());
    }

    /** Seconds of one pass of {@code encode}, {@code encode_threads} or {@code decode}. */
    double seconds(String task) {
        return peer.seconds(task);
    }

    @Override
    public void close() {
        peer.close();
    }
}
