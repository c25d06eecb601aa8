package org.t5j.examples.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.t5j.core.T5Exception;

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

    private final Process process;
    private final PrintWriter tasks;
    private final BufferedReader answers;
    private final String version;
    private final int idsCode;

    private SentencePiecePeer(Process process) throws IOException {
        this.process = process;
        tasks = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String[] start = Optional.ofNullable(answers.readLine()).orElse("").split(" ");
        version = start[0];
        idsCode = start.length == 2 ? (int) Long.parseLong(start[1]) : 0;
    }

    /** Starts {@code python}; empty where it has no module sentencepiece. */
    static Optional<SentencePiecePeer> start(String python, Path model, Path text, int threads) {
        try {
            Process process = new ProcessBuilder(
                            python, "-c", SCRIPT, model.toString(), text.toString(), Integer.toString(threads))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            SentencePiecePeer peer = new SentencePiecePeer(process);
            if (!peer.version.isEmpty()) {
                return Optional.of(peer);
            }
            peer.close();
            return Optional.empty();
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    String version() {
        return version;
    }

    /** A number that two lists of the same ids have in common: {@code code = 31 code + id} over all of them. */
    int idsCode() {
        return idsCode;
    }

    /** Seconds of one pass of {@code encode}, {@code encode_threads} or {@code decode}. */
    double seconds(String task) {
        tasks.println(task);
        try {
            return Double.parseDouble(answers.readLine());
        } catch (IOException | NullPointerException | NumberFormatException e) {
            throw new T5Exception(
                    "The Python process that measures SentencePiece has ended; is there enough memory?", e);
        }
    }

    @Override
    public void close() {
        tasks.close();
        process.destroy();
    }
}
