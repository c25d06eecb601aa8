package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many texts and files on many threads give what single calls give, in order. */
class BatchEncoderTest {

    private final SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"));
    private final List<String> texts = texts();

    private static List<String> texts() {
        List<String> texts = new ArrayList<>(Goldens.committedLines());
        texts.add(5, "");
        texts.add(7, "a <extra_id_3> b");
        texts.add("one \r two");
        return texts;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void aBatchGivesTheIdsOfEveryText(int threads) {
        List<int[]> all = tokenizer.encodeAll(texts, threads);
        assertThat(all).hasSameSizeAs(texts);
        for (int i = 0; i < texts.size(); i++) {
            assertThat(all.get(i)).as("ids of '%s'", texts.get(i)).isEqualTo(tokenizer.encode(texts.get(i)));
        }
    }

    @Test
    void anEmptyBatchIsEmptyAndNoThreadsAreRefused() {
        assertThat(tokenizer.encodeAll(List.of(), 3)).isEmpty();
        assertThatThrownBy(() -> tokenizer.encodeAll(texts, 0)).isInstanceOf(TokenizerException.class);
        assertThatThrownBy(() -> new FileEncoder(tokenizer, 0)).isInstanceOf(TokenizerException.class);
    }

    @Test
    void aFailureOnAnyThreadIsTheCallers() {
        List<String> withNull = new ArrayList<>(Collections.nCopies(1000, "a"));
        withNull.set(990, null);
        assertThatThrownBy(() -> tokenizer.encodeAll(withNull, 3)).isInstanceOf(NullPointerException.class);
    }

    @Test
    void anInterruptionIsKeptForTheCaller() {
        Thread.currentThread().interrupt();
        List<int[]> all = tokenizer.encodeAll(Collections.nCopies(10_000, "a cold day"), 2);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(all).hasSize(10_000).allMatch(ids -> Arrays.equals(ids, tokenizer.encode("a cold day")));
    }

    @Test
    void anInterruptionEndsAFile() {
        byte[] file = "a cold day\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() ->
                        new FileEncoder(tokenizer, 2).encode(new ByteArrayInputStream(file), (ids, from, to) -> {}))
                .isInstanceOf(InterruptedIOException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "2, 1000", "3, 100000", "8, 1"})
    void aFileGivesTheIdsOfEveryLine(int threads, int blockBytes) throws IOException {
        for (String end : List.of("", "\n")) {
            byte[] file = (String.join("\n", texts) + end).getBytes(StandardCharsets.UTF_8);
            List<int[]> lines = new ArrayList<>();
            new FileEncoder(tokenizer, threads, blockBytes)
                    .encode(
                            new ByteArrayInputStream(file),
                            (ids, from, to) -> lines.add(Arrays.copyOfRange(ids, from, to)));
            assertThat(lines).hasSameSizeAs(texts);
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i)).as("ids of '%s'", texts.get(i)).isEqualTo(tokenizer.encode(texts.get(i)));
            }
        }
    }

    @Test
    void aMalformedByteIsUnknownAndAnEmptyFileHasNoLines() throws IOException {
        List<int[]> lines = new ArrayList<>();
        FileEncoder encoder = new FileEncoder(tokenizer, 2);
        FileEncoder.LineSink sink = (ids, from, to) -> lines.add(Arrays.copyOfRange(ids, from, to));
        encoder.encode(new ByteArrayInputStream(new byte[0]), sink);
        assertThat(lines).isEmpty();
        encoder.encode(new ByteArrayInputStream(new byte[] {'a', (byte) 0xFF, 'b', '\n', '\n'}), sink);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).hasSize(3).contains(tokenizer.unkId());
        assertThat(lines.get(1)).isEmpty();
    }

    @Test
    void aSinkThatFailsEndsTheEncoding() {
        assertThatThrownBy(() -> new FileEncoder(tokenizer, 2, 64)
                        .encode(
                                new ByteArrayInputStream("a\n".repeat(10_000).getBytes(StandardCharsets.UTF_8)),
                                (a, b, c) -> {
                                    throw new IOException("full");
                                }))
                .isInstanceOf(IOException.class)
                .hasMessage("full");
    }
}
