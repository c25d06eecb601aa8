package org.t5j.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Encoding into a buffer writes there and allocates nothing. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final SentencePieceTokenizer tokenizer = SentencePieceTokenizer.load(Goldens.resource("uni1k_en.model"));

    @Test
    void encodingIntoABufferAllocatesNothing() {
        List<String> texts = Goldens.committedLines().stream()
                .filter(text -> text.indexOf('<') < 0)
                .toList();
        assertThat(texts).hasSizeGreaterThan(300);
        int[] ids = new int[100_000];
        for (int i = 0; i < 20; i++) {
            encodeAll(texts, ids);
        }
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 10; i++) {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            encodeAll(texts, ids);
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        assertThat(least).isZero();
    }

    private int encodeAll(List<String> texts, int[] ids) {
        int size = 0;
        for (int i = 0; i < texts.size(); i++) {
            size += tokenizer.encode(texts.get(i), ids, 0);
        }
        return size;
    }

    @Test
    void idsAreWrittenWhereTheyFit() {
        int[] expected = tokenizer.encode("a bright cold day");
        int[] into = new int[expected.length + 3];
        Arrays.fill(into, -7);
        assertThat(tokenizer.encode(new StringBuilder("a bright cold day"), into, 2))
                .isEqualTo(expected.length);
        assertThat(Arrays.copyOfRange(into, 2, 2 + expected.length)).isEqualTo(expected);
        assertThat(into[0]).isEqualTo(-7);
        assertThat(into[into.length - 1]).isEqualTo(-7);
        Arrays.fill(into, -7);
        assertThat(tokenizer.encode("a bright cold day", into, 4)).isEqualTo(-expected.length);
        assertThat(into).containsOnly(-7);
        assertThat(tokenizer.encode("", into, into.length)).isZero();
        assertThatThrownBy(() -> tokenizer.encode("a", into, into.length + 1)).isInstanceOf(TokenizerException.class);
        assertThatThrownBy(() -> tokenizer.encode("a", into, -1)).isInstanceOf(TokenizerException.class);
    }
}
